// Numbers rounded for the page so that what is added up on it is right as written.

/**
 * Rounds terms so that the rounded terms add up to the rounded sum: all are rounded down, and those
 * that lost most are raised by one unit (the largest remainder method), as in contributions.py.
 * @param {ArrayLike<number>} terms
 * @param {number} decimals How many decimals are shown.
 * @returns {number[]} The rounded terms in units of the last decimal.
 */
export function roundToAddUp(terms, decimals) {
  const scaled = Array.from(terms, (term) => term * 10 ** decimals);
  const units = scaled.map(Math.floor);
  const lost = scaled.map((value, index) => value - units[index]);
  const missing = Math.round(sumOf(scaled)) - sumOf(units);
  const byLoss = [...lost.keys()].sort((a, b) => lost[b] - lost[a]);
  for (const index of byLoss.slice(0, missing)) units[index] += 1;
  return units;
}

/**
 * @param {number} units Of the last decimal.
 * @param {number} decimals
 * @returns {string} The number with so many decimals, with a minus sign where it is below 0.
 */
export function formatUnits(units, decimals) {
  const sign = units < 0 ? "\u2212" : "";
  return sign + (Math.abs(units) / 10 ** decimals).toFixed(decimals);
}

/** @param {number} value @param {number} decimals @returns {string} The number, rounded by itself. */
export function formatNumber(value, decimals) {
  return formatUnits(Math.round(value * 10 ** decimals), decimals);
}

/** @param {number[]} numbers @returns {number} */
function sumOf(numbers) {
  return numbers.reduce((sum, each) => sum + each, 0);
}
