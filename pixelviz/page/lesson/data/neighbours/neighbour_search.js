// Asks a Worker for nearest neighbours: one question at a time, the newest one next.
//
// Messages to the Worker, and its answer:
// {kind: "set", grids}: none. It is sent once for each set.
// {kind: "ask", vector, count, number}: {number, found}

/**
 * @typedef {import("../../../browser/arrays.js").Vector} Vector
 * @typedef {import("../../../browser/data_set/data_set.js").DataSet} DataSet
 * @typedef {{set: DataSet, vector: Vector}} Question
 */

/**
 * @param {object} listener
 * @param {(question: Question, found: import("./nearest.js").Neighbour[]) => void} listener.onFound
 * @param {() => void} listener.onFailure
 */
export function createNeighbourSearch({ onFound, onFailure }) {
  /** @type {Worker | null} */ let worker = null;
  /** @type {DataSet | null} */ let sent = null;
  /** @type {Question | null} */ let asked = null;
  /** @type {Question | null} */ let next = null;
  let number = 0;

  /** @returns {Worker} */
  function start() {
    const url = new URL("./neighbours_worker.js", import.meta.url);
    const started = new Worker(url, { type: "module" });
    started.onmessage = ({ data }) => {
      if (data.number !== number || !asked) return;
      const question = asked;
      asked = null;
      if (next === null || next.set === question.set) onFound(question, data.found);
      askNext();
    };
    started.onerror = (event) => {
      event.preventDefault(); // the failure is handled here
      stop();
      onFailure();
    };
    return started;
  }

  function askNext() {
    if (asked || !next) return;
    [asked, next] = [next, null];
    worker ??= start();
    if (sent !== asked.set) worker.postMessage({ kind: "set", grids: asked.set.grids });
    sent = asked.set;
    number += 1;
    worker.postMessage({ kind: "ask", vector: asked.vector, count: NEIGHBOURS, number });
  }

  /** Forgets the set, and ends the Worker with its copy of it. */
  function stop() {
    worker?.terminate();
    [worker, sent, asked, next] = [null, null, null, null];
  }

  return {
    /** @param {DataSet} set @param {Vector} vector */
    ask(set, vector) {
      next = { set, vector };
      askNext();
    },

    stop,
  };
}

export const NEIGHBOURS = 10;
