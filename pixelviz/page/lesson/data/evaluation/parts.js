// Which of a set's pictures the models are asked about.

import { countOf } from "../../../browser/data_set/data_set.js";

/**
 * @typedef {object} Range
 * @property {number} start The number of the first picture.
 * @property {number} end The number after the last one.
 *
 * @typedef {Range & {name: "class" | "test" | "training" | "all", title: string}} Part
 */

/** So many pictures are a first look. */
export const FIRST = 1000;

/**
 * @param {import("../../../browser/data_set/data_set.js").DataSet} set
 * @returns {Part[]} The parts that it has; the one that tells most of a model comes first.
 */
export function partsOf(set) {
  const count = countOf(set);
  /** @type {Part} */ const all = { name: "all", title: "all pictures", start: 0, end: count };
  const { trainingCount, writtenBy } = set;
  if (writtenBy && writtenBy.length < count) {
    return [
      { name: "class", title: "the class", start: 0, end: writtenBy.length },
      { name: "test", title: "MNIST's test set", start: trainingCount, end: count },
      { name: "training", title: "MNIST's training set", start: writtenBy.length, end: trainingCount },
      all,
    ];
  }
  if (trainingCount <= 0 || trainingCount >= count) return [all];
  return [
    { name: "test", title: "test set", start: trainingCount, end: count },
    { name: "training", title: "training set", start: 0, end: trainingCount },
    all,
  ];
}

/**
 * @param {Range} part
 * @param {boolean} isFirst Whether only its first pictures are wanted.
 * @returns {Range}
 */
export function rangeOf({ start, end }, isFirst) {
  return { start, end: isFirst ? Math.min(end, start + FIRST) : end };
}
