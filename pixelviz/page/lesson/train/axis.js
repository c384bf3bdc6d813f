// The numbers at the axis of a chart.

/**
 * @param {number} largest What has to be on the axis, above 0.
 * @param {number} most How many numbers there may be above 0.
 * @returns {number[]} 0 and round numbers up to the first one that is not below the largest.
 */
export function ticksTo(largest, most) {
  const power = 10 ** Math.floor(Math.log10(largest / most));
  const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => largest / each <= most) ?? 10 * power;
  const count = Math.ceil(largest / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(6)));
}

/** @param {number} value @returns {string} Short enough for an axis. */
export function tickText(value) {
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  if (value >= 1e4) return `${Number((value / 1e3).toPrecision(3))}k`;
  return value.toLocaleString("en", { maximumFractionDigits: 6 });
}
