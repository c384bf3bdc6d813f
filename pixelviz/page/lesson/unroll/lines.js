// The lines that slide into the strip one by one: a grid's rows, or its columns.

import { LENGTH, SIDE, indexOf } from "../../browser/arrays.js";

/** @typedef {import("../../browser/arrays.js").Vector} Vector */
/** @typedef {"rows" | "columns"} Order */

/** @param {Vector} vector @param {Order} order @returns {Vector} The lines, one after the other. */
export function unroll(vector, order) {
  if (order === "rows") return vector;
  return vector.map((_, index) => vector[indexOf(index % SIDE, Math.floor(index / SIDE))]);
}

/**
 * @param {number} done How many lines are in the strip. Between two whole numbers, one is on its way.
 * @param {Order} order
 * @returns {string} Says which features the last line became.
 */
export function describe(done, order) {
  const name = order === "rows" ? "row" : "column";
  const line = Math.min(Math.ceil(done) - 1, SIDE - 1);
  if (line < 0) return `The picture has ${SIDE} ${name}s of ${SIDE} pixels.`;
  const features = `${name} ${line} → features ${SIDE * line} to ${SIDE * line + SIDE - 1}`;
  return done < SIDE ? features : `${features}: ${LENGTH} features, all in one line.`;
}

/**
 * @param {string} key A KeyboardEvent's.
 * @param {number} done
 * @returns {number | null} How many lines an arrow key leads to; null for all other keys.
 */
export function doneAfterKey(key, done) {
  if (key === "ArrowRight" || key === "ArrowUp") return Math.min(Math.floor(done + 1), SIDE);
  if (key === "ArrowLeft" || key === "ArrowDown") return Math.max(Math.ceil(done - 1), 0);
  return null;
}
