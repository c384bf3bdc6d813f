// A square patch that hides a part of the grid: what is under it becomes paper. Its place is the
// pixel in its middle; where it reaches over the edge, it hides only what is inside.

import { LENGTH, SIDE, indexOf, isInside, placeOf } from "../../browser/arrays.js";

/** @typedef {import("../../browser/arrays.js").Vector} Vector */

/** So many pixels lie between the places that are asked first, then, and in the end. */
export const STEPS = [4, 2, 1];

/**
 * @param {number} place The index of the pixel in its middle.
 * @param {number} size How many pixels wide and high it is, odd.
 * @returns {number[]} The indices of the pixels that it hides.
 */
export function pixelsUnder(place, size) {
  const { row, column } = placeOf(place);
  const reach = (size - 1) / 2;
  const pixels = [];
  for (let y = row - reach; y <= row + reach; y += 1) {
    for (let x = column - reach; x <= column + reach; x += 1) {
      if (isInside(y, x)) pixels.push(indexOf(y, x));
    }
  }
  return pixels;
}

/**
 * @param {Vector} vector
 * @param {number} place
 * @param {number} size
 * @returns {Vector} The grid without what the patch hides.
 */
export function cover(vector, place, size) {
  const covered = vector.slice();
  for (const index of pixelsUnder(place, size)) covered[index] = 0;
  return covered;
}

/**
 * @param {Vector} vector
 * @param {number} place
 * @param {number} size
 * @returns {number} How many pixels of ink the patch hides.
 */
export function inkUnder(vector, place, size) {
  let count = 0;
  for (const index of pixelsUnder(place, size)) if (vector[index] > 0) count += 1;
  return count;
}

/**
 * @param {number} index
 * @param {number} step Of `STEPS`.
 * @returns {number} The place that stands for a pixel while only every so many places are known.
 */
export function placeFor(index, step) {
  const { row, column } = placeOf(index);
  /** @param {number} at */
  const middle = (at) => step * Math.floor(at / step) + (step === STEPS[0] ? step / 2 : 0);
  return indexOf(middle(row), middle(column));
}

/** @returns {number[][]} For each of `STEPS`, the places that come with it, row by row. */
export function placesByStep() {
  /** @type {Set<number>} */ const before = new Set();
  return STEPS.map((step) => {
    const places = new Set(Array.from({ length: LENGTH }, (_, index) => placeFor(index, step)));
    const added = [...places].filter((place) => !before.has(place)).sort((a, b) => a - b);
    added.forEach((place) => before.add(place));
    return added;
  });
}

/** @type {Map<string, [rows: number, columns: number]>} */
const ARROWS = new Map([
  ["ArrowLeft", [0, -1]],
  ["ArrowUp", [-1, 0]],
  ["ArrowDown", [1, 0]],
  ["ArrowRight", [0, 1]],
]);

/**
 * @param {string} key A KeyboardEvent's.
 * @param {number} place
 * @returns {number | null} The place that an arrow key leads to; null for all other keys.
 */
export function placeAfterKey(key, place) {
  const way = ARROWS.get(key);
  if (!way) return null;
  const { row, column } = placeOf(place);
  /** @param {number} at */
  const within = (at) => Math.min(Math.max(at, 0), SIDE - 1);
  return indexOf(within(row + way[0]), within(column + way[1]));
}

/**
 * @param {number} from
 * @param {number} to
 * @returns {number[]} The places on the straight way, without the first: a pointer skips some.
 */
export function placesBetween(from, to) {
  const [start, end] = [placeOf(from), placeOf(to)];
  const [down, right] = [end.row - start.row, end.column - start.column];
  const count = Math.max(Math.abs(down), Math.abs(right));
  return Array.from({ length: count }, (_, number) => {
    const share = (number + 1) / count;
    return indexOf(Math.round(start.row + share * down), Math.round(start.column + share * right));
  });
}
