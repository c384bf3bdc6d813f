// The nearest neighbours of a vector among the pictures of a data set.

import { LENGTH } from "../../../browser/arrays.js";

/** @typedef {{number: number, squared: number}} Neighbour `squared` is the squared distance. */

/** @param {Uint8Array} grids @returns {Float64Array} The squared length of each picture's vector. */
export function squaredNorms(grids) {
  return Float64Array.from({ length: grids.length / LENGTH }, (_, number) => {
    let sum = 0;
    for (let at = number * LENGTH; at < (number + 1) * LENGTH; at += 1) sum += grids[at] ** 2;
    return sum;
  });
}

/**
 * The squared distance of a and b is |a|² + |b|² − 2 a·b; what is paper in a adds nothing to a·b. All
 * sums are of integers, so the result is exact.
 * @param {Uint8Array} vector
 * @param {Uint8Array} grids
 * @param {Float64Array} norms Those of the grids.
 * @param {number} count How many neighbours are wanted.
 * @returns {Neighbour[]} The nearest first; of two that are equally near, the one that comes first.
 */
export function nearest(vector, grids, norms, count) {
  const inked = Int32Array.from([...vector.keys()].filter((index) => vector[index] > 0));
  const values = Float64Array.from(inked, (index) => vector[index]);
  const own = values.reduce((sum, value) => sum + value ** 2, 0);
  /** @type {Neighbour[]} */ const found = [];
  let farthest = Infinity;
  for (let number = 0; number < norms.length; number += 1) {
    const start = number * LENGTH;
    let product = 0;
    for (let at = 0; at < inked.length; at += 1) product += values[at] * grids[start + inked[at]];
    const squared = own + norms[number] - 2 * product;
    if (squared >= farthest) continue;
    let place = found.length;
    while (place > 0 && found[place - 1].squared > squared) place -= 1;
    found.splice(place, 0, { number, squared });
    if (found.length > count) found.pop();
    if (found.length === count) farthest = found[count - 1].squared;
  }
  return found;
}
