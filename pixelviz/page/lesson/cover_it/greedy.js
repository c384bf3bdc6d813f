// A greedy search for few pixels that change the answer: each step changes the one pixel that lowers the
// probability of the answer most. Greedy: two pixels that only work together are not found, so there may
// be a way with fewer. From the second step on, only those are tried that did most in the first one.

import { LENGTH, PIXEL_MAX, isInside, indexOf, placeOf } from "../../browser/arrays.js";
import { predictionOf, softmax } from "../../browser/prediction.js";

/** @typedef {import("../../browser/arrays.js").Vector} Vector */

/** So many pixels are tried from the second step on. */
export const TRIED = 40;

/**
 * @typedef {object} Step
 * @property {number} index Of the pixel that is changed.
 * @property {number} before Its value.
 * @property {number} after
 * @property {number} probability Of the first answer, after the step.
 * @property {string} reads What the model then reads.
 */

/**
 * @param {Vector} vector
 * @returns {number[]} The pixels that a step may change: those with ink, which become paper, and paper
 *   that touches ink, which becomes ink.
 */
export function candidatesOf(vector) {
  return [...Array(LENGTH).keys()].filter((index) => vector[index] > 0 || touchesInk(vector, index));
}

/** @param {Vector} vector @param {number} index @returns {boolean} */
function touchesInk(vector, index) {
  const { row, column } = placeOf(index);
  const around = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => [row + down, column + right]));
  return around.some(([y, x]) => isInside(y, x) && vector[indexOf(y, x)] > 0);
}

/** @param {Vector} vector @param {number} index @returns {Vector} The grid with one pixel changed. */
export function changed(vector, index) {
  const other = vector.slice();
  other[index] = vector[index] > 0 ? 0 : PIXEL_MAX;
  return other;
}

/**
 * @param {ArrayLike<number>} logits
 * @param {number} threshold
 * @returns {string} What a model reads, the digit or that it is not sure.
 */
export function readingOf(logits, threshold) {
  const { isSure, digit } = predictionOf(logits, threshold);
  return isSure ? String(digit) : "not sure";
}

/**
 * Returns a search that is told the answers, and says what to ask next.
 * @param {Vector} vector
 * @param {ArrayLike<number>} logits What the model says to it.
 * @param {number} threshold
 */
export function createSearch(vector, logits, threshold) {
  const { digit, confidence } = predictionOf(logits, threshold);
  const first = readingOf(logits, threshold);
  let now = vector;
  let probability = confidence;
  /** @type {Step[]} */ const steps = [];
  /** @type {number[]} The pixels to try next. */ let left = candidatesOf(vector);

  return {
    digit,
    first,
    steps,

    /** @returns {Vector} The grid after the steps so far. */
    get vector() {
      return now;
    },

    /** @returns {boolean} Whether the model reads another digit by now, or is no longer sure. */
    get isChanged() {
      return steps.length > 0 && steps[steps.length - 1].reads !== first;
    },

    /** @returns {number[]} The pixels of which one is changed next. None is changed back. */
    get candidates() {
      return left;
    },

    /**
     * Takes the best of the candidates.
     * @param {ArrayLike<number>[]} answers The logits with each of them changed.
     * @returns {boolean} Whether one of them lowers the probability.
     */
    take(answers) {
      const probabilities = answers.map((each) => softmax(each)[digit]);
      const order = [...left.keys()].sort((a, b) => probabilities[a] - probabilities[b]);
      const [best] = order;
      if (best === undefined || !(probabilities[best] < probability)) return false;
      const index = left[best];
      const next = changed(now, index);
      steps.push({
        index,
        before: now[index],
        after: next[index],
        probability: probabilities[best],
        reads: readingOf(answers[best], threshold),
      });
      [now, probability] = [next, probabilities[best]];
      left = order.slice(1, 1 + TRIED).map((at) => left[at]);
      return true;
    },
  };
}
