// What the three models make of the chosen data set: this browser lets them read it, in a Worker.

import { counted, grouped } from "../../../browser/counts.js";
import { JOINT } from "../../../browser/data_set/class_set.js";
import { countOf } from "../../../browser/data_set/data_set.js";
import { dataSets } from "../../../browser/data_set/data_sets.js";
import { KIND as MNIST } from "../../../browser/data_set/mnist.js";
import { find, write } from "../../../browser/elements.js";
import { endInstance, instanceFor } from "../../../browser/instances.js";
import { createThrottle } from "../../../browser/throttle.js";
import { placePicture } from "../place_picture.js";
import { createAccuracyTable, inOneSentence } from "./accuracy_table.js";
import { knownOf } from "./answers.js";
import { cardLine } from "./card_line.js";
import { createChoice } from "../choice.js";
import { createEvaluator } from "./evaluator.js";
import { FIRST, partsOf, rangeOf } from "./parts.js";
import { createResults } from "./results.js";
import { scoreOf } from "./scores.js";

/**
 * @typedef {import("../../../browser/data_set/data_set.js").DataSet} DataSet
 * @typedef {import("../../../prediction/panel.js").Model} Model
 *
 * @typedef {{models: Model[], card: import("./card_line.js").CardScores, isTextHidden: boolean}} Data
 *   `card` is what the models' card says of MNIST's test images.
 */

const NO_SET = "There is no data set here yet: get one above, and the models can read it.";
const LEARNED = " The models have learned from these pictures: what they make of the test set tells more.";
const PARTLY_LEARNED = " The models have learned from those of MNIST's training set among them.";
const NO_TARGETS = " Accuracy needs targets, and these pictures have none: you see how sure the models are.";

/** Counts are shown so often while answers come, and what takes longer to find out. */
const SHOW_MS = 250;
const RESULTS_MS = 1000;

/**
 * @param {{data: Data, parentElement: ShadowRoot,
 *          setTriggerValue: import("../place_picture.js").SetTrigger}} component
 */
export default function show({ data, parentElement, setTriggerValue }) {
  const evaluation = instanceFor(parentElement, createEvaluation);
  evaluation.onPlace = (vector) => placePicture(setTriggerValue, vector);
  evaluation.set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createEvaluation(root) {
  const element = find(root, ".evaluation", HTMLElement);
  const body = find(root, ".body", HTMLElement);
  const go = find(root, ".go", HTMLButtonElement);
  const progress = find(root, "progress", HTMLProgressElement);
  const note = find(root, ".note", HTMLElement);
  const announcement = find(root, ".announcement", HTMLElement);
  const below = find(root, ".results", HTMLElement);
  const instance = {
    set,
    end,
    onPlace: (/** @type {import("../../../browser/arrays.js").Vector} */ _vector) => {},
  };
  const update = createThrottle(render, SHOW_MS);
  const updateResults = createThrottle(showResults, RESULTS_MS);
  const evaluator = createEvaluator({
    onChange: () => update.set(null, evaluator.reading !== wasReading),
    onMissing: () => update.set(null, true),
  });
  const parts = createChoice(find(root, ".part", HTMLFieldSetElement), (value) => {
    part = value;
    look();
  });
  const many = createChoice(find(root, ".many", HTMLFieldSetElement), (value) => {
    isFirst = value === "first";
    look();
  });
  const table = createAccuracyTable(find(root, ".accuracy", HTMLTableElement), (name) => {
    chosen = name;
    render(null);
  });
  const results = createResults(below, (vector) => instance.onPlace(vector));
  /** @type {DataSet | null} */ let dataSet = null;
  /** @type {Data} */ let data = { models: [], card: {}, isTextHidden: false };
  let part = "";
  let isFirst = true;
  let chosen = "";
  let shown = ""; // which set, part and model the results are about
  let setNumber = 0;
  /** @type {string | null} */ let wasReading = null;

  /** @param {Data} next */
  function set(next) {
    data = next;
    evaluator.want(data.models);
    chosen ||= data.models[0]?.name ?? "";
    element.classList.toggle("without-text", data.isTextHidden);
    look();
  }

  /** Shows another choice of pictures; the models stop, as they would go on with those before. */
  function look() {
    if (evaluator.reading !== null) evaluator.stop();
    render(null);
  }

  /** @returns {import("./parts.js").Range & {title: string, name: string}} */
  function range() {
    if (!dataSet) return { start: 0, end: 0, title: "", name: "" };
    const all = partsOf(dataSet);
    const found = all.find(({ name }) => name === part) ?? all[0];
    return { ...found, ...rangeOf(found, isFirst) };
  }

  function render(/** @type {null} */ _) {
    wasReading = evaluator.reading;
    body.hidden = !dataSet || countOf(dataSet) === 0;
    element.dataset.kind = dataSet?.kind ?? "";
    element.dataset.targets = String(Boolean(dataSet?.targets));
    if (!dataSet || body.hidden) {
      write(find(root, ".summary", HTMLElement), NO_SET);
      return;
    }
    showChoices(dataSet);
    showProgress();
    showScores(dataSet);
  }

  /** @param {DataSet} of */
  function showChoices(of) {
    const all = partsOf(of);
    const now = range();
    const whole = all.find(({ name }) => name === now.name) ?? all[0];
    const count = whole.end - whole.start;
    parts.show(all.map(({ name, title }) => ({ value: name, title })), now.name);
    many.show(
      [
        { value: "first", title: `the first ${grouped(Math.min(FIRST, count))}` },
        { value: "all", title: `all ${grouped(count)}` },
      ],
      isFirst && count > FIRST ? "first" : "all",
    );
    find(root, ".part", HTMLElement).hidden = all.length === 1;
    find(root, ".many", HTMLElement).hidden = count <= FIRST;
    const text = `${of.name}: ${counted(now.end - now.start, "picture")}.`;
    const more = `${learnedText(of.kind, now.name)}${of.targets ? "" : NO_TARGETS}`;
    write(find(root, ".summary", HTMLElement), text + more);
  }

  function showProgress() {
    const now = range();
    const there = data.models.filter(({ name }) => !evaluator.isMissing(name));
    const known = there.map(({ name }) => knownOf(evaluator.answersOf(name), now));
    const done = known.reduce((sum, each) => sum + each, 0);
    const all = there.length * (now.end - now.start);
    const isRunning = evaluator.reading !== null;
    progress.value = all > 0 ? done / all : 0;
    const title = data.models.find(({ name }) => name === evaluator.reading)?.title;
    const count = known[there.findIndex(({ name }) => name === evaluator.reading)];
    const total = grouped(now.end - now.start);
    if (isRunning) write(note, `${title}: ${grouped(count)} of ${total}`);
    else if (all === 0) write(note, "This browser could not get the models. Reload the page to try again.");
    else if (done === all) write(note, "All pictures are read.");
    else write(note, done > 0 ? "Stopped." : "");
    write(go, isRunning ? "Stop" : done > 0 && done < all ? "Go on" : "Let the models read them");
    go.disabled = !isRunning && done === all;
    if (!isRunning) announce(done);
  }

  /** @param {number} done */
  function announce(done) {
    const told = done > 0 && dataSet ? [note.textContent, ...data.models.map(sentenceOf)] : [];
    write(announcement, told.join(" "));
  }

  /** @param {Model} model */
  function scoresOf({ name, threshold }) {
    return scoreOf(evaluator.answersOf(name), dataSet?.targets ?? null, range(), threshold);
  }

  /** @param {Model} model @returns {string} */
  function sentenceOf(model) {
    return inOneSentence(model.title, scoresOf(model), Boolean(dataSet?.targets));
  }

  /** @param {DataSet} of */
  function showScores(of) {
    const hasTargets = of.targets !== null;
    const now = range();
    table.prepare(data.models, hasTargets);
    for (const model of data.models) {
      const isMissing = evaluator.isMissing(model.name);
      table.show(model.name, scoresOf(model), { hasTargets, isMissing, isChosen: model.name === chosen });
    }
    const isTest = of.kind === MNIST && now.name === "test" && now.end === countOf(of);
    const line = isTest ? cardLine(data.models, data.card, scoresOf, now.end - now.start) : "";
    write(find(root, ".card", HTMLElement), line);
    const key = [setNumber, now.start, now.end, chosen].join();
    updateResults.set(key, key !== shown || evaluator.reading === null);
  }

  /** @param {string} key Another one for each other set, part and model. */
  function showResults(key) {
    const model = data.models.find(({ name }) => name === chosen);
    below.hidden = !model || scoresOf(model).known === 0;
    if (!model || !dataSet || below.hidden) return;
    const how = { isOther: key !== shown, isRunning: evaluator.reading !== null };
    shown = key;
    const { models } = data;
    const { answersOf } = evaluator;
    results.show({ set: dataSet, range: range(), model, models, answersOf }, how);
  }

  go.addEventListener("click", () => {
    if (evaluator.reading === null) evaluator.read(range());
    else evaluator.stop();
  });
  const stopHearing = dataSets.subscribe(({ chosen: other }) => {
    if (other === dataSet) return;
    dataSet = other;
    setNumber += 1;
    evaluator.choose(other);
    render(null);
  });

  function end() {
    stopHearing();
    update.end();
    updateResults.end();
    evaluator.end();
  }

  return instance;
}

/** @param {string} kind @param {string} part @returns {string} What the models know of these pictures already. */
function learnedText(kind, part) {
  if (kind === JOINT && part === "all") return PARTLY_LEARNED;
  const isMnist = kind === MNIST || kind === JOINT;
  return isMnist && ["training", "all"].includes(part) ? LEARNED : "";
}
