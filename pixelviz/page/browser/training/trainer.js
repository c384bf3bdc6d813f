// Lets a Worker train, from the page.
//
// Messages to the Worker, and its answers:
// {kind: "set", grids, targets, trainingCount, writtenBy}: once for each data set
// {kind: "start", run, options}, {kind: "play", perSecond, isOneEpoch, reportMs}, {kind: "pause"},
// {kind: "step", isOne}: {kind: "report", run, …}, a Report; {kind: "heard"} asks for the next one
// {kind: "rate", rate}
// {kind: "give", number}: {kind: "given", number, network, step, accuracy}

/**
 * @typedef {import("../data_set/data_set.js").DataSet} DataSet
 * @typedef {import("./network.js").Network} Network
 * @typedef {import("./training.js").Options} Options
 *
 * @typedef {object} Report What the page is told of a training.
 * @property {Network} network A copy of it.
 * @property {{step: number, epoch: number, place: number, count: number, isBroken: boolean}} progress
 *   `epoch` are those that are finished, `place` is how many pictures of this one were learned from, of
 *   the `count` that there are; `isBroken` says that the loss is no longer a number.
 * @property {import("./training.js").Point[]} points Those since the last report.
 * @property {import("./training.js").Single | null} single What happened in the last step, if that was
 *   with one picture.
 * @property {boolean} isPlaying
 * @property {{training: number, heldOut: number, isTestSet: boolean}} split How many pictures each part
 *   of the set has, and whether the set itself says which.
 *
 * @typedef {{network: Network, step: number, accuracy: number | null}} Given What was learned in so many
 *   steps, for pixels in their own order, and its accuracy on all pictures that are held out.
 */

/** The page is told so often at most, in milliseconds. */
const REPORT_MS = 50;

/** The same for who wants little motion. */
const CALM_MS = 500;

/**
 * The Worker starts with the first data set.
 * @param {object} listener
 * @param {(report: Report) => void} listener.onReport
 * @param {(error: Error) => void} listener.onFailure Called when it does not train any more.
 */
export function createTrainer({ onReport, onFailure }) {
  /** @type {Worker | null} */ let worker = null;
  /** @type {DataSet | null} */ let known = null;
  /** @type {((given: Given) => void)[]} */ const waiting = [];
  let [run, asked] = [0, 0];
  let hasFailed = false;

  /** @returns {Worker | null} */
  function start() {
    try {
      const started = new Worker(new URL("./training_worker.js", import.meta.url), { type: "module" });
      started.onmessage = ({ data }) => hear(data);
      started.onerror = (event) => {
        event.preventDefault(); // it is handled here
        fail(new Error(`The training has failed: ${event.message}`));
      };
      started.onmessageerror = () => fail(new Error("A report of the training could not be read."));
      return started;
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
      return null;
    }
  }

  /** @param {Error} error */
  function fail(error) {
    hasFailed = true;
    worker?.terminate();
    worker = null;
    onFailure(error);
  }

  /** @param {any} data */
  function hear(data) {
    if (data.kind === "given") {
      if (data.number === asked) waiting.splice(0).forEach((take) => take(data));
      return;
    }
    if (data.run === run) onReport(data);
    worker?.postMessage({ kind: "heard" });
  }

  return {
    /**
     * Sends a data set, unless it is the one that was sent before.
     * @param {DataSet} set With targets.
     */
    learnFrom(set) {
      if (set === known || hasFailed) return;
      worker ??= start();
      known = set;
      const { grids, targets, trainingCount, writtenBy } = set;
      worker?.postMessage({ kind: "set", grids, targets, trainingCount, writtenBy });
    },

    /** Begins from nothing. @param {Options} options */
    start(options) {
      run += 1;
      worker?.postMessage({ kind: "start", run, options });
    },

    /** @param {number} rate The learning rate from now on. */
    setRate(rate) {
      worker?.postMessage({ kind: "rate", rate });
    },

    /**
     * @param {number} perSecond How many batches a second; Infinity for as many as possible.
     * @param {{isOneEpoch?: boolean, isCalm?: boolean}} [how] Whether it ends with the epoch, and whether
     *   the page is to be told less often.
     */
    play(perSecond, { isOneEpoch = false, isCalm = false } = {}) {
      const reportMs = isCalm ? CALM_MS : REPORT_MS;
      worker?.postMessage({ kind: "play", perSecond, isOneEpoch, reportMs });
    },

    pause() {
      worker?.postMessage({ kind: "pause" });
    },

    /** Takes one step. @param {"picture" | "batch"} size */
    step(size) {
      worker?.postMessage({ kind: "step", isOne: size === "picture" });
    },

    /** @param {(given: Given) => void} take Called with what has been learned by now. */
    give(take) {
      asked += 1;
      waiting.push(take);
      worker?.postMessage({ kind: "give", number: asked });
    },

    /** Ends the Worker, with the data set that it has. */
    end() {
      hasFailed = true;
      worker?.terminate();
      worker = null;
    },
  };
}
