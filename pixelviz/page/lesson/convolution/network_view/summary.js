// What the page says of where a number comes from: its largest terms, the rest of them in one line, and
// what they add up to, rounded so that all of it is right as written.

import { formatNumber, formatUnits, roundWithBias } from "../../../browser/rounding.js";

/** @typedef {import("./origin.js").Origin} Origin */
/** @typedef {import("./origin.js").Term} Term */

export const DECIMALS = 3;

/** A weight has more of them: else its product with a large number would not be right as written. */
const WEIGHT_DECIMALS = 5;

/** So many terms stand alone; of hundreds, the largest ones. */
const TERMS_MAX = 8;

/**
 * @typedef {object} Line
 * @property {string} name
 * @property {string} how What was multiplied; empty where it is no product.
 * @property {string} value
 * @property {number} share Its distance from 0, as a share of the largest one's, with its sign.
 */

/**
 * @typedef {object} Summary
 * @property {Line[]} lines What is added up.
 * @property {string} result The line below: what comes of them.
 */

/** @param {Origin} origin @returns {Summary} */
export function summaryOf({ kind, terms, bias, hasRelu, output }) {
  const written = (/** @type {number} */ value) => formatUnits(unitsOf(value), DECIMALS);
  if (kind !== "sum") {
    const lines = linesOf(terms, terms.map(({ value }) => unitsOf(value)));
    return { lines, result: RESULTS[kind](written(output), terms.length) };
  }
  const { shown, rest, count } = split(terms);
  const parts = [...shown.map(({ value }) => value), ...(count > 0 ? [rest] : [])];
  const rounded = roundWithBias(parts, bias, DECIMALS);
  const names = shown.map(({ name, factors }) => ({ name, factors, value: 0 }));
  if (count > 0) names.push({ name: `the other ${count} together`, factors: undefined, value: 0 });
  names.push({ name: "bias", factors: undefined, value: 0 });
  const { total } = rounded;
  const after = hasRelu ? `, after ReLU ${formatUnits(Math.max(total, 0), DECIMALS)}` : "";
  const lines = linesOf(names, [...rounded.terms, rounded.bias]);
  return { lines, result: `= ${formatUnits(total, DECIMALS)}${after}` };
}

/** @type {Record<Exclude<Origin["kind"], "sum">, (output: string, count: number) => string>} */
const RESULTS = {
  same: (output) => `the same number, in another shape: ${output}`,
  largest: (output, count) => `the largest of the ${count}: ${output}`,
  relu: (output) => `after ReLU: ${output}`,
};

/**
 * @param {Term[]} terms
 * @param {number[]} units The numbers to write, in units of the last decimal.
 * @returns {Line[]}
 */
function linesOf(terms, units) {
  const largest = units.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  return terms.map(({ name, factors }, at) => ({
    name,
    how: factors ? `${short(factors.input)} × ${formatNumber(factors.weight, WEIGHT_DECIMALS)}` : "",
    value: formatUnits(units[at], DECIMALS),
    share: largest > 0 ? units[at] / largest : 0,
  }));
}

/** @param {Term[]} terms Those that contribute most come first, and what contributes nothing is left. */
function split(terms) {
  if (terms.length <= TERMS_MAX) return { shown: terms, rest: 0, count: 0 };
  const bySize = [...terms].sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const others = bySize.slice(TERMS_MAX);
  const rest = others.reduce((all, { value }) => all + value, 0);
  return { shown: bySize.slice(0, TERMS_MAX), rest, count: others.length };
}

/** @param {number} value @returns {string} */
export function short(value) {
  return formatUnits(unitsOf(value), DECIMALS);
}

/** @param {number} value @returns {number} In units of the last decimal. */
function unitsOf(value) {
  return Math.round(value * 10 ** DECIMALS) + 0; // never -0
}
