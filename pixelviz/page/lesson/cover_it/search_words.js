// What a search says: how far it is, and how it ended.

import { placeOf } from "../../browser/arrays.js";
import { predictionOf } from "../../browser/prediction.js";
import { digitOrDoubt, inWords, percent, reason } from "../../browser/wording.js";
import { LIMIT_MS } from "./searching.js";

/**
 * @typedef {import("./greedy.js").Change} Change
 * @typedef {import("./greedy.js").Step} Step
 *
 * @typedef {object} Found What a search has found so far.
 * @property {ArrayLike<number> | null} first The logits for the digit itself.
 * @property {Step[]} steps
 * @property {import("./searching.js").Ending | null} ending None while it runs.
 */

const FINE_DECIMALS = 3;

/**
 * @param {number} probability 0 to 1.
 * @returns {string} In percent with more digits than elsewhere: the first steps change little. Never
 *   rounded to a certainty that it is not.
 */
export function finePercent(probability) {
  const unit = 10 ** FINE_DECIMALS;
  const units = Math.round(100 * unit * probability);
  if (units === 0) return `<\u202f${(1 / unit).toFixed(FINE_DECIMALS)}\u202f%`;
  if (units === 100 * unit) return `>\u202f${(100 - 1 / unit).toFixed(FINE_DECIMALS)}\u202f%`;
  return `${(units / unit).toFixed(FINE_DECIMALS)}\u202f%`;
}

/** @param {number} count @returns {string} */
export function pixels(count) {
  return `${count} ${count === 1 ? "pixel" : "pixels"}`;
}

/**
 * @param {Found} found
 * @param {number} threshold The confidence from which on the model is sure.
 * @returns {string} In one sentence or two.
 */
export function describeSearch({ first, steps, ending }, threshold) {
  if (!first) return ending ? "Stopped before it began." : "Asking …";
  const before = predictionOf(first, threshold);
  const now = predictionOf(steps.at(-1)?.logits ?? first, threshold);
  const was = digitOrDoubt(before);
  const share = percent(now.probabilities[before.digit]);
  const still = `${before.digit} still has ${share}`;
  const count = steps.length;
  if (ending === null) return `Step ${count + 1}: ${still}.`;
  if (ending === "changed") {
    const turned = now.isSure ? `${was} becomes ${inWords(now)}` : `no longer sure: ${reason(now)}`;
    return `${pixels(count)} changed: ${turned}.`;
  }
  if (ending === "time") {
    return `${LIMIT_MS / 1000} seconds are over. With ${pixels(count)} changed, ${still}.`;
  }
  if (ending === "stopped") return `Stopped. With ${pixels(count)} changed, ${still}.`;
  return `With ${pixels(count)} changed, ${still}; no change that was tried lowers it further.`;
}

/**
 * @param {Step} step
 * @returns {{where: string, what: string}} Which pixel, and what became of it.
 */
export function describeStep({ change: { index, value }, from }) {
  const { row, column } = placeOf(index);
  const what = value === 0 ? "taken away" : "inked";
  return { where: `row ${row}, column ${column}`, what: `${what}: ${from} → ${value}` };
}
