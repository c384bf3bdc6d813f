// The experiment of the chapter Train: softmax regression, or a network with a hidden layer, learns from a
// data set before one's eyes.

import { LENGTH } from "../../browser/arrays.js";
import { JOINT } from "../../browser/data_set/class_set.js";
import { classSet } from "../../browser/data_set/class_source.js";
import { dataSets } from "../../browser/data_set/data_sets.js";
import { createDrawnGrid } from "../../browser/drawn_grid.js";
import { find } from "../../browser/elements.js";
import { endInstance, instanceFor } from "../../browser/instances.js";
import { softmax } from "../../browser/prediction.js";
import { createThrottle } from "../../browser/throttle.js";
import { logitsOf } from "../../browser/training/network.js";
import { createControls } from "./controls.js";
import { createDigitBars } from "./digit_bars.js";
import { createHeldOut } from "./held_out.js";
import { heldOut, leftOutOf } from "./held_writers.js";
import { learnedFrom } from "./learned_from.js";
import { createProgress } from "./progress.js";
import { leaveRun, takeRun } from "./run.js";
import { createSetChoice } from "./set_choice.js";
import { BY_HEART, PACES, keepSettings, settings } from "./settings.js";
import { createTryOn } from "./try_on.js";
import { variationsOf } from "./variations.js";

/**
 * @typedef {import("../../browser/data_set/data_set.js").DataSet} DataSet
 * @typedef {import("../../browser/training/trainer.js").Report} Report
 *
 * @typedef {object} Data
 * @property {string} pixels The grid's 784 bytes in base64.
 * @property {import("./variations.js").Samples} samples
 * @property {number} each So many variations of each sample are made.
 * @property {number[]} order The pixel that each feature is once the pixels are shuffled.
 */

const SEED = 1;

/** While the pen draws, weights and curves are shown at most so often, in milliseconds. */
const WHILE_DRAWING_MS = 100;

const FAILED =
  "This browser cannot train here: its Worker did not start, or has failed. Reload the page to try again.";

const MORE = "It has changed since: start again to learn from it as it is now.";

/** @type {DataSet | null} Made once: another one would be another data set. */
let samples = null;

/** @param {{data: Data, parentElement: ShadowRoot}} component */
export default function show({ data, parentElement }) {
  instanceFor(parentElement, createTrain).set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createTrain(root) {
  const words = find(root, ".words", HTMLElement);
  const bars = createDigitBars(find(root, ".digit-bars", HTMLElement));
  const progress = createProgress(root);
  const choice = createSetChoice(root, choose);
  const heldOutChoice = createHeldOut(root, () => change("count"));
  const controls = createControls(root, { onChange: change, onCommand: command });
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  /** @type {Uint16Array} */ let order = new Uint16Array(0);
  /** @type {import("../../browser/data_set/data_sets.js").DataSets} */
  let sets = { all: new Map(), chosen: null };
  /** @type {Report | null} */ let report = null;
  /** @type {import("../../browser/arrays.js").Vector} */ let vector = new Uint8Array(LENGTH);
  let isDrawing = false;
  let request = 0;
  /** @type {(() => void) | null} */ let stopHearing = null;

  const viewer = {
    onReport: hear,
    onState: controls.setState,
    onFailure: () => progress.fail(FAILED),
  };
  const run = takeRun();
  const tryOn = createTryOn(root, run.give);

  const shown = createThrottle(
    (/** @type {Report} */ next) => progress.show(next, run.history),
    WHILE_DRAWING_MS,
  );

  const grid = createDrawnGrid((drawn, isPenDown) => {
    vector = drawn;
    isDrawing = isPenDown;
    request ||= requestAnimationFrame(drawReading);
  });

  /** @param {Data} data */
  function receive(data) {
    order = Uint16Array.from(data.order);
    samples ??= variationsOf(data.samples, data.each, SEED);
    grid.receive(data.pixels);
    stopHearing ??= dataSets.subscribe((next) => {
      sets = next;
      takeSet();
    });
  }

  /** @param {string} kind */
  function choose(kind) {
    settings.isOnSamples = kind === "samples";
    keepSettings();
    if (kind === JOINT) classSet.join();
    else if (!settings.isOnSamples) dataSets.choose(kind);
    takeSet(); // the chosen one may be the one that was chosen before
  }

  function takeSet() {
    if (!samples) return;
    const { set, why } = learnedFrom(sets, samples, settings.isOnSamples);
    const isWaiting = run.learnFrom(set, options(set));
    heldOutChoice.show(set);
    tryOn.show(sets.all.values(), set);
    choice.show([...sets.all.values()], samples, set, isWaiting ? MORE : why);
  }

  /** Begins from nothing, with the data set as it is now. */
  function begin() {
    if (!samples) return;
    run.begin(options(learnedFrom(sets, samples, settings.isOnSamples).set));
    takeSet(); // for what is said of it
  }

  /** @param {DataSet} set What is learned from. */
  function options(set) {
    const { count, rate, batch, hidden, isRescaled, isShuffled } = settings;
    const leftOut = leftOutOf(set, heldOut);
    return { count, rate, batch, hidden, isRescaled, order: isShuffled ? order : null, leftOut };
  }

  /** @param {keyof import("./settings.js").Settings} changed */
  function change(changed) {
    const wasPlaying = run.isPlaying;
    if (changed === "rate") run.setRate(settings.rate);
    else if (changed !== "pace") begin();
    if (wasPlaying && changed !== "rate") play();
  }

  /** @param {import("./controls.js").Command} name */
  function command(name) {
    if (name === "play" && run.isPlaying) run.pause();
    else if (name === "play") play();
    else if (name === "epoch") run.play(Infinity, { isOneEpoch: true, isCalm });
    else if (name === "again") begin();
    else if (name === "byHeart") {
      Object.assign(settings, BY_HEART);
      controls.update();
      begin();
      play();
    } else run.step(name);
  }

  function play() {
    run.play(PACES[settings.pace], { isCalm });
  }

  /** @param {Report} next */
  function hear(next) {
    report = next;
    if (next.progress.step === 0) tryOn.clear();
    controls.setMost(next.split.training);
    choice.tellSplit(next.split, next.progress.count, run.held);
    shown.set(next, !isDrawing);
    request ||= requestAnimationFrame(drawReading);
  }

  /** Reads the person's own digit. */
  function drawReading() {
    request = 0;
    if (report) bars.show(softmax(logitsOf(report.network, vector)), words);
  }

  run.showTo(viewer);
  return {
    set: receive,
    end() {
      stopHearing?.();
      cancelAnimationFrame(request);
      grid.end();
      shown.end();
      leaveRun(viewer);
      progress.end();
      tryOn.end();
    },
  };
}
