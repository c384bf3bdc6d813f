// What an eraser has rubbed out of a grid, stroke by stroke.

import { pixelsUnder, placesBetween } from "./patches.js";

/** @typedef {import("../../browser/arrays.js").Vector} Vector */

export function createRubbing() {
  /** @type {Set<number>[]} The pixels of each stroke. */ const strokes = [];
  /** @type {number | null} Where the eraser is, while it is down. */ let last = null;

  return {
    /** @returns {boolean} Whether there is a stroke to undo. */
    get isEmpty() {
      return strokes.length === 0;
    },

    /** @returns {boolean} Whether the eraser is down. */
    get isDown() {
      return last !== null;
    },

    /** Begins a stroke. @param {number} place @param {number} size */
    begin(place, size) {
      strokes.push(new Set(pixelsUnder(place, size)));
      last = place;
    },

    /** Goes on with the stroke, if there is one. @param {number} place @param {number} size */
    moveTo(place, size) {
      if (last === null) return;
      const stroke = strokes[strokes.length - 1];
      for (const each of placesBetween(last, place)) {
        pixelsUnder(each, size).forEach((index) => stroke.add(index));
      }
      last = place;
    },

    /** Ends the stroke. */
    lift() {
      last = null;
    },

    undo() {
      strokes.pop();
      last = null;
    },

    clear() {
      strokes.length = 0;
      last = null;
    },

    /** @param {Vector} vector @returns {Vector} What is left of it. */
    apply(vector) {
      const left = vector.slice();
      for (const stroke of strokes) for (const index of stroke) left[index] = 0;
      return left;
    },
  };
}
