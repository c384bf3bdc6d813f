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

/** So many writers are named; all can be seen where they are chosen. */
const NAMED = 6;

/**
 * @typedef {object} HeldOutWriters
 * @property {{name: string, count: number}[]} writers Those who are held out, if it is writers, and how many
 *   pictures each has written.
 * @property {boolean} isTestSetUnused Whether there is a test set that then nobody reads.
 */

/**
 * @param {{training: number, heldOut: number, isTestSet: boolean}} split
 * @param {number} count How many pictures are learned from.
 * @param {HeldOutWriters} [of]
 * @returns {string} Which pictures it learns from, and which are held out.
 */
export function splitText({ training, heldOut, isTestSet }, count, of) {
  const learned = count < training ? `${grouped(count)} of ${grouped(training)}` : `all ${grouped(count)}`;
  const pictures = count === 1 ? "picture" : "pictures";
  if (heldOut === 0) return `${learned} ${pictures}; they are too few to hold any out.`;
  if (of && of.writers.length > 0) {
    const unused = of.isTestSetUnused ? " MNIST's test set is not used." : "";
    const which = heldOut === 1 ? "1 other is held out" : `${grouped(heldOut)} others are held out`;
    return `${learned} ${pictures}; ${which}, all those by ${namesOf(of.writers)}.${unused}`;
  }
  const others = isTestSet ? "the test set" : "about a sixth";
  return `${learned} ${pictures}; ${grouped(heldOut)} others, ${others}, are held out.`;
}

/** @param {HeldOutWriters["writers"]} writers @returns {string} "blue fox (12) and red owl (9)". */
function namesOf(writers) {
  const rest = writers.length > NAMED ? writers.length - NAMED + 1 : 0;
  const names = writers.slice(0, writers.length - rest).map(({ name, count }) => `${name} (${grouped(count)})`);
  if (rest > 0) names.push(`${rest} others`);
  const last = names.pop() ?? "";
  return names.length > 0 ? `${names.join(", ")} and ${last}` : last;
}
