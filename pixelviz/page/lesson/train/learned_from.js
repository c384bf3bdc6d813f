// Which data set is learned from: the chosen one, or the ten examples where there is none.

import { grouped } from "../../browser/counts.js";

/**
 * @typedef {import("../../browser/data_set/data_set.js").DataSet} DataSet
 * @typedef {import("../../browser/data_set/data_sets.js").DataSets} DataSets
 */

/**
 * @param {DataSets} sets
 * @param {DataSet} samples The ten examples in variations.
 * @param {boolean} areSamplesWanted
 * @returns {{set: DataSet, why: string}} The set, and why it is not the chosen one, or an empty text.
 */
export function learnedFrom({ all, chosen }, samples, areSamplesWanted) {
  if (areSamplesWanted) return { set: samples, why: "" };
  if (!chosen) {
    const why = all.size > 0 ? "No data set is chosen." : "No data set yet: see the chapter Data.";
    return { set: samples, why };
  }
  if (!chosen.targets || chosen.targets.length === 0) {
    return { set: samples, why: `${chosen.name} has no targets, so nobody can learn from it.` };
  }
  return { set: chosen, why: "" };
}

/**
 * @param {{training: number, heldOut: number, isTestSet: boolean}} split
 * @param {number} count How many pictures are learned from.
 * @returns {string} Which pictures it learns from, and which are held out.
 */
export function splitText({ training, heldOut, isTestSet }, count) {
  const learned = count < training ? `${grouped(count)} of ${grouped(training)}` : `all ${grouped(count)}`;
  const pictures = count === 1 ? "picture" : "pictures";
  if (heldOut === 0) return `${learned} ${pictures}; they are too few to hold any out.`;
  const others = isTestSet ? "the test set" : "about a sixth";
  return `${learned} ${pictures}; ${grouped(heldOut)} others, ${others}, are held out.`;
}
