// Shows whose a picture is, where that is known.

import { writerOf } from "../../browser/data_set/data_set.js";

/**
 * Puts a dot of the writer's colour before the text of an element, or none.
 * @param {HTMLElement} element
 * @param {import("../../browser/data_set/data_set.js").DataSet} set
 * @param {number} number That of the picture.
 */
export function showWriter(element, set, number) {
  const writer = writerOf(set, number);
  element.classList.toggle("written", writer !== null);
  if (writer) element.style.setProperty("--writer", writer.css);
}
