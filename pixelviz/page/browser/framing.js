// A drawing framed the way MNIST frames its digits, as in framing.py: cropped, scaled and centred by
// mass.

import { LENGTH, SIDE } from "./arrays.js";
import { crop } from "./ink.js";
import { average } from "./resample.js";

/** The longest side of a framed digit, in pixels. */
const FIT_SIDE = 20;

/** The pixel index on which MNIST puts the centre of mass, by row and by column. */
const CENTRE = 14;

/**
 * @param {Uint8Array} ink Row by row.
 * @param {number} width
 * @param {number} height
 * @returns {import("./arrays.js").Vector | null} The framed grid; null without ink.
 */
export function frameLikeMnist(ink, width, height) {
  const cropped = crop(ink, width, height);
  if (!cropped) return null;
  const longest = Math.max(cropped.height, cropped.width);
  const newHeight = Math.max(1, round((cropped.height * FIT_SIDE) / longest));
  const newWidth = Math.max(1, round((cropped.width * FIT_SIDE) / longest));
  const fitted = average(cropped.ink, cropped.height, cropped.width, newHeight, newWidth);
  const centre = centreOfMass(fitted, newHeight, newWidth);
  const top = offsetFor(centre.row, newHeight);
  const left = offsetFor(centre.column, newWidth);
  const vector = new Uint8Array(LENGTH);
  for (let row = 0; row < newHeight; row += 1) {
    const pixels = fitted.subarray(row * newWidth, (row + 1) * newWidth);
    vector.set(pixels, SIDE * (top + row) + left);
  }
  return vector;
}

/** @param {number} value @returns {number} The nearest integer; of a half, the even one. */
function round(value) {
  const below = Math.floor(value);
  if (value - below === 0.5) return below + (below % 2);
  return Math.round(value);
}

/**
 * @param {Uint8Array} picture
 * @param {number} height
 * @param {number} width
 * @returns {{row: number, column: number}} The mean row and column of its ink, in pixel indices.
 */
function centreOfMass(picture, height, width) {
  let [mass, rows, columns] = [0, 0, 0];
  picture.forEach((value, index) => {
    mass += value;
    rows += value * Math.floor(index / width);
    columns += value * (index % width);
  });
  // Ink can be so faint that its averages round to paper.
  if (mass === 0) return { row: (height - 1) / 2, column: (width - 1) / 2 };
  return { row: rows / mass, column: columns / mass };
}

/**
 * @param {number} centre The centre of mass of the picture, in its pixel indices.
 * @param {number} length Rows, or columns, of the picture.
 * @returns {number} The offset in the grid that brings the centre of mass nearest to index 14.
 */
function offsetFor(centre, length) {
  const nearest = Math.ceil(CENTRE - centre - 0.5);
  return Math.min(Math.max(nearest, 0), SIDE - length);
}
