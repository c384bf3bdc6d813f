// vector -> features -> logits: runs a network's layers one after the other.

import { LENGTH, PIXEL_MAX } from "../arrays.js";
import { COMPUTE } from "./layers.js";

/** @typedef {import("./layers.js").Layer} Layer */
/** @typedef {import("./layers.js").Tensor} Tensor */
/** @typedef {import("../arrays.js").Vector} Vector */

/**
 * @typedef {object} Network
 * @property {string} name
 * @property {string} title Its name on the page.
 * @property {number} threshold The confidence from which on its answer is sure, 0 to 1.
 * @property {Layer[]} layers
 */

/**
 * @param {Network} network
 * @param {Vector} vector
 * @returns {Float32Array} The logits, one number for each digit.
 */
export function logitsOf({ layers }, vector) {
  return layers.reduce(outputOf, featuresOf(vector)).values;
}

/**
 * @param {Network} network
 * @param {Vector} vector
 * @returns {Tensor[]} The output of each layer.
 */
export function outputsOf({ layers }, vector) {
  let output = featuresOf(vector);
  return layers.map((layer) => (output = outputOf(output, layer)));
}

/** @param {Vector} vector @returns {Tensor} Its integers as floats, 0 to 1, as in features.py. */
function featuresOf(vector) {
  return { shape: [LENGTH], values: Float32Array.from(vector, (value) => value / PIXEL_MAX) };
}

/** @param {Tensor} input @param {Layer} layer @returns {Tensor} */
function outputOf(input, layer) {
  return { shape: layer.shape, values: COMPUTE[layer.kind](input, layer) };
}
