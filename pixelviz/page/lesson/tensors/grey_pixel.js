// Which pixel the chapter speaks of while none is pinned: a grey one, which is neither paper nor ink.

import { PIXEL_MAX, SIDE, indexOf } from "../../browser/arrays.js";

/** @typedef {import("../../browser/arrays.js").Vector} Vector */

const MIDDLE = indexOf(SIDE / 2, SIDE / 2);

/**
 * @param {Vector} vector
 * @param {number | null} previous The last one: it stays as long as it is grey.
 * @returns {number} The index of the pixel halfway between paper and ink, as nearly as there is one.
 */
export function greyPixel(vector, previous) {
  if (previous !== null && isGrey(vector[previous])) return previous;
  const best = vector.reduce(
    (found, value, index) => (distanceOf(value) < distanceOf(vector[found]) ? index : found),
    0,
  );
  return vector[best] > 0 ? best : MIDDLE;
}

/** @param {number} value @returns {boolean} */
function isGrey(value) {
  return value > 0 && value < PIXEL_MAX;
}

/** @param {number} value @returns {number} From the middle grey; paper is farther than any ink. */
function distanceOf(value) {
  return value > 0 ? Math.abs(value - PIXEL_MAX / 2) : PIXEL_MAX;
}
