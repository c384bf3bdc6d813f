// Asks a Worker for the principal components of a data set.
//
// Messages to the Worker, and its answers: {grids, number}: {kind: "progress", number, share}, several,
// and {kind: "found", number, components, coordinates}; components is null where there are none. A
// newer question ends the one before.

import { LENGTH } from "../../../browser/arrays.js";
import { countOf, pictureOf } from "../../../browser/data_set/data_set.js";
import { evenlyChosen } from "./principal_components.js";

/**
 * @typedef {import("../../../browser/data_set/data_set.js").DataSet} DataSet
 *
 * @typedef {object} Projection
 * @property {DataSet} set
 * @property {number[]} numbers Those of the pictures that it is computed from.
 * @property {import("./principal_components.js").Components | null} components Null where the pictures
 *   do not vary in two directions.
 * @property {Float32Array} coordinates (2 × count,) Of these pictures: across and up, in turns.
 */

/** So many pictures are enough for the directions to settle, and for all points to be seen. */
const MOST = 4000;

/**
 * @param {object} listener
 * @param {(share: number) => void} listener.onProgress
 * @param {(projection: Projection) => void} listener.onFound
 * @param {() => void} listener.onFailure Called where a Worker cannot be had.
 */
export function createProjector({ onProgress, onFound, onFailure }) {
  /** @type {Worker | null} */ let worker = null;
  /** @type {{set: DataSet, numbers: number[]} | null} What is asked about. */ let asked = null;
  let number = 0;

  /** @returns {Worker} */
  function start() {
    const url = new URL("./projection_worker.js", import.meta.url);
    const started = new Worker(url, { type: "module" });
    started.onmessage = ({ data }) => hear(data);
    started.onerror = (event) => {
      event.preventDefault(); // the failure is handled here
      end();
      onFailure();
    };
    return started;
  }

  /** @param {any} message */
  function hear(message) {
    if (message.number !== number || !asked) return;
    if (message.kind === "progress") onProgress(message.share);
    else {
      const { components, coordinates } = message;
      onFound({ ...asked, components, coordinates });
    }
  }

  function end() {
    number += 1;
    worker?.terminate();
    worker = null;
  }

  return {
    /** @param {DataSet} set */
    ask(set) {
      const numbers = evenlyChosen(countOf(set), MOST);
      const grids = new Uint8Array(numbers.length * LENGTH);
      numbers.forEach((each, at) => grids.set(pictureOf(set, each), LENGTH * at));
      asked = { set, numbers };
      number += 1;
      try {
        worker ??= start();
        worker.postMessage({ grids, number }, [grids.buffer]);
      } catch {
        onFailure();
      }
    },

    end,
  };
}
