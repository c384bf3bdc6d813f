// Weights as whole numbers of ten-thousandths: products and sums of them with pixels are exact, so
// that everything adds up as written.

import { PIXEL_MAX } from "../../../browser/arrays.js";
import { formatUnits } from "../../../browser/rounding.js";
import { sumOf } from "./convolve.js";

export const DECIMALS = 4; // at most
const UNITS = 10 ** DECIMALS; // in 1

/** @param {number} number With at most four decimals. @returns {number} */
export function unitsOf(number) {
  return Math.round(number * UNITS);
}

/**
 * @param {string} text What a person has typed.
 * @param {number} largest The largest distance from 0 that is allowed.
 * @returns {{units: number} | {problem: string}}
 */
export function parse(text, largest) {
  const plain = text.trim().replace("\u2212", "-").replace(",", ".");
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain);
  const decimals = plain.split(".")[1] ?? "";
  if (isNumber && decimals.length <= DECIMALS && Math.abs(Number(plain)) <= largest) {
    return { units: unitsOf(Number(plain)) };
  }
  const got = text.trim() === "" ? "nothing" : `“${text.trim().slice(0, 20)}”`;
  return {
    problem:
      `Expected a number from \u2212${largest} to ${largest} with at most ${DECIMALS} decimals, ` +
      `such as \u22121 or 0.25; got ${got}.`,
  };
}

/** @param {number[]} units @returns {number} How many decimals all of them need, 0 to 4. */
export function decimalsOf(units) {
  const decimals = [...Array(DECIMALS).keys()];
  return decimals.find((few) => units.every((each) => each % (UNITS / 10 ** few) === 0)) ?? DECIMALS;
}

/** @param {number} units @param {number} decimals As many as it needs, or more. @returns {string} */
export function format(units, decimals) {
  return formatUnits(units / 10 ** (DECIMALS - decimals), decimals);
}

/** @param {number} units @returns {string} With as many decimals as it needs. */
export function formatShort(units) {
  return format(units, decimalsOf([units]));
}

/** @param {number[]} terms @param {number} decimals @returns {string} "−253 + 0 − 12 = −265" */
export function sumText(terms, decimals) {
  const [first, ...others] = terms;
  const joined = others.map(
    (term) => ` ${term < 0 ? "\u2212" : "+"} ${format(Math.abs(term), decimals)}`,
  );
  return `${format(first, decimals)}${joined.join("")} = ${format(sumOf(terms), decimals)}`;
}

/**
 * @param {number[]} weights
 * @param {number} bias
 * @param {boolean} hasRelu
 * @returns {number} The largest distance from 0 that an output of this kernel can have.
 */
export function farthest(weights, bias, hasRelu) {
  const most = bias + PIXEL_MAX * sumOf(weights.filter((weight) => weight > 0));
  const least = bias + PIXEL_MAX * sumOf(weights.filter((weight) => weight < 0));
  return Math.max(most, hasRelu ? 0 : -least, 0);
}
