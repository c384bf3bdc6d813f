// The digits that a class has given, kept up to date by answers that have only the newest of them.

import { LENGTH } from "../arrays.js";
import { decode } from "../pixel_codec.js";

/**
 * @typedef {object} Given A digit that somebody has given.
 * @property {number} number It grows by one with each of them in the class.
 * @property {number} device Who gave it.
 * @property {number} label What they were asked for, 0 to 9.
 * @property {import("../arrays.js").Vector} vector
 * @property {number} at When it was given, in milliseconds by this browser's clock.
 *
 * @typedef {{number: number, device: number, label: number, pixels: string, age: number}} Sent A digit as
 *   the server sends it: the vector in base64, and how many seconds ago it was given.
 *
 * @typedef {{digits: readonly Given[], last: number}} Digits In the order of their numbers; `last` is the
 *   highest number that the server has answered with.
 */

/** @type {Digits} */
export const NONE = { digits: [], last: 0 };

/**
 * Adds to the digits those of an answer that has all above the last one.
 * @param {Digits} known
 * @param {{digits: Sent[], last: number}} answer
 * @param {number} now In milliseconds.
 * @returns {Digits} The same array where nothing has come.
 */
export function merged({ digits, last }, answer, now) {
  const there = new Set(digits.map(({ number }) => number));
  const added = answer.digits.filter(({ number }) => !there.has(number)).map((sent) => read(sent, now));
  const all = added.length > 0 ? [...digits, ...added].sort((a, b) => a.number - b.number) : digits;
  return { digits: all, last: Math.max(last, answer.last) };
}

/** @param {Digits} known @param {(digit: Given) => boolean} isGone @returns {Digits} */
export function without({ digits, last }, isGone) {
  return { digits: digits.filter((digit) => !isGone(digit)), last };
}

/**
 * @param {Sent} sent
 * @param {number} now
 * @returns {Given}
 * @throws {TypeError} It is not of 784 pixels.
 */
function read({ number, device, label, pixels, age }, now) {
  const vector = decode(pixels);
  if (vector.length !== LENGTH) throw new TypeError(`Expected ${LENGTH} pixels, got ${vector.length}.`);
  return { number, device, label, vector, at: now - 1000 * age };
}
