// Lets a Worker read a file of pictures.
//
// Messages to the Worker: {kind: "open", file}, then {kind: "answer", option} to each question. Its
// answers: {kind: "progress", share}, and an outcome (outcome.js) to each message.

/** @typedef {import("./outcome.js").Outcome} Outcome */

/**
 * The Worker starts at once and holds what it knows of the file until `end`.
 * @param {Blob} file
 * @param {object} listener
 * @param {(share: number) => void} listener.onProgress Called with how much of it is read, 0 to 1.
 * @param {(outcome: Outcome) => void} listener.onOutcome Called once for the file and for each answer.
 * @param {(error: Error) => void} listener.onFailure Called where there is no Worker, or it has failed.
 */
export function readDataFile(file, { onProgress, onOutcome, onFailure }) {
  /** @type {Worker | null} */ let worker = null;

  function end() {
    worker?.terminate();
    worker = null;
  }

  /** @param {string} problem */
  function fail(problem) {
    end();
    onFailure(new Error(problem));
  }

  try {
    worker = new Worker(new URL("./data_file_worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => {
      if (data.kind === "progress") onProgress(data.share);
      else onOutcome(data);
    };
    worker.onerror = (event) => {
      event.preventDefault(); // the failure is handled here
      fail(event.message || "The script of the file's worker could not be loaded.");
    };
    worker.onmessageerror = () => fail("The worker's answer could not be read.");
    worker.postMessage({ kind: "open", file });
  } catch (error) {
    setTimeout(() => fail(String(error)));
  }

  return {
    /** @param {number} option That is the answer to the last question. */
    answer: (option) => worker?.postMessage({ kind: "answer", option }),
    /** Ends the Worker; nothing is told any more. */
    end,
  };
}
