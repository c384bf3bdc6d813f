// The training that goes on: it outlives the part of the page that shows it for a moment, as the page can
// take that away and put it back; and where another chapter is open meanwhile, it waits as it stands.

import { KIND as CLASS } from "../../browser/data_set/class_set.js";
import { dataSets } from "../../browser/data_set/data_sets.js";
import { createTrainer } from "../../browser/training/trainer.js";
import { createHistory } from "./history.js";
import { countsOf } from "./held_writers.js";
import { sessions } from "./session.js";

/**
 * @typedef {import("../../browser/data_set/data_set.js").DataSet} DataSet
 * @typedef {import("../../browser/training/trainer.js").Report} Report
 * @typedef {import("../../browser/training/training.js").Options} Options
 *
 * @typedef {object} Viewer What shows a training.
 * @property {(report: Report) => void} onReport Called with each report, and at once with the latest.
 * @property {(isPlaying: boolean, canLearn: boolean) => void} onState Called when it starts or stops.
 * @property {() => void} onFailure Called when it can train no more.
 */

/** So long a training that nobody shows goes on, and so long it then waits, in milliseconds: it holds a
 * copy of its data set. */
export const [GOES_ON_MS, WAITS_MS] = [3000, 600_000];

/** The kind of a set that comes whole, from a file. */
const FILE = "file";

const NOTHING = { report: null, set: null, rate: 0, takeOne: () => {}, give: () => {} };

export function createRun() {
  const trainer = createTrainer({ onReport: hear, onFailure: fail });
  const history = createHistory();
  /** @type {Viewer | null} */ let viewer = null;
  /** @type {DataSet | null} */ let set = null;
  /** @type {DataSet | null} Takes the place of it at the next start. */ let waiting = null;
  /** @type {Report | null} */ let report = null;
  /** The learning rate. */ let rate = 0;
  /** @type {import("./learned_from.js").HeldOutWriters} */
  let held = { writers: [], isTestSetUnused: false };
  let isPlaying = false;
  let hasFailed = false;

  /** @param {Report} next */
  function hear(next) {
    report = next;
    history.add(next.points);
    isPlaying = next.isPlaying;
    show();
    sessions.publish({
      report,
      set,
      rate,
      takeOne: () => trainer.step("picture"),
      give: (take) => trainer.give(take),
    });
  }

  function fail() {
    hasFailed = true;
    isPlaying = false;
    show();
  }

  function show() {
    viewer?.onState(isPlaying, !hasFailed && !report?.progress.isBroken);
    if (report) viewer?.onReport(report);
    if (hasFailed) viewer?.onFailure();
  }

  return {
    history,

    /** Which writers are held out. */
    get held() {
      return held;
    },

    get isPlaying() {
      return isPlaying;
    },

    /** @param {Viewer} next In the place of any other. */
    showTo(next) {
      viewer = next;
      show();
    },

    get isShown() {
      return viewer !== null;
    },

    /** @param {Viewer} viewed @returns {boolean} Whether nobody shows it any more. */
    isLeftBy(viewed) {
      if (viewer === viewed) viewer = null;
      return viewer === null;
    },

    /**
     * Begins with another data set, unless it is this one. Where it is only more of the same, or less, it
     * waits until the training begins anew: a set can grow while it is learned from. A file never does.
     * @param {DataSet} next
     * @param {Options} options
     * @returns {boolean} Whether it waits.
     */
    learnFrom(next, options) {
      const hasBegun = isPlaying || (report?.progress.step ?? 0) > 0;
      waiting = next === set ? null : next;
      if (!waiting || (hasBegun && next.kind === set?.kind && next.kind !== FILE)) return waiting !== null;
      this.begin(options);
      return false;
    },

    /** Begins from nothing; what was learned before stays to be compared. @param {Options} options */
    begin(options) {
      set = waiting ?? set;
      waiting = null;
      if (set) {
        trainer.learnFrom(set);
        held = heldOutOf(set, options.leftOut ?? []);
      }
      history.startAgain();
      report = null;
      isPlaying = false;
      rate = options.rate;
      trainer.start(options);
      show();
    },

    /** @returns {boolean} Whether its pictures are a class's. */
    get isOfClass() {
      return set?.writers !== undefined;
    },

    /** @param {number} next */
    setRate(next) {
      rate = next;
      trainer.setRate(next);
    },

    /** @param {number} perSecond @param {{isOneEpoch?: boolean, isCalm?: boolean}} how */
    play(perSecond, how) {
      trainer.play(perSecond, how);
      isPlaying = true;
      show();
    },

    pause() {
      trainer.pause();
      isPlaying = false;
      show();
    },

    step: trainer.step,

    give: trainer.give,

    end() {
      trainer.end();
      sessions.publish(NOTHING);
    },
  };
}

/**
 * @param {DataSet} set
 * @param {number[]} leftOut The places of writers.
 * @returns {import("./learned_from.js").HeldOutWriters}
 */
function heldOutOf(set, leftOut) {
  const counts = countsOf(set);
  const writers = leftOut.map((place) => ({ name: set.writers?.[place].name ?? "", count: counts[place] }));
  return { writers, isTestSetUnused: set.trainingCount < (set.targets?.length ?? 0) };
}

/** @type {ReturnType<typeof createRun> | null} */ let kept = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;

// Who throws the digits of a class away expects no copy of them to wait here.
dataSets.subscribe(({ all }) => {
  if (kept?.isOfClass && !all.has(CLASS) && !kept.isShown) end();
});

/** @returns {ReturnType<typeof createRun>} The one that goes on, or a new one. */
export function takeRun() {
  clearTimeout(timer);
  kept ??= createRun();
  return kept;
}

/**
 * Stops the training soon, and ends it after a while, unless somebody shows it.
 * @param {Viewer} viewer Who has shown it.
 */
export function leaveRun(viewer) {
  if (!kept?.isLeftBy(viewer)) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    kept?.pause();
    timer = setTimeout(end, WAITS_MS);
  }, GOES_ON_MS);
}

function end() {
  clearTimeout(timer);
  kept?.end();
  kept = null;
}
