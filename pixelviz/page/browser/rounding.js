// Numbers rounded for the page so that what is added up on it is right as written.

/**
 * Rounds terms so that the rounded terms add up to the rounded sum: all are rounded down, and those
 * that lost most are raised by one unit (the largest remainder method), as in contributions.py.
 * @param {ArrayLike<number>} terms
 * @param {number} decimals How many decimals are shown.
 * @param {number} [sum] What they have to add up to, in units of the last decimal, if that is not their
 *   own rounded sum; it may be one unit more or less.
 * @returns {number[]} The rounded terms in units of the last decimal.
 */
export function roundToAddUp(terms, decimals, sum) {
  const scaled = Array.from(terms, (term) => term * 10 ** decimals);
  const units = scaled.map(Math.floor);
  const lost = scaled.map((value, index) => value - units[index]);
  const missing = (sum ?? Math.round(sumOf(scaled))) - sumOf(units);
  const byLoss = [...lost.keys()].sort((a, b) => lost[b] - lost[a]);
  for (const index of byLoss.slice(0, Math.max(missing, 0))) units[index] += 1;
  if (missing < 0) units[byLoss[byLoss.length - 1]] -= 1;
  return units;
}

/**
 * Rounds terms, and a bias that is added to them. The bias is rounded by itself: it is the same for every
 * picture, and has to look so.
 * @param {ArrayLike<number>} terms
 * @param {number} bias
 * @param {number} decimals
 * @returns {{terms: number[], bias: number, total: number}} In units of the last decimal; terms and bias
 *   add up to the total, which is that of the exact numbers, rounded.
 */
export function roundWithBias(terms, bias, decimals) {
  const unit = 10 ** decimals;
  const rounded = Math.round(bias * unit) + 0; // never -0
  const total = Math.round((sumOf(Array.from(terms)) + bias) * unit) + 0;
  return { terms: roundToAddUp(terms, decimals, total - rounded), bias: rounded, total };
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
