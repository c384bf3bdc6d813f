// Fills occlusion maps in, as the networks answer: the newest digit's.

import { createMap } from "./occlusion.js";

/** @typedef {import("../../browser/arrays.js").Vector} Vector */
/** @typedef {import("./occlusion.js").OcclusionMap} OcclusionMap */

/** So many places are asked at once: about as long as an urgent question has to wait. */
const TOGETHER = 8;

/**
 * @param {ReturnType<typeof import("./turns.js").createTurns>} turns
 * @param {number} urgency
 * @param {() => void} onProgress Called when more is known of the map to look at.
 */
export function createFilling(turns, urgency, onProgress) {
  /** @type {OcclusionMap | null} The one that is being filled in. */ let map = null;
  /** @type {OcclusionMap | null} The one to look at. */ let shown = null;
  /** @type {OcclusionMap | null} */ let newer = null;
  /** Whether the pen draws: then a coarse map is enough, the frames need the processor. */
  let isBrief = false;

  /** @param {OcclusionMap} next */
  function begin(next) {
    map = next;
    newer = null;
    shown ??= next;
    const { vector, names } = next;
    turns.ask(urgency, {
      vectors: [vector],
      names,
      hear: (name, _, [logits]) => next.begin(name, logits),
      done() {
        if (next === map) goOn(next);
      },
    });
  }

  /** @param {OcclusionMap} filled */
  function goOn(filled) {
    // Until the coarse map is there, the one before is better than nothing.
    if (filled.isCoarse) shown = filled;
    if (filled === shown) onProgress();
    if (newer && filled.isCoarse) begin(newer);
    else if (!isBrief || !filled.isCoarse) askMore(filled, filled.next(TOGETHER));
  }

  /** @param {OcclusionMap} filled @param {number[]} places */
  function askMore(filled, places) {
    turns.ask(urgency, {
      vectors: places.map(filled.coveredAt), // none: then nothing is asked
      names: filled.names,
      hear(name, start, logits) {
        logits.forEach((each, number) => filled.set(name, places[start + number], each));
      },
      done() {
        filled.advance(places.length);
        if (filled === map) goOn(filled);
      },
    });
  }

  return {
    /**
     * Fills in the map of another digit, of another patch or with more models.
     * @param {Vector} vector
     * @param {number} size
     * @param {string[]} names
     * @param {boolean} isDrawing While the pen draws, a map that is not coarse yet is made so first:
     *   else there might never be one.
     */
    start(vector, size, names, isDrawing) {
      const next = createMap(vector, size, names);
      if (names.length === 0) return;
      isBrief = isDrawing;
      if (isDrawing && map && !map.isCoarse) newer = next;
      else begin(next);
    },

    /** Asks nothing any more. What is known stays. */
    stop() {
      turns.withdraw(urgency);
      map = newer = null;
    },

    /** @returns {OcclusionMap | null} What to look at: the newest of which a coarse map is known. */
    get shown() {
      return shown;
    },
  };
}
