// The confusion matrix: how often each digit was read as each digit; and the pictures behind it.

import { NONE } from "./answers.js";

/**
 * @typedef {import("./answers.js").Answers} Answers
 * @typedef {import("./parts.js").Range} Range
 */

export const DIGITS = 10;

/**
 * @param {Answers} answers
 * @param {Uint8Array} targets
 * @param {Range} range
 * @returns {Uint32Array} (100,) Row by row; the row is the target, the column the answer.
 */
export function confusionOf({ digits }, targets, { start, end }) {
  const counts = new Uint32Array(DIGITS * DIGITS);
  for (let at = start; at < end; at += 1) {
    if (digits[at] !== NONE) counts[DIGITS * targets[at] + digits[at]] += 1;
  }
  return counts;
}

/**
 * @param {Answers} answers
 * @param {Range} range
 * @param {(digit: number, picture: number) => boolean} isWanted Called with each answer.
 * @returns {number[]} The numbers of the pictures, that of the most confident answer first.
 */
export function surestFirst({ digits, confidences }, { start, end }, isWanted) {
  /** @type {number[]} */ const found = [];
  for (let at = start; at < end; at += 1) {
    if (digits[at] !== NONE && isWanted(digits[at], at)) found.push(at);
  }
  return found.sort((one, other) => confidences[other] - confidences[one] || one - other);
}
