// What the page says of a projection.

import { counted, grouped } from "../../../browser/counts.js";
import { LENGTH } from "../../../browser/arrays.js";
import { countOf } from "../../../browser/data_set/data_set.js";

/** @param {import("./projector.js").Projection} projection @returns {string} */
export function summaryOf({ set, numbers, components }) {
  const count = countOf(set);
  const from =
    numbers.length < count
      ? `${grouped(numbers.length)} of its ${grouped(count)} pictures, evenly chosen`
      : `its ${counted(count, "picture")}`;
  const [first, second] = components?.variances ?? [0, 0];
  const share = (100 * (first + second)) / (components?.totalVariance ?? 1);
  return `${set.name}, computed from ${from}: the two coordinates keep ${share.toFixed(1)}\u202f% of the variance of the ${LENGTH} features.`;
}

/** @param {number} largest @returns {string} */
export function scaleOf(largest) {
  return `Orange: weights above 0; blue: below; black: 0. Full colour at ${largest.toFixed(3)}.`;
}
