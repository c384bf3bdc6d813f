// Lets a network answer what a greedy search asks, for so long at most.

import { search } from "./greedy.js";

/**
 * @typedef {import("../../browser/arrays.js").Vector} Vector
 * @typedef {import("./greedy.js").Step} Step
 *
 * @typedef {import("./greedy.js").End | "time" | "stopped"} Ending
 */

export const LIMIT_MS = 3000;

/**
 * @param {ReturnType<typeof import("./turns.js").createTurns>} turns
 * @param {object} listener
 * @param {(first: ArrayLike<number>) => void} listener.onFirst
 * @param {(step: Step) => void} listener.onStep
 * @param {(tried: number, count: number) => void} listener.onTried How many changes of how many were
 *   tried in this step.
 * @param {(ending: Ending) => void} listener.onEnd
 */
export function createSearching(turns, { onFirst, onStep, onTried, onEnd }) {
  /** @type {ReturnType<typeof search> | null} */ let running = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;

  /** @param {Ending} ending */
  function end(ending) {
    if (!running) return;
    running = null;
    clearTimeout(timer);
    turns.cancel();
    onEnd(ending);
  }

  /** @param {string} name @param {IteratorResult<Vector[], import("./greedy.js").End>} result */
  function goOn(name, result) {
    if (result.done) end(result.value);
    else askFor(name, result.value);
  }

  /** @param {string} name @param {Vector[]} vectors */
  function askFor(name, vectors) {
    const mine = running;
    /** @type {Float32Array[]} */ const answers = [];
    turns.ask(0, {
      vectors,
      names: [name],
      hear(_, __, logits) {
        answers.push(...logits);
        if (running === mine) onTried(answers.length, vectors.length);
      },
      done() {
        if (running && running === mine) goOn(name, running.next(answers));
      },
    });
  }

  return {
    /** @param {Vector} vector @param {string} name Of a model that can be asked. @param {number} threshold */
    start(vector, name, threshold) {
      end("stopped");
      running = search(vector, threshold, onStep, onFirst);
      timer = setTimeout(end, LIMIT_MS, "time");
      goOn(name, running.next());
    },

    stop: () => end("stopped"),

    /** @returns {boolean} */
    get isRunning() {
      return running !== null;
    },
  };
}
