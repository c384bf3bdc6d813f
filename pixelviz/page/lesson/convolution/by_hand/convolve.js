// What a kernel makes of a grid, and what pooling makes of that. As in Conv2D the kernel is not turned
// round: its first weight is for the window's first pixel (cross-correlation).

import { indexOf, isInside } from "../../../browser/arrays.js";
import { WINDOW, pixelsAt, windowAt } from "./places.js";

/** @typedef {import("../../../browser/arrays.js").Vector} Vector */

export const POOL = 2; // rows and columns of a window of pooling

/**
 * @param {Vector} vector
 * @param {import("./places.js").Places} places
 * @param {number[]} weights Nine, row by row.
 * @param {number} bias
 * @returns {Float64Array} At each place the sum of nine products, plus the bias; exact where all
 *   weights are whole numbers.
 */
export function convolve(vector, places, weights, bias) {
  const outputs = new Float64Array(places.side ** 2);
  for (let index = 0; index < outputs.length; index += 1) {
    const { row, column } = windowAt(places, index);
    let sum = bias;
    for (let at = 0; at < weights.length; at += 1) {
      const [down, right] = [row + Math.floor(at / WINDOW), column + (at % WINDOW)];
      if (isInside(down, right)) sum += vector[indexOf(down, right)] * weights[at];
    }
    outputs[index] = sum;
  }
  return outputs;
}

/**
 * @param {Vector} vector
 * @param {import("./places.js").Places} places
 * @param {number[]} weights
 * @param {number} index Into the output.
 * @returns {number[]} The nine products of pixel and weight, row by row.
 */
export function productsAt(vector, places, weights, index) {
  return pixelsAt(places, index).map((pixel, at) =>
    pixel === null ? 0 : vector[pixel] * weights[at] + 0, // never -0
  );
}

/** @param {Float64Array} values @returns {Float64Array} Those below 0 are 0. */
export function relu(values) {
  return values.map((value) => Math.max(value, 0));
}

/**
 * @param {Float64Array} values An output, row by row.
 * @param {number} side Its rows and columns.
 * @returns {{values: Float64Array, side: number}} The largest of each 2 × 2; a last row and column
 *   that make no pair fall out.
 */
export function maxPool(values, side) {
  const pooled = new Float64Array(Math.floor(side / POOL) ** 2);
  return {
    values: pooled.map((_, index) => Math.max(...fourAt(side, index).map((at) => values[at]))),
    side: Math.floor(side / POOL),
  };
}

/**
 * @param {number} side Of the output that is pooled.
 * @param {number} index Into the pooled output.
 * @returns {number[]} The indices of its four, row by row.
 */
export function fourAt(side, index) {
  const pooledSide = Math.floor(side / POOL);
  const first = Math.floor(index / pooledSide) * POOL * side + (index % pooledSide) * POOL;
  return [first, first + 1, first + side, first + side + 1];
}

/** @param {number[]} numbers @returns {number} */
export function sumOf(numbers) {
  return numbers.reduce((sum, each) => sum + each, 0);
}
