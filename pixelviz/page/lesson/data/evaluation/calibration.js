// Whether a model is right as often as it says: its answers, put into bins by their confidence.

import { NONE } from "./answers.js";

/**
 * @typedef {import("./answers.js").Answers} Answers
 * @typedef {import("./parts.js").Range} Range
 *
 * @typedef {object} Bin
 * @property {number} from The confidence where it begins.
 * @property {number} to Where it ends: the next one begins there.
 * @property {number} count How many answers are in it.
 * @property {number} confidence Their mean confidence, 0 to 1; 0 where there are none.
 * @property {number} right The share of them that is right, 0 to 1; 0 where there are none.
 */

/** As in metrics.py. */
export const BINS = 15;

/**
 * @param {Answers} answers
 * @param {Uint8Array | null} targets Nothing is right where there are none.
 * @param {Range} range
 * @returns {Bin[]} As many as `BINS`, all equally wide.
 */
export function binsOf({ digits, confidences }, targets, { start, end }) {
  const bins = Array.from({ length: BINS }, (_, at) => ({
    from: at / BINS,
    to: (at + 1) / BINS,
    count: 0,
    confidence: 0,
    right: 0,
  }));
  for (let at = start; at < end; at += 1) {
    if (digits[at] === NONE) continue;
    const bin = bins[Math.min(Math.floor(confidences[at] * BINS), BINS - 1)];
    bin.count += 1;
    bin.confidence += confidences[at];
    if (targets && digits[at] === targets[at]) bin.right += 1;
  }
  for (const bin of bins) {
    if (bin.count === 0) continue;
    bin.confidence /= bin.count;
    bin.right /= bin.count;
  }
  return bins;
}

/**
 * @param {Bin[]} bins
 * @returns {number} The expected calibration error, 0 to 1: the gap between mean confidence and share
 *   of right answers in each bin, averaged over all answers (Guo et al. 2017).
 */
export function calibrationErrorOf(bins) {
  const all = bins.reduce((sum, { count }) => sum + count, 0);
  const gaps = bins.reduce(
    (sum, { count, confidence, right }) => sum + count * Math.abs(confidence - right),
    0,
  );
  return all === 0 ? 0 : gaps / all;
}
