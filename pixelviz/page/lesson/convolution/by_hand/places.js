// Where a window of 3 × 3 pixels stops on its way over the grid: at each place it makes one number of
// the output. Padding and stride are those of Keras's Conv2D.

import { SIDE, indexOf, isInside, placeOf } from "../../../browser/arrays.js";

export const WINDOW = 3; // rows and columns of the window
const CENTRE = (WINDOW - 1) / 2;

/** @typedef {"valid" | "same"} Padding With "valid", the window stays inside the grid. */

/**
 * @typedef {object} Places
 * @property {Padding} padding
 * @property {number} stride Rows and columns from one window to the next.
 * @property {number} side Rows and columns of the output.
 * @property {number} padded How many rows and columns of 0s lie around the grid, on both sides together.
 * @property {number} before How many of them lie above, and left of, the grid.
 */

/** @param {Padding} padding @param {number} stride @returns {Places} */
export function placesOf(padding, stride) {
  if (padding === "valid") {
    const side = Math.floor((SIDE - WINDOW) / stride) + 1;
    return { padding, stride, side, padded: 0, before: 0 };
  }
  const side = Math.ceil(SIDE / stride);
  const padded = Math.max((side - 1) * stride + WINDOW - SIDE, 0);
  return { padding, stride, side, padded, before: Math.floor(padded / 2) };
}

/**
 * @param {Places} places
 * @param {number} index Into the output.
 * @returns {{row: number, column: number}} The window's first pixel, which may lie outside the grid.
 */
export function windowAt({ stride, side, before }, index) {
  return {
    row: Math.floor(index / side) * stride - before,
    column: (index % side) * stride - before,
  };
}

/** @param {Places} places @param {number} index @returns {number} The pixel at the window's centre. */
export function centreOf(places, index) {
  const { row, column } = windowAt(places, index);
  return indexOf(row + CENTRE, column + CENTRE);
}

/**
 * @param {Places} places
 * @param {number} pixel The index of a pixel.
 * @returns {number} The index into the output of the window whose centre is nearest to it.
 */
export function nearestTo({ stride, side, before }, pixel) {
  const { row, column } = placeOf(pixel);
  /** @param {number} at */
  const nearest = (at) =>
    Math.min(Math.max(Math.round((at + before - CENTRE) / stride), 0), side - 1);
  return nearest(row) * side + nearest(column);
}

/**
 * @param {Places} places
 * @param {number} index Into the output.
 * @returns {(number | null)[]} The indices of the window's nine pixels, row by row; null outside the
 *   grid, where padding counts as 0.
 */
export function pixelsAt(places, index) {
  const first = windowAt(places, index);
  return Array.from({ length: WINDOW * WINDOW }, (_, at) => {
    const row = first.row + Math.floor(at / WINDOW);
    const column = first.column + (at % WINDOW);
    return isInside(row, column) ? indexOf(row, column) : null;
  });
}

/**
 * @param {string} key A KeyboardEvent's.
 * @param {number} index Into an output.
 * @param {number} side Its rows and columns.
 * @returns {number | null} The index that the key leads to; null for all keys that lead nowhere.
 */
export function indexAfterKey(key, index, side) {
  const [row, column] = [Math.floor(index / side), index % side];
  switch (key) {
    case "ArrowLeft":
      return index - (column > 0 ? 1 : 0);
    case "ArrowRight":
      return index + (column < side - 1 ? 1 : 0);
    case "ArrowUp":
      return index - (row > 0 ? side : 0);
    case "ArrowDown":
      return index + (row < side - 1 ? side : 0);
    case "Home":
      return index - column;
    case "End":
      return index - column + side - 1;
    default:
      return null;
  }
}
