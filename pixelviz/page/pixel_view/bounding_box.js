// Where the ink of a grid lies.

import { placeOf } from "../browser/arrays.js";

/**
 * @typedef {{x: number, y: number, width: number, height: number}} Box The middle and the size of a
 *   rectangle, in pixels from the grid's upper left corner.
 */

/**
 * @param {import("../browser/arrays.js").Vector} vector
 * @returns {Box | null} The smallest rectangle that holds all ink; null without ink.
 */
export function boundingBox(vector) {
  const inked = [...vector.keys()].filter((index) => vector[index] > 0).map(placeOf);
  if (inked.length === 0) return null;
  const [left, right] = span(inked.map(({ column }) => column));
  const [top, bottom] = span(inked.map(({ row }) => row));
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return { x, y, width: right - left, height: bottom - top };
}

/** @param {number[]} cells @returns {[number, number]} Where the first begins, where the last ends. */
function span(cells) {
  return [Math.min(...cells), Math.max(...cells) + 1];
}
