// The picture that a model gets, as drawn or framed like MNIST, as in raster.py.

import { LENGTH, SIDE } from "./arrays.js";
import { frameLikeMnist } from "./framing.js";
import { average } from "./resample.js";

/** @typedef {import("./arrays.js").Vector} Vector */

/** @typedef {"mnist" | "drawn"} Framing */

/**
 * @param {Uint8Array} ink Of square paper, row by row.
 * @param {number} side How many points its rows have.
 * @param {Framing} framing "mnist" crops, scales and centres the digit; "drawn" shrinks the paper
 *   and leaves the digit where it was drawn.
 * @returns {Vector} The grid; all 0 without ink.
 */
export function toGrid(ink, side, framing) {
  if (framing === "drawn") return asDrawn(ink, side);
  return frameLikeMnist(ink, side, side) ?? new Uint8Array(LENGTH);
}

/**
 * @param {Uint8Array} ink Of square paper, row by row.
 * @param {number} side How many points its rows have.
 * @returns {Vector} The paper shrunk to a grid: each pixel is the average of the ink in its block,
 *   rounded, halves up.
 */
export function asDrawn(ink, side) {
  return average(ink, side, side, SIDE, SIDE);
}
