// Counts and shares as the page writes them.

import { formatUnits, roundToAddUp } from "../../browser/rounding.js";
import { percent } from "../../browser/wording.js";

const DECIMALS = 1;

/**
 * @param {number} part
 * @param {number} whole At least 1.
 * @returns {string} In percent, and 0 or 100 only where that is exact.
 */
export function shareOf(part, whole) {
  if (part === 0 || part === whole) return `${part === 0 ? 0 : 100}\u202f%`;
  return percent(part / whole);
}

/**
 * @param {number[]} parts
 * @returns {string[]} Each as a share of all of them, in percent, rounded so that they add up to 100.
 */
export function sharesOf(parts) {
  const whole = parts.reduce((sum, part) => sum + part, 0);
  if (whole === 0) return parts.map(() => "");
  const units = roundToAddUp(
    parts.map((part) => (100 * part) / whole),
    DECIMALS,
  );
  return units.map((each, at) =>
    each === 0 && parts[at] > 0 ? percent(0) : `${formatUnits(each, DECIMALS)}\u202f%`,
  );
}
