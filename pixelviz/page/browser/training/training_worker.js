// The Worker that trains, so that the page never waits for it. trainer.js starts it and says what the
// messages are.

import { later } from "../later.js";
import { copyOf, inPixelOrder } from "./network.js";
import { createPace } from "./pace.js";
import { splitOf } from "./split.js";
import { SEED, createTraining } from "./training.js";

/**
 * @typedef {import("./training.js").Options} Options
 * @typedef {import("./training.js").Point} Point
 * @typedef {import("./training.js").Single} Single
 */

/** Messages are heard after so long at most, in milliseconds. */
const SLICE_MS = 12;

const page = /** @type {Worker} */ (/** @type {unknown} */ (self));
/**
 * @typedef {import("./descent.js").Pictures & {trainingCount: number, writtenBy?: Uint16Array}} Pictures
 */
/** @type {Pictures | null} */ let pictures = null;
/** @type {import("./split.js").Split | null} */ let split = null;
/** @type {ReturnType<typeof createTraining> | null} */ let training = null;
/** @type {ReturnType<typeof createPace> | null} Null while it does not play. */ let pace = null;
let run = 0;
let stopAtEpoch = Infinity;
let reportMs = 0;
let reportedAt = -Infinity;
let reportedStep = 0;
let measuredStep = -1;
let isHeard = true;
let isWaiting = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;
/** @type {Point[]} Those that the page has not got yet. */ let points = [];

page.onmessage = ({ data }) => HEAR[/** @type {keyof typeof HEAR} */ (data.kind)](data);

page.onmessageerror = () => {
  throw new Error("A message to the training's worker could not be read.");
};

const HEAR = {
  /** @param {Pictures} set */
  set({ grids, targets, trainingCount, writtenBy }) {
    pictures = { grids, targets, trainingCount, writtenBy };
    training = null;
    pace = null;
  },

  /** @param {{run: number, options: Options}} message */
  start({ run: number, options }) {
    if (!pictures) return;
    const { targets, trainingCount, writtenBy } = pictures;
    const leftOut = options.leftOut && writtenBy ? { writtenBy, writers: options.leftOut } : null;
    split = splitOf(targets, trainingCount, SEED, leftOut);
    run = number;
    pace = null;
    points = [];
    training = createTraining(pictures, split, options);
    measure();
    report();
  },

  /** @param {{rate: number}} message */
  rate({ rate }) {
    training?.setRate(rate);
  },

  /** @param {{perSecond: number, isOneEpoch: boolean, reportMs: number}} message */
  play({ perSecond, isOneEpoch, reportMs: ms }) {
    if (!training || training.progress.isBroken) return;
    pace = createPace(perSecond, performance.now());
    stopAtEpoch = isOneEpoch ? training.progress.epoch + 1 : Infinity;
    reportMs = ms;
    if (timer !== undefined) isWaiting = false; // another pace does not wait for the one before
    clearTimeout(timer);
    goOn();
  },

  pause() {
    if (!training || !pace) return;
    pace = null;
    finish();
  },

  /** @param {{isOne: boolean}} message */
  step({ isOne }) {
    if (!training || training.progress.isBroken) return;
    pace = null;
    const single = isOne ? training.takeOne() : null;
    if (!isOne) training.takeBatch();
    finish(single);
  },

  /** The page has shown what it was told. */
  heard() {
    isHeard = true;
  },

  /** @param {{number: number}} message */
  give({ number }) {
    if (!training) return;
    const network = inPixelOrder(training.network);
    const { step } = training.progress;
    page.postMessage({ kind: "given", number, network, step, accuracy: training.heldOutAccuracy() });
  },
};

/** Takes the steps that are due, as long as no message can wait for. */
function play() {
  isWaiting = false;
  timer = undefined;
  if (!training || !pace) return;
  const began = performance.now();
  for (let now = began; now - began < SLICE_MS && pace.take(now); now = performance.now()) {
    training.takeBatch();
    const { isBroken, epoch } = training.progress;
    if (training.isMarked()) measure();
    if (isBroken || training.progress.isBroken || epoch >= stopAtEpoch) {
      pace = null;
      finish();
      return;
    }
  }
  const isNew = training.progress.step > reportedStep;
  if (isNew && isHeard && performance.now() - reportedAt >= reportMs) finish();
  goOn();
}

function goOn() {
  if (isWaiting || !pace) return;
  isWaiting = true;
  const wait = pace.wait(performance.now());
  if (wait > 1) timer = setTimeout(play, wait);
  else later(play);
}

/** Tells the page of now. @param {Single | null} single */
function finish(single = null) {
  if (measuredStep !== training?.progress.step) measure();
  report(single);
}

function measure() {
  if (!training) return;
  points.push(training.measure());
  measuredStep = training.progress.step;
}

/** @param {Single | null} single What happened in the last step, if that was with one picture. */
function report(single = null) {
  if (!training || !split) return;
  const { layers, scale, order } = training.network;
  page.postMessage({
    kind: "report",
    run,
    network: { layers: copyOf(layers), scale, order },
    progress: training.progress,
    points,
    single,
    isPlaying: pace !== null,
    split: {
      training: split.training.length,
      heldOut: split.heldOut.length,
      isTestSet: split.isTestSet,
    },
  });
  points = [];
  isHeard = false;
  reportedAt = performance.now();
  reportedStep = training.progress.step;
}
