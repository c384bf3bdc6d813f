// What has been learned from one data set, tried on another: how many of its pictures are read correctly.

import { JOINT, KIND as CLASS } from "../../browser/data_set/class_set.js";
import { countOf, pictureOf } from "../../browser/data_set/data_set.js";
import { KIND as VISIT } from "../../browser/data_set/visit.js";
import { logitsOf } from "../../browser/training/network.js";

/** @typedef {import("../../browser/data_set/data_set.js").DataSet} DataSet */

/**
 * @param {Iterable<DataSet>} sets
 * @param {DataSet} learned What is learned from.
 * @returns {DataSet[]} Those with targets that have no picture of it. What is read in a person's own digits
 *   is hidden while a class guesses, so that they are not among them.
 */
export function trialsFor(sets, learned) {
  const known = learned.kind === JOINT ? [JOINT, CLASS] : [JOINT, learned.kind];
  return [...sets].filter(({ kind, targets }) => targets?.length && ![...known, VISIT].includes(kind));
}

/** @param {DataSet} set @returns {number} The first of the pictures to try: where it is split, the test set's. */
export function startOf(set) {
  return set.trainingCount < countOf(set) ? set.trainingCount : 0;
}

/**
 * Reads pictures, and lets others have the browser after so many.
 * @param {import("../../browser/training/network.js").Network} network
 * @param {DataSet} set With targets.
 * @param {number} slice
 * @returns {Generator<void, {right: number, count: number}>}
 */
export function* tryInSlices(network, set, slice) {
  const start = startOf(set);
  let right = 0;
  for (let number = start; number < countOf(set); number += 1) {
    if (number > start && (number - start) % slice === 0) yield;
    const logits = logitsOf(network, pictureOf(set, number));
    if (logits.indexOf(Math.max(...logits)) === set.targets?.[number]) right += 1;
  }
  return { right, count: countOf(set) - start };
}
