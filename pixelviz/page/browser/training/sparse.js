// The sums that training consists of. Most pixels are paper, whose features are 0: they add nothing to a
// sum and change no weight, so they are left out. These functions get all that they use as arguments,
// since a browser makes its fastest code of such.

import { LENGTH } from "../arrays.js";

/**
 * @typedef {object} Inked Those features of the pictures of a batch that are not 0. Picture `at` has its
 *   own from 784 × at on.
 * @property {Uint16Array} indices Which features they are.
 * @property {Float32Array} values
 * @property {Int32Array} ends Where those of each picture end.
 */

/** @param {number} most How many pictures there are at most. @returns {Inked} */
export function createInked(most) {
  return {
    indices: new Uint16Array(most * LENGTH),
    values: new Float32Array(most * LENGTH),
    ends: new Int32Array(most),
  };
}

/**
 * Gathers the features of a picture that are not 0.
 * @param {Inked} inked
 * @param {number} at The place in the batch.
 * @param {Uint8Array} grids
 * @param {number} number That of the picture.
 * @param {number} scale
 * @param {Uint16Array | null} order
 */
export function gather({ indices, values, ends }, at, grids, number, scale, order) {
  const picture = LENGTH * number;
  let end = LENGTH * at;
  for (let index = 0; index < LENGTH; index += 1) {
    const value = grids[picture + (order === null ? index : order[index])];
    if (value === 0) continue;
    indices[end] = index;
    values[end] = value * scale;
    end += 1;
  }
  ends[at] = end;
}

/**
 * Adds each feature times its weights to sums.
 * @param {Float64Array} sums
 * @param {number} row Where the picture's sums begin.
 * @param {number} units How many there are.
 * @param {Float32Array} kernel
 * @param {Inked} inked
 * @param {number} at
 */
export function addProducts(sums, row, units, kernel, { indices, values, ends }, at) {
  const end = ends[at];
  let each = LENGTH * at;
  // Four features at a time take half as long as one by one.
  for (; each + 3 < end; each += 4) {
    const [a, b] = [values[each], values[each + 1]];
    const [c, d] = [values[each + 2], values[each + 3]];
    const [rowA, rowB] = [indices[each] * units, indices[each + 1] * units];
    const [rowC, rowD] = [indices[each + 2] * units, indices[each + 3] * units];
    for (let unit = 0; unit < units; unit += 1) {
      sums[row + unit] +=
        a * kernel[rowA + unit] +
        b * kernel[rowB + unit] +
        c * kernel[rowC + unit] +
        d * kernel[rowD + unit];
    }
  }
  for (; each < end; each += 1) {
    const weights = indices[each] * units;
    for (let unit = 0; unit < units; unit += 1) sums[row + unit] += values[each] * kernel[weights + unit];
  }
}

/**
 * Changes the weights of a picture's features: each by the share of its gradient, feature × error.
 * @param {Float32Array} kernel
 * @param {number} units
 * @param {Float64Array} errors
 * @param {number} row Where the picture's errors begin.
 * @param {number} share
 * @param {Inked} inked
 * @param {number} at
 */
export function subtractGradient(kernel, units, errors, row, share, { indices, values, ends }, at) {
  const end = ends[at];
  for (let each = LENGTH * at; each < end; each += 1) {
    const change = share * values[each];
    const weights = indices[each] * units;
    for (let unit = 0; unit < units; unit += 1) kernel[weights + unit] -= change * errors[row + unit];
  }
}

/**
 * Changes a bias by the share of its gradient, the sum of the errors.
 * @param {Float32Array} bias
 * @param {Float64Array} errors (count × outputs)
 * @param {number} count
 * @param {number} share
 */
export function subtractErrors(bias, errors, count, share) {
  for (let output = 0; output < bias.length; output += 1) {
    let sum = 0;
    for (let at = 0; at < count; at += 1) sum += errors[at * bias.length + output];
    bias[output] -= share * sum;
  }
}

/**
 * Adds a multiple of some numbers to as many others.
 * @param {Float64Array} to
 * @param {number} start
 * @param {number} factor
 * @param {Float32Array | Float64Array} from
 * @param {number} first
 * @param {number} count
 */
export function addMultiple(to, start, factor, from, first, count) {
  for (let index = 0; index < count; index += 1) to[start + index] += factor * from[first + index];
}
