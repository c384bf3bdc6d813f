// How well a training, and the one before it, has read after so many steps.

/** @typedef {import("../../browser/training/training.js").Point} Point */

/** More points than that nobody sees: then every other one is left out. */
const MOST = 1500;

export function createHistory() {
  /** @type {Point[]} */ let points = [];
  /** @type {Point[]} */ let before = [];

  return {
    /** Those of this training, by their steps. */
    get points() {
      return points;
    },

    /** Those of the training before, as far as it went. */
    get before() {
      return before;
    },

    /** @param {Point[]} more */
    add(more) {
      points.push(...more);
      if (points.length > MOST) points = points.filter((_, index) => index % 2 === 0 || index === points.length - 1);
    },

    /** Begins anew. One that has hardly begun is not kept. */
    startAgain() {
      if (points.length > 1) before = points;
      points = [];
    },

    /** @param {number} step @returns {Point | null} What the training before has come to after this step. */
    beforeAt(step) {
      return before.find((point) => point.step === step) ?? null;
    },
  };
}
