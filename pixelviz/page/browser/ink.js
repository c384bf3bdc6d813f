// How dark each point of the paper is, as in ink.py.

import { PIXEL_MAX } from "./arrays.js";

/** Colours as numbers of 32 bits, in the byte order of this machine, like those read from a canvas. */
const [CLEAR, BLACK, WHITE] = new Uint32Array(
  new Uint8Array([0, 0, 0, 0, 0, 0, 0, PIXEL_MAX, ...Array(4).fill(PIXEL_MAX)]).buffer,
);

/**
 * @param {Uint8ClampedArray} rgba A canvas, row by row, four bytes a point.
 * @returns {Uint8Array} The ink of each point: 0 paper, 255 full ink.
 */
export function inkOf(rgba) {
  // Most points have one of a few colours, which are told by one number.
  const colours = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length / 4);
  const ink = new Uint8Array(colours.length);
  for (let at = 0; at < colours.length; at += 1) {
    const colour = colours[at];
    if (colour === WHITE) ink[at] = PIXEL_MAX;
    else if (colour !== CLEAR && colour !== BLACK) ink[at] = inkAt(rgba, 4 * at);
  }
  return ink;
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

/**
 * @param {Uint8Array} ink Row by row.
 * @param {number} width
 * @param {number} height
 * @returns {{width: number, height: number, ink: Uint8Array} | null} The part of the paper that the
 *   ink takes up: its bounding box. Null without ink.
 */
export function crop(ink, width, height) {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      if (ink[at] === 0) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  if (bottom < 0) return null;
  const cropped = new Uint8Array((right - left + 1) * (bottom - top + 1));
  for (let y = top; y <= bottom; y += 1) {
    const row = ink.subarray(y * width + left, y * width + right + 1);
    cropped.set(row, (y - top) * row.length);
  }
  return { width: right - left + 1, height: bottom - top + 1, ink: cropped };
}
