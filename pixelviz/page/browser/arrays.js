// Names and sizes of the arrays, as in arrays.py and vector.py.

/**
 * @typedef {Uint8Array} Vector The 784 pixels of a grid, 0 (paper) to 255 (full ink), row by row:
 *   `vector[28 * row + column]`.
 */

export const SIDE = 28;
export const LENGTH = SIDE * SIDE;
export const PIXEL_MAX = 255;

/** @param {number} row @param {number} column @returns {number} The index into the vector. */
export function indexOf(row, column) {
  return SIDE * row + column;
}

/** @param {number} index Into the vector. @returns {{row: number, column: number}} */
export function placeOf(index) {
  return { row: Math.floor(index / SIDE), column: index % SIDE };
}

/** @param {number} row @param {number} column @returns {boolean} Whether the grid has this pixel. */
export function isInside(row, column) {
  return row >= 0 && row < SIDE && column >= 0 && column < SIDE;
}

/** @param {Vector} one @param {Vector} other @returns {boolean} Whether all their values are equal. */
export function isSame(one, other) {
  return one.every((value, index) => value === other[index]);
}
