// Which pictures of a data set are learned from, and which are held out to see how well others are read.

import { DIGITS } from "./network.js";
import { createRandom, shuffle } from "./random.js";

/**
 * @typedef {object} Split
 * @property {Uint32Array} training The numbers of the pictures to learn from. The digits take turns, so
 *   that the first few have some of each.
 * @property {Uint32Array} heldOut Those of the others, in the same order.
 * @property {boolean} isTestSet Whether the set itself says which are the others.
 *
 * @typedef {object} LeftOut Writers none of whose pictures are learned from.
 * @property {Uint16Array} writtenBy The writer of each of the first pictures, of the others nobody's.
 * @property {number[]} writers Those that are left out.
 */

/** Of a set that is not split, one picture in so many is held out. */
const ONE_IN = 6;

/**
 * @param {Uint8Array} targets (count,)
 * @param {number} trainingCount So many of them, the first ones, are the training set; all where the set
 *   is not split.
 * @param {number} seed
 * @param {LeftOut | null} [leftOut] Where there are such, their pictures are held out, and no others.
 * @returns {Split}
 */
export function splitOf(targets, trainingCount, seed, leftOut = null) {
  const random = createRandom(seed);
  const own = byDigit(targets, 0, trainingCount, random);
  if (leftOut) {
    const writers = new Set(leftOut.writers);
    const isHeldOut = (/** @type {number} */ number) => writers.has(leftOut.writtenBy[number]);
    return {
      training: inTurns(own.map((numbers) => numbers.filter((number) => !isHeldOut(number)))),
      heldOut: inTurns(own.map((numbers) => numbers.filter(isHeldOut))),
      isTestSet: false,
    };
  }
  if (trainingCount < targets.length) {
    const others = byDigit(targets, trainingCount, targets.length, random);
    return { training: inTurns(own), heldOut: inTurns(others), isTestSet: true };
  }
  const counts = own.map((numbers) => Math.round(numbers.length / ONE_IN));
  return {
    training: inTurns(own.map((numbers, digit) => numbers.subarray(counts[digit]))),
    heldOut: inTurns(own.map((numbers, digit) => numbers.subarray(0, counts[digit]))),
    isTestSet: false,
  };
}

/**
 * @param {Uint8Array} targets
 * @param {number} start
 * @param {number} end
 * @param {() => number} random
 * @returns {Uint32Array[]} For each digit the numbers of its pictures, in a random order.
 */
function byDigit(targets, start, end, random) {
  /** @type {number[][]} */ const found = Array.from({ length: DIGITS }, () => []);
  for (let number = start; number < end; number += 1) found[targets[number]].push(number);
  return found.map((numbers) => {
    const shuffled = Uint32Array.from(numbers);
    shuffle(shuffled, random);
    return shuffled;
  });
}

/** @param {Uint32Array[]} groups @returns {Uint32Array} One of each, and again, as long as there are any. */
function inTurns(groups) {
  const all = new Uint32Array(groups.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (let turn = 0; end < all.length; turn += 1) {
    for (const numbers of groups) {
      if (turn >= numbers.length) continue;
      all[end] = numbers[turn];
      end += 1;
    }
  }
  return all;
}
