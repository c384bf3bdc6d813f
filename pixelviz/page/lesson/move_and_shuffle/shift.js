// Moves a grid by whole pixels, as shift.py does.

import { indexOf, isInside, placeOf } from "../../browser/arrays.js";

/** @typedef {import("../../browser/arrays.js").Vector} Vector */

/**
 * @param {Vector} vector
 * @param {number} rows How far down; negative moves it up.
 * @param {number} columns How far to the right; negative moves it to the left.
 * @returns {Vector} What is moved over the edge is gone, and paper comes in at the other.
 */
export function shift(vector, rows, columns) {
  return vector.map((_, index) => {
    const { row, column } = placeOf(index);
    const [fromRow, fromColumn] = [row - rows, column - columns];
    return isInside(fromRow, fromColumn) ? vector[indexOf(fromRow, fromColumn)] : 0;
  });
}

const STEPS = new Map([
  ["ArrowLeft", [0, -1]],
  ["ArrowUp", [-1, 0]],
  ["ArrowDown", [1, 0]],
  ["ArrowRight", [0, 1]],
]);

/**
 * @param {string} key A KeyboardEvent's.
 * @param {[number, number]} moved How far the digit is moved, in rows and columns.
 * @param {number} farthest How far it can be moved.
 * @returns {[number, number] | null} How far it is moved then; null for all keys but the arrows.
 */
export function moveWithKey(key, [rows, columns], farthest) {
  const step = STEPS.get(key);
  if (!step) return null;
  /** @param {number} way */
  const within = (way) => Math.min(Math.max(way, -farthest), farthest);
  return [within(rows + step[0]), within(columns + step[1])];
}
