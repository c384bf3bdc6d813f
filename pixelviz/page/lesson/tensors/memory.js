// The bytes of a picture in memory, and which index each of them has in three shapes.

import { LENGTH, indexOf, placeOf } from "../../browser/arrays.js";

/**
 * @param {number} index
 * @param {number} count
 * @returns {number[]} So many indices in a row with this one in the middle, as far as they exist.
 */
export function neighboursOf(index, count) {
  const first = Math.min(Math.max(index - Math.floor(count / 2), 0), LENGTH - count);
  return Array.from({ length: count }, (_, step) => first + step);
}

/** @param {number} index @returns {{vector: string, picture: string, tensor: string}} */
export function namesOf(index) {
  const { row, column } = placeOf(index);
  return {
    vector: `[${index}]`,
    picture: `[${row}, ${column}]`,
    tensor: `[${row}, ${column}, 0]`,
  };
}

/** @param {number} index @returns {boolean} Whether a row begins there. */
export function beginsRow(index) {
  return index === indexOf(placeOf(index).row, 0);
}
