// How well a model has read pictures whose targets are known, and how sure it is of all others.

import { NONE } from "./answers.js";

/**
 * @typedef {import("./answers.js").Answers} Answers
 * @typedef {import("./parts.js").Range} Range
 *
 * @typedef {object} Score Counts of pictures. Where the targets are not known, nothing is right.
 * @property {number} known How many the model has answered to.
 * @property {number} right
 * @property {number} sureAndRight
 * @property {number} sureAndWrong
 * @property {number} sure
 * @property {number} notSure
 */

/**
 * @param {Answers} answers
 * @param {Uint8Array | null} targets
 * @param {Range} range
 * @param {number} threshold The confidence from which on an answer is sure.
 * @returns {Score}
 */
export function scoreOf({ digits, confidences }, targets, { start, end }, threshold) {
  const score = { known: 0, right: 0, sureAndRight: 0, sureAndWrong: 0, sure: 0, notSure: 0 };
  for (let at = start; at < end; at += 1) {
    if (digits[at] === NONE) continue;
    const isRight = targets !== null && digits[at] === targets[at];
    score.known += 1;
    if (isRight) score.right += 1;
    if (confidences[at] < threshold) {
      score.notSure += 1;
      continue;
    }
    score.sure += 1;
    if (isRight) score.sureAndRight += 1;
    else score.sureAndWrong += 1;
  }
  return score;
}
