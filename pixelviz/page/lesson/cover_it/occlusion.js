// The occlusion map: the answers to a digit with the patch at each place, asked coarse to fine.

import { LENGTH } from "../../browser/arrays.js";
import { softmax } from "../../browser/prediction.js";
import { STEPS, cover, pixelsUnder, placeFor, placesByStep } from "./patches.js";

/** @typedef {import("../../browser/arrays.js").Vector} Vector */

const PLACES = placesByStep();

/** @typedef {ReturnType<typeof createMap>} OcclusionMap */

/**
 * Returns a map of which nothing is known yet.
 * @param {Vector} vector The digit.
 * @param {number} size The patch's.
 * @param {string[]} names Of the models.
 */
export function createMap(vector, size, names) {
  const hidesInk = placesThatHide(vector, size);
  const steps = PLACES.map((places) => places.filter((place) => hidesInk[place]));
  const order = steps.flat();
  const ends = steps.map((_, step) => steps.slice(0, step + 1).flat().length);
  /** @type {Map<string, Float32Array>} */ const first = new Map();
  const answers = new Map(names.map((name) => [name, Array(LENGTH).fill(null)]));
  const drops = new Map(names.map((name) => [name, new Float64Array(LENGTH).fill(NaN)]));
  let asked = 0; // how many places of the order

  return {
    vector,
    size,
    names,

    /** @returns {boolean} Whether all places of the first step are known. */
    get isCoarse() {
      return first.size === names.length && asked >= steps[0].length;
    },

    /** @returns {boolean} Whether all places are known. */
    get isComplete() {
      return first.size === names.length && asked === order.length;
    },

    /** @param {number} count @returns {number[]} The places to ask next, so many at most, of one step. */
    next(count) {
      const end = ends.find((each) => each > asked) ?? asked;
      return order.slice(asked, Math.min(asked + count, end));
    },

    /** @param {number} place @returns {Vector} */
    coveredAt(place) {
      return cover(vector, place, size);
    },

    /** @param {string} name Of a model. @param {Float32Array} logits Its answer without the patch. */
    begin(name, logits) {
      first.set(name, logits);
      const [answer, drop] = [answers.get(name), drops.get(name)];
      if (!answer || !drop) return;
      for (let place = 0; place < LENGTH; place += 1) {
        if (hidesInk[place]) continue;
        answer[place] = logits; // the patch hides nothing there: it is the same picture
        drop[place] = 0;
      }
    },

    /** @param {string} name @param {number} place @param {Float32Array} logits */
    set(name, place, logits) {
      const whole = first.get(name);
      const [answer, drop] = [answers.get(name), drops.get(name)];
      if (!whole || !answer || !drop) return;
      answer[place] = logits;
      drop[place] = dropOf(whole, logits);
    },

    /** @param {number} count So many places are known now, of all models. */
    advance(count) {
      asked += count;
    },

    /** @param {string} name @returns {Float32Array | null} The answer to the uncovered digit. */
    firstOf(name) {
      return first.get(name) ?? null;
    },

    /** @param {string} name @param {number} place @returns {Float32Array | null} */
    answerAt(name, place) {
      return answers.get(name)?.[place] ?? null;
    },

    /**
     * @param {string} name
     * @returns {Float64Array} For each pixel, by how much the probability falls, 0 to 1 or below 0: at
     *   its own place, else at the nearest that stands for it; NaN where none is known.
     */
    shown(name) {
      const known = drops.get(name) ?? new Float64Array(LENGTH).fill(NaN);
      return known.map((own, index) => {
        if (!Number.isNaN(own)) return own;
        for (const step of STEPS.slice(0, -1).reverse()) {
          const other = known[placeFor(index, step)];
          if (!Number.isNaN(other)) return other;
        }
        return NaN;
      });
    },
  };
}

/**
 * @param {Vector} vector
 * @param {number} size
 * @returns {Uint8Array} For each place, 1 if the patch hides ink there: just where a patch around a
 *   pixel of ink reaches.
 */
function placesThatHide(vector, size) {
  const places = new Uint8Array(LENGTH);
  vector.forEach((value, index) => {
    if (value > 0) for (const place of pixelsUnder(index, size)) places[place] = 1;
  });
  return places;
}

/**
 * @param {ArrayLike<number>} whole The logits for the uncovered digit.
 * @param {ArrayLike<number>} covered Those for the covered one.
 * @returns {number} By how much the probability of the first answer falls, 0 to 1; below 0 it rises.
 */
export function dropOf(whole, covered) {
  const before = softmax(whole);
  const digit = before.indexOf(Math.max(...before));
  return before[digit] - softmax(covered)[digit];
}
