// A map with a frame round what it has in common with the same map before or after the digit was moved.

import { find } from "../../../browser/elements.js";
import { createMapPainter } from "../by_hand/map.js";

/** @param {HTMLElement} element Has a canvas and a mark. */
export function createOverlapped(element) {
  const paint = createMapPainter(find(element, "canvas", HTMLCanvasElement));
  const { style } = find(element, ".mark", HTMLElement);
  return {
    /**
     * @param {ArrayLike<number>} values
     * @param {number} side Rows and columns.
     * @param {number} largest The distance from 0 that gets the full colour.
     * @param {number[]} by How far down and to the right this one is of the other.
     */
    show(values, side, largest, [rows, columns]) {
      paint(values, side, largest);
      style.display = rows || columns ? "" : "none";
      const percent = (/** @type {number} */ cells) => `${(100 * cells) / side}%`;
      [style.top, style.left] = [rows, columns].map((far) => percent(Math.max(far, 0)));
      [style.height, style.width] = [rows, columns].map((far) => percent(side - Math.abs(far)));
    },
  };
}
