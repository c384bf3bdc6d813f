// What one model has said of the pictures of a set, as far as it has been asked.

/** @typedef {import("./parts.js").Range} Range */

/**
 * @typedef {object} Answers
 * @property {Uint8Array} digits (count,) The digit that it reads in each picture; `NONE` where it has
 *   not been asked yet.
 * @property {Float32Array} confidences (count,) The probability of that digit.
 */

/** In the place of a digit. */
export const NONE = 10;

/** @param {number} count How many pictures the set has. @returns {Answers} Nothing is known yet. */
export function createAnswers(count) {
  return { digits: new Uint8Array(count).fill(NONE), confidences: new Float32Array(count) };
}

/** @param {Answers} answers @param {Answers} some Those from one picture on. @param {number} start */
export function addAnswers({ digits, confidences }, some, start) {
  digits.set(some.digits, start);
  confidences.set(some.confidences, start);
}

/** @param {Answers} answers @param {Range} range @returns {number} How many of them are known. */
export function knownOf({ digits }, { start, end }) {
  let known = 0;
  for (let at = start; at < end; at += 1) if (digits[at] !== NONE) known += 1;
  return known;
}

/** @param {Answers} answers @param {Range} range @returns {Range[]} The parts of it not known yet. */
export function gapsOf({ digits }, { start, end }) {
  /** @type {Range[]} */ const gaps = [];
  for (let at = start; at < end; at += 1) {
    if (digits[at] !== NONE) continue;
    const last = gaps.at(-1);
    if (last?.end === at) last.end += 1;
    else gaps.push({ start: at, end: at + 1 });
  }
  return gaps;
}
