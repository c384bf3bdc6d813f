// A data set: many pictures, each with its target if it is known.

import { LENGTH } from "../arrays.js";

/** @typedef {import("../arrays.js").Vector} Vector */

/**
 * @typedef {object} DataSet
 * @property {string} kind Which of the sources it is: "mnist", "file" or "visit".
 * @property {string} name What the page calls it.
 * @property {string} source Where it comes from: how a sentence that begins with the number of its
 *   pictures goes on, without its full stop.
 * @property {Uint8Array} grids (count × 784) The pictures, one vector after the other.
 * @property {Uint8Array | null} targets (count,) The digit that each was meant to be, 0 to 9; null
 *   where nobody says.
 * @property {number} trainingCount So many of them, the first ones, are the training set, and those
 *   after them the test set; all of them where the set is not split.
 */

/** @param {DataSet} set @returns {number} How many pictures it has. */
export function countOf(set) {
  return set.grids.length / LENGTH;
}

/**
 * @param {DataSet} set
 * @param {number} number 0 to the count - 1.
 * @returns {Vector} One of the pictures: a view of the set's own bytes, not a copy.
 */
export function pictureOf(set, number) {
  return set.grids.subarray(LENGTH * number, LENGTH * (number + 1));
}

/** @param {DataSet} set @param {number} number @returns {number | null} A picture's target. */
export function targetOf(set, number) {
  return set.targets ? set.targets[number] : null;
}
