// How the views write a pixel's value.

import { PIXEL_MAX, SIDE, placeOf } from "../browser/arrays.js";

/** @typedef {(value: number) => string} Format Writes a value from 0 to 255. */

/** @type {Format} */
export function formatInteger(value) {
  return String(value);
}

/**
 * Writes a value divided by 255 in at most three characters, for a small cell: "0", ".50", "1".
 * What is only nearly 0 or 1 is ".0" or "1.0".
 * @type {Format}
 */
export function formatRescaled(value) {
  if (value === 0 || value === PIXEL_MAX) return String(value / PIXEL_MAX);
  const rounded = (value / PIXEL_MAX).toFixed(2);
  if (rounded === "0.00") return ".0";
  return rounded === "1.00" ? "1.0" : rounded.slice(1);
}

/**
 * @param {number} index
 * @param {number} value
 * @returns {string} What becomes of one pixel: its place, its feature, its value, its value rescaled.
 */
export function describe(index, value) {
  const { row, column } = placeOf(index);
  const feature = `feature ${SIDE} × ${row} + ${column} = ${index}`;
  return `row ${row}, column ${column} → ${feature} → ${value} → ${(value / PIXEL_MAX).toFixed(3)}`;
}
