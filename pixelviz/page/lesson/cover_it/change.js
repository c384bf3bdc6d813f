// How a probability changed, in numbers that add up as written.

import { formatUnits } from "../../browser/rounding.js";
import { percent } from "../../browser/wording.js";

const DECIMALS = 1;

/**
 * @param {number} before A probability, 0 to 1.
 * @param {number} after
 * @returns {{before: string, after: string, drop: string}} Both in percent, as everywhere on the page,
 *   and the difference of the two as they are written, in points (percentage points).
 */
export function describeChange(before, after) {
  const unit = 100 * 10 ** DECIMALS;
  const drop = Math.round(unit * before) - Math.round(unit * after);
  return { before: percent(before), after: percent(after), drop: formatUnits(drop, DECIMALS) };
}

/** @param {string} drop As `describeChange` returns it. @returns {string} */
export function inPoints(drop) {
  return `${drop} points`;
}
