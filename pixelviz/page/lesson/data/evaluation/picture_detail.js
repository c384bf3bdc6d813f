// One picture of the set, large: its target, and what each model has read in it.

import { grouped } from "../../../browser/counts.js";
import { meaningOf, pictureOf } from "../../../browser/data_set/data_set.js";
import { find, write } from "../../../browser/elements.js";
import { createPainter } from "../../../browser/painter.js";
import { percent } from "../../../browser/wording.js";
import { showWriter } from "../written.js";
import { NONE } from "./answers.js";

/**
 * @typedef {object} Detail
 * @property {import("../../../browser/data_set/data_set.js").DataSet} set
 * @property {number} number The picture's.
 * @property {{title: string, threshold: number, digit: number, confidence: number}[]} answers Of the
 *   models; the digit is `NONE` where one has not read it.
 */

/**
 * @param {HTMLElement} element
 * @param {(vector: import("../../../browser/arrays.js").Vector) => void} onPlace Called when the
 *   picture is to be put on the canvas.
 */
export function createDetail(element, onPlace) {
  const paint = createPainter(find(element, "canvas", HTMLCanvasElement));
  const heading = find(element, ".heading", HTMLElement);
  const list = find(element, "ul", HTMLElement);
  /** @type {Detail | null} */ let shown = null;

  find(element, "button", HTMLButtonElement).addEventListener("click", () => {
    if (shown) onPlace(pictureOf(shown.set, shown.number));
  });

  return {
    /** @param {Detail} detail */
    show(detail) {
      shown = detail;
      element.hidden = false;
      const { set, number } = detail;
      paint(pictureOf(set, number));
      const meaning = meaningOf(set, number);
      write(heading, `Number ${grouped(number)}${meaning && ", "}${meaning}`);
      showWriter(heading, set, number);
      list.replaceChildren(
        ...detail.answers.map((answer) => {
          const item = document.createElement("li");
          item.textContent = `${answer.title}: ${reading(answer)}`;
          return item;
        }),
      );
    },

    hide() {
      element.hidden = true;
      shown = null;
    },
  };
}

/** @param {{threshold: number, digit: number, confidence: number}} answer @returns {string} */
function reading({ threshold, digit, confidence }) {
  if (digit === NONE) return "not read yet";
  const doubt = confidence < threshold ? "not sure: " : "";
  return `${doubt}${digit}, ${percent(confidence)}`;
}
