// Averages the canvas to a grid, as ink.py and raster.py do it on the server: to the same values.

import { LENGTH, PIXEL_MAX, SIDE } from "../browser/arrays.js";

/** Colours as numbers of 32 bits, in the byte order of this machine, like those read from a canvas. */
const [CLEAR, BLACK, WHITE] = new Uint32Array(
  new Uint8Array([0, 0, 0, 0, 0, 0, 0, PIXEL_MAX, ...Array(4).fill(PIXEL_MAX)]).buffer,
);

/**
 * @param {Uint8ClampedArray} rgba A square canvas, row by row, four bytes a point.
 * @param {number} side How many points its rows have; a multiple of 28.
 * @returns {import("../browser/arrays.js").Vector} Each pixel is the average of the ink in its
 *   block, rounded, halves up.
 */
export function average(rgba, side) {
  const block = side / SIDE;
  const area = block * block;
  const sums = new Uint32Array(LENGTH);
  // Most points have one of a few colours, which are told by one number.
  const colours = new Uint32Array(rgba.buffer);
  for (let y = 0, at = 0; y < side; y += 1) {
    const first = SIDE * Math.floor(y / block);
    for (let column = 0; column < SIDE; column += 1) {
      for (const end = at + block; at < end; at += 1) {
        if (colours[at] === WHITE) sums[first + column] += PIXEL_MAX;
        else if (colours[at] !== CLEAR && colours[at] !== BLACK) {
          sums[first + column] += inkAt(rgba, 4 * at);
        }
      }
    }
  }
  return Uint8Array.from(sums, (sum) => Math.floor((2 * sum + area) / (2 * area)));
}

/**
 * @param {Uint8ClampedArray} rgba
 * @param {number} at Where a point's four bytes begin.
 * @returns {number} Its ink, 0 to 255: how bright the colour is by Rec. 601, rounded, times how
 *   opaque it is, rounded down, as the server's Pillow does it.
 */
function inkAt(rgba, at) {
  const weighted = 19595 * rgba[at] + 38470 * rgba[at + 1] + 7471 * rgba[at + 2];
  const brightness = (weighted + 32768) >> 16;
  return Math.floor((brightness * rgba[at + 3]) / PIXEL_MAX);
}
