// A network that learns: softmax regression, or one hidden layer in front of it.

import { LENGTH, PIXEL_MAX } from "../arrays.js";
import { createRandom } from "./random.js";

/** @typedef {import("../arrays.js").Vector} Vector */

/**
 * @typedef {object} Layer
 * @property {Float32Array} kernel (inputs × outputs) The weights, as Keras keeps them: for each input one
 *   for each output.
 * @property {Float32Array} bias (outputs,)
 */

/**
 * @typedef {object} Network
 * @property {Layer[]} layers The last one has the ten logits as its outputs; between two is a ReLU.
 * @property {number} scale What each pixel is multiplied by: 1/255 gives features from 0 to 1.
 * @property {Uint16Array | null} order (784,) The pixel that each feature is; null where feature i is
 *   pixel i.
 */

export const DIGITS = 10;

/**
 * @param {object} settings
 * @param {number} settings.hidden How many units the hidden layer has; 0 for softmax regression.
 * @param {boolean} settings.isRescaled Whether the features go from 0 to 1, not from 0 to 255.
 * @param {Uint16Array | null} [settings.order]
 * @param {number} settings.seed
 * @returns {Network} Softmax regression with weights of 0. Units that are all alike would stay alike, so
 *   those of a hidden layer start with small random weights, as far from 0 as Keras's own (Glorot).
 */
export function createNetwork({ hidden, isRescaled, order = null, seed }) {
  const random = createRandom(seed);
  const sizes = hidden > 0 ? [LENGTH, hidden, DIGITS] : [LENGTH, DIGITS];
  const layers = sizes.slice(1).map((outputs, index) => {
    const inputs = sizes[index];
    const farthest = hidden > 0 ? Math.sqrt(6 / (inputs + outputs)) : 0;
    const kernel = Float32Array.from({ length: inputs * outputs }, () => farthest * (2 * random() - 1));
    return { kernel: farthest > 0 ? kernel : kernel.fill(0), bias: new Float32Array(outputs) };
  });
  return { layers, scale: isRescaled ? 1 / PIXEL_MAX : 1, order };
}

/** @param {Layer[]} layers @returns {Layer[]} A copy that does not learn any further. */
export function copyOf(layers) {
  return layers.map(({ kernel, bias }) => ({ kernel: kernel.slice(), bias: bias.slice() }));
}

/**
 * @param {Network} network
 * @returns {Network} One that gives the same logits and takes the pixels in their own order.
 */
export function inPixelOrder({ layers, scale, order }) {
  const [first, ...others] = copyOf(layers);
  const outputs = first.bias.length;
  order?.forEach((pixel, feature) => {
    const row = layers[0].kernel.subarray(feature * outputs, (feature + 1) * outputs);
    first.kernel.set(row, pixel * outputs);
  });
  return { layers: [first, ...others], scale, order: null };
}

/** @param {Network} network @param {Vector} vector @returns {Float32Array} The features of a picture. */
export function featuresOf({ scale, order }, vector) {
  return Float32Array.from(vector, (value, index) => scale * (order ? vector[order[index]] : value));
}

/** @param {Network} network @param {Vector} vector @returns {Float64Array} (10,) The ten logits. */
export function logitsOf(network, vector) {
  /** @type {ArrayLike<number>} */ let inputs = featuresOf(network, vector);
  let outputs = new Float64Array(0);
  network.layers.forEach(({ kernel, bias }, number) => {
    outputs = Float64Array.from(bias);
    const size = bias.length;
    for (let input = 0; input < inputs.length; input += 1) {
      const value = inputs[input];
      if (value === 0 || (number > 0 && !(value > 0))) continue; // ReLU
      for (let output = 0; output < size; output += 1) {
        outputs[output] += value * kernel[input * size + output];
      }
    }
    inputs = outputs;
  });
  return outputs;
}
