// The greedy search for few pixels that change an answer: in each step it tries changes of one pixel
// and takes the one that lowers the probability of the answer most.

import { LENGTH, PIXEL_MAX } from "../../browser/arrays.js";
import { predictionOf } from "../../browser/prediction.js";
import { pixelsUnder } from "./patches.js";

/**
 * @typedef {import("../../browser/arrays.js").Vector} Vector
 * @typedef {import("../../browser/prediction.js").Prediction} Prediction
 *
 * @typedef {{index: number, value: number}} Change The pixel, and its new value.
 *
 * @typedef {object} Step
 * @property {Change} change
 * @property {number} from The pixel's value before.
 * @property {ArrayLike<number>} logits The answer after it.
 *
 * @typedef {"changed" | "stuck"} End The answer is another one; or no change lowers the probability.
 */

/** From the second step on, so many are tried: those that did best when they were tried last. */
export const TRIED = 32;

/** With this patch, a pixel's neighbours are its row and column and the corners. */
const NEIGHBOURS = 3;

/**
 * @param {Vector} vector
 * @returns {Change[]} All that is tried: each pixel of ink is taken away, each of paper beside ink is
 *   inked.
 */
export function changesOf(vector) {
  /** @type {Change[]} */ const changes = [];
  for (let index = 0; index < LENGTH; index += 1) {
    if (vector[index] > 0) changes.push({ index, value: 0 });
    else if (pixelsUnder(index, NEIGHBOURS).some((near) => vector[near] > 0)) {
      changes.push({ index, value: PIXEL_MAX });
    }
  }
  return changes;
}

/** @param {Vector} vector @param {Change[]} changes @returns {Vector} */
export function changed(vector, changes) {
  const next = vector.slice();
  for (const { index, value } of changes) next[index] = value;
  return next;
}

/**
 * @param {Prediction} first
 * @param {Prediction} now
 * @returns {boolean} Whether a model says something else: another digit or, where it was sure of one,
 *   that it is not sure.
 */
export function isOther(first, now) {
  return now.digit !== first.digit || (first.isSure && !now.isSure);
}

/**
 * Searches. What asks the network goes on with the answers until the search ends; it may leave off at
 * any time.
 * @param {Vector} vector The digit.
 * @param {number} threshold The confidence from which on the model is sure.
 * @param {(step: Step) => void} onStep
 * @param {(first: ArrayLike<number>) => void} onFirst Called with the answer to the digit itself.
 * @returns {Generator<Vector[], End, ArrayLike<number>[]>} The grids to ask about; it expects the
 *   logits to each.
 */
export function* search(vector, threshold, onStep, onFirst) {
  const [logits] = yield [vector];
  onFirst(logits);
  const first = predictionOf(logits, threshold);
  let now = vector;
  let odds = logOdds(logits, first.digit);
  let ranked = changesOf(vector);
  let count = ranked.length;
  while (ranked.length > 0) {
    const tried = ranked.slice(0, count);
    const here = now;
    const answers = yield tried.map((change) => changed(here, [change]));
    const scored = tried
      .map((change, at) => ({ change, at, odds: logOdds(answers[at], first.digit) }))
      .sort((a, b) => a.odds - b.odds || a.change.index - b.change.index);
    const [best, ...others] = scored;
    if (!(best.odds < odds)) return "stuck";
    const from = now[best.change.index];
    now = changed(now, [best.change]);
    odds = best.odds;
    onStep({ change: best.change, from, logits: answers[best.at] });
    if (isOther(first, predictionOf(answers[best.at], threshold))) return "changed";
    ranked = [...others.map(({ change }) => change), ...ranked.slice(count)];
    count = TRIED;
  }
  return "stuck";
}

/**
 * @param {ArrayLike<number>} logits
 * @param {number} digit
 * @returns {number} The logarithm of its probability over that of all others: it rises and falls with
 *   the probability, and still tells two apart that both are nearly 1.
 */
export function logOdds(logits, digit) {
  const others = Array.from(logits).filter((_, other) => other !== digit);
  const largest = Math.max(...others);
  const sum = others.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return logits[digit] - largest - Math.log(sum);
}
