// A number as text in a table's cell -> the number, read from the bytes without making them text.

const ZERO = 48;
const PLUS = 43;
const MINUS = 45;
const E_LOWER = 101;
const E_UPPER = 69;

/** Integers of so many digits, and these powers of ten, are exact: so their quotient is rounded once. */
const DIGITS_MAX = 15;
const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {number} end
 * @param {number} point The byte that separates the decimals.
 * @returns {number} NaN where it is no number, or one that only `Number` reads exactly.
 */
export function numberIn(bytes, start, end, point) {
  let at = start;
  const isNegative = bytes[at] === MINUS;
  if (isNegative || bytes[at] === PLUS) at += 1;
  let mantissa = 0;
  let digits = 0;
  let significant = 0;
  let zeros = 0; // that have come since the last other digit
  let exponent = 0;
  let hasPoint = false;
  for (; at < end; at += 1) {
    const digit = bytes[at] - ZERO;
    if (digit >= 0 && digit <= 9) {
      digits += 1;
      if (hasPoint) exponent -= 1;
      if (digit === 0) {
        if (significant > 0) zeros += 1;
        continue;
      }
      significant += zeros + 1;
      if (significant > DIGITS_MAX) return NaN;
      mantissa = mantissa * POWERS[zeros + 1] + digit;
      zeros = 0;
    } else if (bytes[at] === point && !hasPoint) {
      hasPoint = true;
    } else {
      break;
    }
  }
  if (digits === 0) return NaN;
  exponent += zeros;
  if (at < end) {
    const written = exponentIn(bytes, at, end);
    if (Number.isNaN(written)) return NaN;
    exponent += written;
  }
  if (mantissa === 0) return 0;
  if (exponent > 22 || exponent < -22) return NaN;
  const size = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
  return isNegative ? -size : size;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {number} end
 * @returns {number} NaN where it is none.
 */
function exponentIn(bytes, start, end) {
  if (bytes[start] !== E_LOWER && bytes[start] !== E_UPPER) return NaN;
  let at = start + 1;
  const isNegative = bytes[at] === MINUS;
  if (isNegative || bytes[at] === PLUS) at += 1;
  if (at === end || end - at > 4) return NaN;
  let exponent = 0;
  for (; at < end; at += 1) {
    const digit = bytes[at] - ZERO;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    exponent = 10 * exponent + digit;
  }
  return isNegative ? -exponent : exponent;
}

const NUMBER = /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$/;
const TRUTHS = new Map([
  ["true", 1],
  ["false", 0],
]);

/**
 * @param {string} text A cell without the blanks around it.
 * @param {string} point "." or ",".
 * @returns {number} NaN where it is neither a number nor a truth value.
 */
export function numberOf(text, point) {
  const plain = point === "," ? text.replace(",", ".") : text;
  if (NUMBER.test(plain)) return Number.isFinite(Number(plain)) ? Number(plain) : NaN;
  return TRUTHS.get(text.toLowerCase()) ?? NaN;
}

/** @param {string} text @returns {boolean} Whether a cell is "True" or "False", however written. */
export function isTruth(text) {
  return TRUTHS.has(text.toLowerCase());
}
