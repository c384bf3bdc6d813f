// A data set: many pictures, each with its target if it is known.

import { LENGTH } from "../arrays.js";

/** @typedef {import("../arrays.js").Vector} Vector */

/**
 * @typedef {object} Writer Who wrote some of the pictures of a class: a device, by its mark.
 * @property {number} device Its number in the class.
 * @property {string} name Such as "blue fox".
 * @property {string} css The mark's colour.
 *
 * @typedef {object} DataSet
 * @property {string} kind Which of the sources it is: "mnist", "file", "visit", "class", or
 *   "class-and-mnist" for two of them together.
 * @property {string} name What the page calls it.
 * @property {string} source Where it comes from: how a sentence that begins with the number of its
 *   pictures goes on, without its full stop.
 * @property {Uint8Array} grids (count × 784) The pictures, one vector after the other.
 * @property {Uint8Array | null} targets (count,) The digit that each was meant to be, 0 to 9; null
 *   where nobody says.
 * @property {number} trainingCount So many of them, the first ones, are the training set, and those
 *   after them the test set; all of them where the set is not split.
 * @property {Writer[]} [writers] Where it is known who wrote the pictures.
 * @property {Uint16Array} [writtenBy] The writer of each of the first pictures, by the place in
 *   `writers`. Those after them are MNIST's.
 */

/** @param {DataSet} set @returns {number} How many pictures it has. */
export function countOf(set) {
  return set.grids.length / LENGTH;
}

/**
 * @param {DataSet} set
 * @param {number} number 0 to the count - 1.
 * @returns {Vector} One of the pictures: a view of the set's own bytes, not a copy.
 */
export function pictureOf(set, number) {
  return set.grids.subarray(LENGTH * number, LENGTH * (number + 1));
}

/** @param {DataSet} set @param {number} number @returns {number | null} A picture's target. */
export function targetOf(set, number) {
  return set.targets ? set.targets[number] : null;
}

/** @param {DataSet} set @param {number} number @returns {Writer | null} Who wrote a picture, if that is known. */
export function writerOf({ writers, writtenBy }, number) {
  return writers?.[writtenBy?.[number] ?? -1] ?? null;
}

/**
 * @param {DataSet} set
 * @param {number} number
 * @returns {string} "blue fox's" or "MNIST's"; empty where the set does not say whose a picture is.
 */
export function whoseIs(set, number) {
  if (!set.writers) return "";
  return `${writerOf(set, number)?.name ?? "MNIST"}'s`;
}

/**
 * @param {DataSet} set
 * @param {number} number
 * @returns {string} What a picture was meant to be, and whose it is, if that is known: "target 7", "blue
 *   fox's 7"; empty where nobody says.
 */
export function meaningOf(set, number) {
  const target = targetOf(set, number);
  if (target === null) return "";
  const whose = whoseIs(set, number);
  return whose ? `${whose} ${target}` : `target ${target}`;
}
