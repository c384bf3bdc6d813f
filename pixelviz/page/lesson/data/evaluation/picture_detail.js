// One picture of the set, large: its target, and what each model has read in it.

import { grouped } from "../../../browser/counts.js";
import { find, write } from "../../../browser/elements.js";
import { createPainter } from "../../../browser/painter.js";
import { percent } from "../../../browser/wording.js";
import { NONE } from "./answers.js";

/**
 * @typedef {object} Detail
 * @property {number} number
 * @property {import("../../../browser/arrays.js").Vector} vector
 * @property {number | null} target
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
    if (shown) onPlace(shown.vector);
  });

  return {
    /** @param {Detail} detail */
    show(detail) {
      shown = detail;
      element.hidden = false;
      paint(detail.vector);
      const target = detail.target === null ? "" : `, target ${detail.target}`;
      write(heading, `Number ${grouped(detail.number)}${target}`);
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
