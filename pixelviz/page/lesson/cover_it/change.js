// How a probability changed, in numbers that add up as written.

import { formatNumber, formatUnits } from "../../browser/rounding.js";
import { percent } from "../../browser/wording.js";

const DECIMALS = 1;

/** What is less than this is written as 0.0 points. */
const LEAST_WRITTEN = 0.0005;

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

/**
 * @param {ArrayLike<number>} drops Of a probability, at all places of a patch.
 * @returns {string} How far it falls at most, so that a dark map is no riddle.
 */
export function describeMost(drops) {
  const most = Math.max(...Array.from(drops));
  if (most < LEAST_WRITTEN) return "falls by less than 0.1 points";
  return `falls by ${inPoints(formatNumber(100 * most, DECIMALS))} at most`;
}
