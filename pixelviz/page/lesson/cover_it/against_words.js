// The numbers of one covered pixel of softmax regression, and where weight × feature and the
// probability agree.

import { formatNumber, formatUnits } from "../../browser/rounding.js";
import { describeChange, inPoints } from "./change.js";
import { featureOf, productOf } from "./linear.js";

/**
 * @typedef {import("./linear.js").Linear} Linear
 * @typedef {import("./linear.js").Covered} Covered
 * @typedef {import("../../browser/arrays.js").Vector} Vector
 */

const DECIMALS = 3;
const UNIT = 10 ** DECIMALS;

/** What the lines of the table are. */
export const LINES = [
  "weight × feature",
  "logit as drawn",
  "logit covered",
  "drop of the logit",
  "probability as drawn",
  "probability covered",
  "drop of the probability",
];

/**
 * @param {Linear} linear
 * @param {Vector} vector
 * @param {Covered} covered
 * @param {number} index The pixel that is covered.
 * @param {number} digit
 * @returns {string[]} For each of `LINES`, the number of a digit. Drawn − covered = drop, as written.
 */
export function numbersOf(linear, vector, { whole, without }, index, digit) {
  const weight = linear.weights[index * linear.bias.length + digit];
  const product = productOf(linear, vector, index, digit);
  const drop = Math.round(UNIT * (whole.logits[digit] - without[index].logits[digit]));
  const before = Math.round(UNIT * whole.logits[digit]);
  const change = describeChange(whole.probabilities[digit], without[index].probabilities[digit]);
  return [
    `${number(weight)} × ${number(featureOf(vector, index))} = ${number(product)}`,
    formatUnits(before, DECIMALS),
    formatUnits(before - drop, DECIMALS),
    formatUnits(drop, DECIMALS),
    change.before,
    change.after,
    inPoints(change.drop),
  ];
}

/** @param {number} value @returns {string} */
function number(value) {
  return formatNumber(value, DECIMALS);
}

/**
 * @param {Linear} linear
 * @param {Vector} vector
 * @param {Covered} covered
 * @returns {{ink: number, agreeing: number, largest: number}} How many pixels have ink; at how many
 *   of them covering lowers the probability where weight × feature is above 0, or raises it where
 *   that is below; and by how much a logit's drop differs from weight × feature at most.
 */
export function compare(linear, vector, { digit, whole, without }) {
  let [ink, agreeing, largest] = [0, 0, 0];
  vector.forEach((value, index) => {
    if (value === 0) return;
    const product = productOf(linear, vector, index, digit);
    const drop = whole.logits[digit] - without[index].logits[digit];
    const fall = whole.probabilities[digit] - without[index].probabilities[digit];
    ink += 1;
    if (Math.sign(fall) === Math.sign(product)) agreeing += 1;
    largest = Math.max(largest, Math.abs(drop - product));
  });
  return { ink, agreeing, largest };
}

/** @param {ReturnType<typeof compare>} compared @returns {string} */
export function describeAgreement({ ink, agreeing, largest }) {
  const same =
    Math.round(largest * UNIT) === 0
      ? `At all ${ink} pixels of ink, the logit falls by weight × feature.`
      : "";
  return (
    `${same} The probability goes the same way as weight × feature at ${agreeing} of them` +
    `${agreeing < ink ? `, and the other way at ${ink - agreeing}.` : "."}`
  ).trim();
}
