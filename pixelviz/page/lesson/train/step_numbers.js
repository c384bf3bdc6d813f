// One step with one picture in numbers, rounded so that what is subtracted is right as written.

import { roundToAddUp } from "../../browser/rounding.js";
import { featuresOf } from "../../browser/training/network.js";

/** Probabilities and errors are written with so many decimals, weights with more. */
export const DECIMALS = 4;
export const WEIGHT_DECIMALS = 6;

/**
 * @typedef {object} Row A digit's, in units of the last decimal.
 * @property {number} probability
 * @property {number} target
 * @property {number} error The probability minus the target.
 */

/**
 * @param {Float64Array | number[]} errors (10,) The probabilities minus the target as one-hot.
 * @param {number} target
 * @returns {Row[]} By digit; the probabilities add up to 1.
 */
export function rowsOf(errors, target) {
  const one = 10 ** DECIMALS;
  const exact = Array.from(errors, (error, digit) => error + (digit === target ? 1 : 0));
  return roundToAddUp(exact, DECIMALS, one).map((probability, digit) => {
    const own = digit === target ? one : 0;
    return { probability, target: own, error: probability - own };
  });
}

/**
 * @typedef {object} Change Of one weight.
 * @property {number} feature
 * @property {number} error That of the output to which the weight leads.
 * @property {number} gradient Their product.
 * @property {number} before In units of the last decimal, as are the next two: before - moved = after.
 * @property {number} moved The learning rate times the gradient.
 * @property {number} after
 */

/**
 * @param {import("../../browser/training/training.js").Single} single
 * @param {import("../../browser/training/network.js").Network} network After the step.
 * @param {import("../../browser/arrays.js").Vector} vector The picture.
 * @param {{pixel: number, unit: number}} asked The pixel and the output that the weight joins.
 * @returns {Change}
 */
export function changeOf({ before, deltas }, network, vector, { pixel, unit }) {
  const { order } = network;
  const index = order ? order.indexOf(pixel) : pixel;
  const feature = featuresOf(network, vector)[index];
  const weight = index * network.layers[0].bias.length + unit;
  const one = 10 ** WEIGHT_DECIMALS;
  const gradient = feature * deltas[unit];
  const old = Math.round(before[0].kernel[weight] * one) + 0; // never -0
  const now = Math.round(network.layers[0].kernel[weight] * one) + 0;
  return { feature, error: deltas[unit], gradient, before: old, moved: old - now, after: now };
}

/**
 * @param {import("../../browser/arrays.js").Vector} vector
 * @returns {number} A pixel with as much ink as there is, of several the one in the middle of them.
 */
export function inkiest(vector) {
  const largest = Math.max(...vector);
  const found = [...vector.keys()].filter((index) => vector[index] === largest);
  return found[Math.floor(found.length / 2)];
}
