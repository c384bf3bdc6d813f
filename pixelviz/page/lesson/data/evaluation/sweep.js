// What becomes of the answers as the threshold of "not sure" moves.

import { NONE } from "./answers.js";

/**
 * @typedef {object} Step Counts of pictures at one threshold.
 * @property {number} right Sure, and right.
 * @property {number} wrong Sure, and wrong; all that are sure where the targets are not known.
 * @property {number} notSure
 */

/**
 * @param {import("./answers.js").Answers} answers
 * @param {Uint8Array | null} targets
 * @param {import("./parts.js").Range} range
 * @param {number[]} thresholds Rising.
 * @returns {Step[]} One for each threshold.
 */
export function sweepOf({ digits, confidences }, targets, { start, end }, thresholds) {
  // Each answer is counted at the number of thresholds that it reaches, and these are added up.
  const right = new Float64Array(thresholds.length + 1);
  const wrong = new Float64Array(thresholds.length + 1);
  for (let at = start; at < end; at += 1) {
    if (digits[at] === NONE) continue;
    const counts = targets && digits[at] === targets[at] ? right : wrong;
    counts[reachedOf(confidences[at], thresholds)] += 1;
  }
  const known = right.reduce((sum, each) => sum + each) + wrong.reduce((sum, each) => sum + each);
  /** @type {Step[]} */ const steps = [];
  let [sureAndRight, sureAndWrong] = [0, 0];
  for (let reached = thresholds.length; reached > 0; reached -= 1) {
    sureAndRight += right[reached];
    sureAndWrong += wrong[reached];
    const notSure = known - sureAndRight - sureAndWrong;
    steps.unshift({ right: sureAndRight, wrong: sureAndWrong, notSure });
  }
  return steps;
}

/** @param {number} confidence @param {number[]} thresholds @returns {number} How many it reaches. */
function reachedOf(confidence, thresholds) {
  let [low, high] = [0, thresholds.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (confidence >= thresholds[middle]) low = middle + 1;
    else high = middle;
  }
  return low;
}
