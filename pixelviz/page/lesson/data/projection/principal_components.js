// The principal components of pictures: the directions in which their features vary most.

import { LENGTH, PIXEL_MAX } from "../../../browser/arrays.js";
import { eigenOf } from "./symmetric_eigen.js";

/** @typedef {import("../../../browser/arrays.js").Vector} Vector */

/**
 * @typedef {object} Components
 * @property {Float64Array} mean (784,) The mean of each feature, 0 to 1.
 * @property {Float64Array[]} components Two vectors of 784 weights, of length 1, at right angles. The
 *   weight that is farthest from 0 is above 0.
 * @property {number[]} variances Of the two coordinates.
 * @property {number} totalVariance Of all features together.
 */

/** How many directions are followed: the first two settle sooner where others go with them. */
const FOLLOWED = 8;

/** They have settled where they turn by no more than this share of the first variance. */
const SETTLED = 1e-10;
const STEPS = 500;

/**
 * @param {number} count How many pictures a set has.
 * @param {number} most
 * @returns {number[]} The numbers of at most so many of them, evenly spread over the set.
 */
export function evenlyChosen(count, most) {
  const chosen = Math.min(count, most);
  return Array.from({ length: chosen }, (_, at) => Math.floor((at * count) / chosen));
}

/** Returns what adds up pictures, for their mean and their covariance. */
export function createSums() {
  const sum = new Float64Array(LENGTH);
  const products = new Float64Array(LENGTH * LENGTH); // the part on and right of the diagonal
  const inked = new Uint16Array(LENGTH);
  let count = 0;

  return {
    /** @param {Vector} vector One more picture. All sums are of integers, so they are exact. */
    add(vector) {
      let inks = 0;
      for (let index = 0; index < LENGTH; index += 1) if (vector[index] > 0) inked[inks++] = index;
      for (let one = 0; one < inks; one += 1) {
        const value = vector[inked[one]];
        const row = LENGTH * inked[one];
        sum[inked[one]] += value;
        for (let other = one; other < inks; other += 1) {
          products[row + inked[other]] += value * vector[inked[other]];
        }
      }
      count += 1;
    },

    /** @returns {{mean: Float64Array, covariance: Float64Array}} Of the features, 0 to 1. */
    finish() {
      const mean = sum.map((each) => each / count / PIXEL_MAX);
      const covariance = new Float64Array(LENGTH * LENGTH);
      for (let row = 0; row < LENGTH; row += 1) {
        for (let column = row; column < LENGTH; column += 1) {
          const product = products[LENGTH * row + column] / count / PIXEL_MAX ** 2;
          const value = product - mean[row] * mean[column];
          covariance[LENGTH * row + column] = value;
          covariance[LENGTH * column + row] = value;
        }
      }
      return { mean, covariance };
    },
  };
}

/**
 * Finds the first two components by subspace iteration: some directions are multiplied by the
 * covariance again and again, and turn to where it is largest.
 * @param {{mean: Float64Array, covariance: Float64Array}} sums
 * @returns {Components | null} Null where the pictures do not vary in two directions.
 */
export function componentsOf({ mean, covariance }) {
  let totalVariance = 0;
  for (let at = 0; at < LENGTH; at += 1) totalVariance += covariance[(LENGTH + 1) * at];
  if (totalVariance <= SETTLED) return null;
  let found = rotated(covariance, atRightAngles(firstDirections()));
  for (let step = 0; step < STEPS && !found.isSettled; step += 1) {
    found = rotated(covariance, atRightAngles(found.products));
  }
  const [first, second] = found.values;
  if (second <= SETTLED * first) return null;
  const components = found.directions.slice(0, 2).map(withSign);
  return { mean, components, variances: [first, second], totalVariance };
}

/** @param {ArrayLike<number>} vector @param {Components} of @returns {[number, number]} */
export function coordinatesOf(vector, { mean, components: [across, up] }) {
  let [x, y] = [0, 0];
  for (let index = 0; index < LENGTH; index += 1) {
    const difference = vector[index] / PIXEL_MAX - mean[index];
    x += difference * across[index];
    y += difference * up[index];
  }
  return [x, y];
}

/** @returns {Float64Array[]} Always the same, in no direction in particular. */
function firstDirections() {
  let state = 1;
  return Array.from({ length: FOLLOWED }, () =>
    Float64Array.from({ length: LENGTH }, () => {
      state = (48271 * state) % 2147483647; // Park and Miller's random numbers
      return state / 2147483647 - 0.5;
    }),
  );
}

/** @param {Float64Array[]} vectors @returns {Float64Array[]} Of length 1 (Gram and Schmidt). */
function atRightAngles(vectors) {
  /** @type {Float64Array[]} */ const done = [];
  for (const vector of vectors) {
    const left = vector.slice();
    // Twice: once leaves errors of rounding where two of them are nearly the same.
    for (const other of [...done, ...done]) addTo(left, other, -dot(left, other));
    const length = Math.sqrt(dot(left, left));
    done.push(left.map((value) => (length > 0 ? value / length : 0)));
  }
  return done;
}

/**
 * @param {Float64Array} covariance
 * @param {Float64Array[]} basis At right angles.
 * @returns {{values: number[], directions: Float64Array[], products: Float64Array[],
 *            isSettled: boolean}} The directions of largest variance within what the basis spans, their
 *   variances, the covariance times them, and whether the first two are eigenvectors.
 */
function rotated(covariance, basis) {
  const products = basis.map((vector) => times(covariance, vector));
  const small = basis.map((row) => Float64Array.from(products, (product) => dot(row, product)));
  const pairs = eigenOf(small);
  const values = pairs.map(({ value }) => value);
  const directions = pairs.map(({ vector }) => combined(basis, vector));
  const turned = pairs.map(({ vector }) => combined(products, vector));
  const isSettled = [0, 1].every((at) => {
    const rest = turned[at].slice();
    addTo(rest, directions[at], -values[at]);
    return Math.sqrt(dot(rest, rest)) <= SETTLED * values[0];
  });
  return { values, directions, products: turned, isSettled };
}

/** @param {Float64Array} matrix (784, 784) @param {Float64Array} vector */
function times(matrix, vector) {
  return Float64Array.from({ length: LENGTH }, (_, row) =>
    dot(matrix.subarray(LENGTH * row, LENGTH * (row + 1)), vector),
  );
}

/** @param {Float64Array[]} vectors @param {Float64Array} weights @returns {Float64Array} */
function combined(vectors, weights) {
  const sum = new Float64Array(LENGTH);
  vectors.forEach((vector, at) => addTo(sum, vector, weights[at]));
  return sum;
}

/** @param {Float64Array} sum @param {Float64Array} vector @param {number} weight */
function addTo(sum, vector, weight) {
  for (let index = 0; index < LENGTH; index += 1) sum[index] += weight * vector[index];
}

/** @param {Float64Array} one @param {Float64Array} other @returns {number} */
function dot(one, other) {
  let sum = 0;
  for (let index = 0; index < LENGTH; index += 1) sum += one[index] * other[index];
  return sum;
}

/** @param {Float64Array} component @returns {Float64Array} It, or its opposite. */
function withSign(component) {
  const farthest = component.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return farthest < 0 ? component.map((value) => -value) : component;
}
