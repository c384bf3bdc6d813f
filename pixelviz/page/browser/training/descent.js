// Stochastic gradient descent: a step changes each weight by the learning rate times its gradient, so
// that the cross-entropy loss of some pictures falls.

import { DIGITS } from "./network.js";
import { addMultiple, addProducts, createInked, gather, subtractErrors, subtractGradient } from "./sparse.js";

/**
 * @typedef {import("./network.js").Network} Network
 *
 * @typedef {object} Pictures
 * @property {Uint8Array} grids (count × 784) One vector after the other.
 * @property {Uint8Array} targets (count,) 0 to 9.
 *
 * @typedef {{loss: number, accuracy: number}} Measured The mean cross-entropy, and the share of the
 *   pictures that are read correctly.
 */

/**
 * Returns what lets a network learn. It changes the weights of just this network.
 * @param {Network} network
 * @param {Pictures} pictures
 * @param {number} most The largest batch.
 */
export function createDescent({ layers, scale, order }, { grids, targets }, most) {
  const [first] = layers;
  const last = layers[layers.length - 1];
  const isDeep = layers.length > 1;
  const units = first.bias.length; // of the first layer: the ten digits, or those that are hidden
  const inked = createInked(most);
  const sums = new Float64Array(most * units);
  const logits = isDeep ? new Float64Array(most * DIGITS) : sums;
  const deltas = isDeep ? new Float64Array(most * units) : sums;
  const changes = new Float64Array(isDeep ? last.kernel.length : 0);

  /** @param {number} number That of a picture. @param {number} at Its place in the batch. */
  function forward(number, at) {
    const row = at * units;
    gather(inked, at, grids, number, scale, order);
    sums.set(first.bias, row);
    addProducts(sums, row, units, first.kernel, inked, at);
    if (!isDeep) return;
    logits.set(last.bias, at * DIGITS);
    for (let unit = 0; unit < units; unit += 1) {
      const output = sums[row + unit];
      if (output <= 0) sums[row + unit] = 0; // ReLU
      else addMultiple(logits, at * DIGITS, output, last.kernel, unit * DIGITS, DIGITS);
    }
  }

  /** The errors of the hidden units, by way of the weights that lead on from them. @param {number} at */
  function goBack(at) {
    for (let unit = 0; unit < units; unit += 1) {
      let delta = 0;
      if (sums[at * units + unit] > 0) {
        for (let digit = 0; digit < DIGITS; digit += 1) {
          delta += last.kernel[unit * DIGITS + digit] * logits[at * DIGITS + digit];
        }
      }
      deltas[at * units + unit] = delta;
    }
  }

  /** Changes the weights behind the hidden layer. @param {number} count @param {number} share */
  function changeLast(count, share) {
    changes.fill(0);
    for (let at = 0; at < count; at += 1) {
      for (let unit = 0; unit < units; unit += 1) {
        const output = sums[at * units + unit];
        if (output > 0) addMultiple(changes, unit * DIGITS, output, logits, at * DIGITS, DIGITS);
      }
    }
    for (let index = 0; index < changes.length; index += 1) last.kernel[index] -= share * changes[index];
    subtractErrors(last.bias, logits, count, share);
  }

  return {
    /**
     * Takes one step.
     * @param {ArrayLike<number>} numbers Those of the pictures in the batch.
     * @param {number} rate The learning rate.
     * @returns {number} The mean loss of these pictures before the step.
     */
    step(numbers, rate) {
      const count = numbers.length;
      const share = rate / count;
      let loss = 0;
      for (let at = 0; at < count; at += 1) {
        forward(numbers[at], at);
        loss += toErrors(logits, at * DIGITS, targets[numbers[at]]);
        if (isDeep) goBack(at);
      }
      if (isDeep) changeLast(count, share);
      for (let at = 0; at < count; at += 1) {
        subtractGradient(first.kernel, units, deltas, at * units, share, inked, at);
      }
      subtractErrors(first.bias, deltas, count, share);
      return loss / count;
    },

    /** @returns {Float64Array} The errors of the first layer's outputs, for the step's first picture. */
    firstDeltas() {
      return deltas.slice(0, units);
    },

    /** @param {ArrayLike<number>} numbers @returns {Measured} How well these pictures are read. */
    measure(numbers) {
      let [loss, right] = [0, 0];
      for (let at = 0; at < numbers.length; at += 1) {
        const target = targets[numbers[at]];
        forward(numbers[at], 0);
        let best = 0;
        for (let digit = 1; digit < DIGITS; digit += 1) if (logits[digit] > logits[best]) best = digit;
        if (best === target) right += 1;
        loss += toErrors(logits, 0, target);
      }
      return { loss: loss / numbers.length, accuracy: right / numbers.length };
    },
  };
}

/**
 * Puts the errors into the place of logits: the probabilities minus the target as one-hot.
 * @param {Float64Array} logits
 * @param {number} row Where the picture's ten logits begin.
 * @param {number} target
 * @returns {number} The cross-entropy.
 */
function toErrors(logits, row, target) {
  const own = logits[row + target];
  let largest = logits[row];
  for (let digit = 1; digit < DIGITS; digit += 1) largest = Math.max(largest, logits[row + digit]);
  let total = 0;
  for (let digit = 0; digit < DIGITS; digit += 1) {
    logits[row + digit] = Math.exp(logits[row + digit] - largest);
    total += logits[row + digit];
  }
  for (let digit = 0; digit < DIGITS; digit += 1) logits[row + digit] /= total;
  logits[row + target] -= 1;
  return Math.log(total) + largest - own;
}
