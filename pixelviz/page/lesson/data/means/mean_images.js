// The mean image of each digit, and how many of each there are.

import { LENGTH } from "../../../browser/arrays.js";

/** @typedef {import("../../../browser/data_set/data_set.js").DataSet} DataSet */

export const DIGITS = 10;

/**
 * @typedef {object} Means
 * @property {number[]} training By digit, how many of it are in the training set.
 * @property {number[]} test The same of the test set.
 * @property {(Float64Array | null)[]} images By digit, the mean of each of the 784 pixels, 0 to 255;
 *   null where there is none of it.
 */

/**
 * Adds up pictures, and lets others have the browser after so many.
 * @param {DataSet} set With targets.
 * @param {number} slice
 * @returns {Generator<void, Means>}
 */
export function* meansInSlices({ grids, targets, trainingCount }, slice) {
  const sums = Array.from({ length: DIGITS }, () => new Float64Array(LENGTH));
  const [training, test] = [0, 1].map(() => Array(DIGITS).fill(0));
  for (let number = 0; targets && number < targets.length; number += 1) {
    if (number > 0 && number % slice === 0) yield;
    const target = targets[number];
    (number < trainingCount ? training : test)[target] += 1;
    const sum = sums[target];
    const start = number * LENGTH;
    for (let index = 0; index < LENGTH; index += 1) sum[index] += grids[start + index];
  }
  const images = sums.map((sum, digit) => {
    const count = training[digit] + test[digit];
    return count > 0 ? sum.map((value) => value / count) : null;
  });
  return { training, test, images };
}

/**
 * @param {ArrayLike<number>} one
 * @param {ArrayLike<number>} other
 * @returns {number} Their Euclidean distance: the square root of the sum of the squared differences.
 */
export function distance(one, other) {
  let sum = 0;
  for (let index = 0; index < LENGTH; index += 1) sum += (one[index] - other[index]) ** 2;
  return Math.sqrt(sum);
}
