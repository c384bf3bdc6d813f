// The values of a file -> pixels: 0 is paper and 255 full ink, whatever scale the file has.

import { LENGTH, PIXEL_MAX, SIDE } from "../arrays.js";
import { formatValue } from "./refusal.js";

/** @typedef {import("./statistics.js").Range} Range */

/**
 * @typedef {object} Scale
 * @property {number} offset
 * @property {number} factor A pixel is factor × (value − offset), rounded.
 * @property {string} note What is said of it, in one sentence.
 * @property {boolean} isNotable Whether it has to be said, also of one picture.
 */

/**
 * @typedef {object} Scaling
 * @property {string} problem Why it is not certain how to read the values; "" where it is.
 * @property {Scale[]} scales How they can be read, the most probable first.
 */

/** How far values may be outside of 0 to 1, or to 255, by rounding errors. */
const TOLERANCE = 1e-5;

/** A set with no value above this is darker than any scan. */
const DARK = PIXEL_MAX / 4;

/** Where so many of the pixels at the border are light, the paper is. */
const LIGHT_SHARE = 0.6;

/** @param {number} value @param {Scale} scale @returns {number} The pixel, 0 to 255; a half is rounded up. */
export function pixelOf(value, { offset, factor }) {
  const pixel = Math.floor((value - offset) * factor + 0.5);
  return pixel < 0 ? 0 : pixel > PIXEL_MAX ? PIXEL_MAX : pixel;
}

/**
 * @param {Range} range Of all values of all pictures.
 * @param {number} count How many pictures there are.
 * @returns {Scaling}
 */
export function scalingOf(range, count) {
  const { min, max, isInteger, isTruth } = range;
  if (min < -TOLERANCE) return stretched(range, negativeProblem(range));
  if (max > PIXEL_MAX + TOLERANCE) {
    return stretched(
      range,
      `The values go up to ${formatValue(max)}; a pixel has at most ${PIXEL_MAX}.`,
    );
  }
  if (isTruth && isInteger && max <= 1) {
    return certain(PIXEL_MAX, "True is taken as 255 (full ink), False as 0.", true);
  }
  if (max <= 0) return certain(1, "All values are 0.", count > 1);
  if (isInteger && max === 1) {
    return certain(PIXEL_MAX, "Every value is 0 or 1; 1 is taken as 255 (full ink).", true);
  }
  if (!isInteger && max <= 1 + TOLERANCE) {
    return certain(PIXEL_MAX, "Values 0 to 1 are taken as 0 to 255.", false);
  }
  const note = isInteger
    ? `Values 0 to ${formatValue(max)}, as they are.`
    : `Values 0 to ${formatValue(max)}, rounded to whole numbers.`;
  const asTheyAre = certain(1, note, false);
  if (max >= DARK || (isInteger && count === 1)) return asTheyAre;
  const { scales } = stretched({ ...range, min: 0 }, "");
  return {
    problem: `The greatest value is ${formatValue(max)}: taken as they are, the pictures are very dark.`,
    scales: [...scales, ...asTheyAre.scales],
  };
}

/** @param {Range} range */
function negativeProblem({ min, max }) {
  const limits = `The values go from ${formatValue(min)} to ${formatValue(max)}`;
  return min >= -PIXEL_MAX / 2 - 1 && max <= PIXEL_MAX / 2 && max > 20
    ? `${limits}: they are not pixels of 0 to 255 but signed numbers. Shall they be read like this?`
    : `${limits}: they seem to have been standardised, which means shifted and rescaled. Shall they be read like this?`;
}

/** @param {Range} range @param {string} problem @returns {Scaling} */
function stretched({ min, max }, problem) {
  const factor = max > min ? PIXEL_MAX / (max - min) : 1;
  const [least, greatest] = [min, max].map(formatValue);
  const note = `The least value, ${least}, is taken as 0, and the greatest, ${greatest}, as ${PIXEL_MAX}.`;
  return { problem, scales: [{ offset: min, factor, note, isNotable: true }] };
}

/** @param {number} factor @param {string} note @param {boolean} isNotable @returns {Scaling} */
function certain(factor, note, isNotable) {
  return { problem: "", scales: [{ offset: 0, factor, note, isNotable }] };
}

/**
 * @param {Uint8Array} grids Pictures, one after the other.
 * @returns {boolean} Whether they are dark on light paper: most of the pixels at their borders are light.
 */
export function isOnLightPaper(grids) {
  let light = 0;
  let count = 0;
  for (let start = 0; start < grids.length; start += LENGTH) {
    for (const index of BORDER) light += grids[start + index] > PIXEL_MAX / 2 ? 1 : 0;
    count += BORDER.length;
  }
  return light > LIGHT_SHARE * count;
}

const BORDER = Array.from({ length: LENGTH }, (_, index) => index).filter((index) => {
  const [row, column] = [Math.floor(index / SIDE), index % SIDE];
  return row === 0 || column === 0 || row === SIDE - 1 || column === SIDE - 1;
});

/** @param {Uint8Array} grids Pictures, which become negatives of themselves. */
export function invert(grids) {
  for (let at = 0; at < grids.length; at += 1) grids[at] = PIXEL_MAX - grids[at];
}
