// Softmax regression, worked out in full: each pixel's weight × feature, and what covering that one
// pixel does to logits and probabilities.

import { LENGTH, PIXEL_MAX } from "../../browser/arrays.js";
import { softmax } from "../../browser/prediction.js";

/**
 * @typedef {import("../../browser/arrays.js").Vector} Vector
 *
 * @typedef {object} Linear
 * @property {Float32Array} weights A row of one weight for each digit for each pixel.
 * @property {Float32Array} bias One for each digit.
 *
 * @typedef {object} Covered What a softmax regression says to a digit, and without each of its pixels.
 * @property {number} digit The most probable one.
 * @property {number} other The next one.
 * @property {Answer} whole
 * @property {Answer[]} without By pixel.
 */

/** @typedef {{logits: number[], probabilities: number[]}} Answer One number for each digit. */

/**
 * @param {import("../../browser/network/network.js").Network} network
 * @returns {Linear | null} None where it is no softmax regression.
 */
export function linearOf({ layers }) {
  const [layer, ...more] = layers;
  if (layer?.kind !== "Dense" || more.length > 0 || layer.weights.kernel.shape[0] !== LENGTH) return null;
  return { weights: layer.weights.kernel.values, bias: layer.weights.bias.values };
}

/** @param {Vector} vector @param {number} index @returns {number} The feature, a 32-bit float. */
export function featureOf(vector, index) {
  return Math.fround(vector[index] / PIXEL_MAX);
}

/**
 * @param {Linear} linear
 * @param {Vector} vector
 * @param {number} index
 * @param {number} digit
 * @returns {number} Weight × feature.
 */
export function productOf({ weights, bias }, vector, index, digit) {
  return weights[index * bias.length + digit] * featureOf(vector, index);
}

/** @param {Linear} linear @param {Vector} vector @returns {Covered} */
export function coverEachPixel(linear, vector) {
  const whole = answerOf(linear, vector);
  const ranked = [...whole.logits.keys()].sort((a, b) => whole.logits[b] - whole.logits[a]);
  const without = Array.from(vector, (value, index) => {
    if (value === 0) return whole;
    const covered = vector.slice();
    covered[index] = 0;
    return answerOf(linear, covered);
  });
  return { digit: ranked[0], other: ranked[1], whole, without };
}

/** @param {Linear} linear @param {Vector} vector @returns {Answer} */
function answerOf({ weights, bias }, vector) {
  const logits = Array.from(bias);
  for (let index = 0; index < LENGTH; index += 1) {
    if (vector[index] === 0) continue;
    const feature = featureOf(vector, index);
    const row = index * bias.length;
    for (let digit = 0; digit < bias.length; digit += 1) {
      logits[digit] += weights[row + digit] * feature;
    }
  }
  return { logits, probabilities: softmax(logits) };
}
