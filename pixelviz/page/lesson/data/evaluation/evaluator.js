// Lets the models read the pictures of a data set, one model after the other, in a Worker.
//
// Messages to the Worker, and its answers:
// {kind: "load", name, file}: {kind: "loaded", name} or {kind: "refused", name, problem}
// {kind: "set", grids}: none. It is sent once for each set.
// {kind: "read", name, range, number}: {kind: "answers", name, number, start, answers, isLast}, several;
//   another such question, or {kind: "stop"}, ends it.

import { countOf } from "../../../browser/data_set/data_set.js";
import { addAnswers, createAnswers, gapsOf } from "./answers.js";

/**
 * @typedef {import("../../../browser/data_set/data_set.js").DataSet} DataSet
 * @typedef {import("../../../prediction/panel.js").Model} Model
 * @typedef {import("./answers.js").Answers} Answers
 * @typedef {import("./parts.js").Range} Range
 */

/**
 * @param {object} listener
 * @param {() => void} listener.onChange Called when something has been read, or it has begun or ended.
 * @param {(name: string) => void} listener.onMissing Called with each model that cannot be asked.
 */
export function createEvaluator({ onChange, onMissing }) {
  /** @type {Worker | null} */ let worker = null;
  /** @type {DataSet | null} */ let set = null;
  /** @type {DataSet | null} The one that the Worker has. */ let sent = null;
  /** @type {Model[]} */ let models = [];
  /** @type {Map<string, Answers>} By the models' names. */ let answers = new Map();
  /** @type {Set<string>} */ const missing = new Set();
  /** @type {Map<string, Promise<boolean>>} By name, whether it could be loaded. */
  const loading = new Map();
  /** @type {Map<string, (isLoaded: boolean) => void>} */ const waiting = new Map();
  /** @type {{name: string, range: Range}[]} What is still to be asked. */ let left = [];
  /** @type {string | null} The model that reads. */ let reading = null;
  let number = 0;

  /** @returns {Worker} */
  function start() {
    const url = new URL("./evaluation_worker.js", import.meta.url);
    const started = new Worker(url, { type: "module" });
    started.onmessage = ({ data }) => hear(data);
    started.onerror = (event) => {
      event.preventDefault(); // the failure is handled here
      fail();
    };
    started.onmessageerror = fail;
    return started;
  }

  /** @param {any} message */
  function hear(message) {
    if (message.kind === "loaded") waiting.get(message.name)?.(true);
    else if (message.kind === "refused") waiting.get(message.name)?.(false);
    else if (message.number === number && reading !== null) take(message);
  }

  /** @param {{name: string, start: number, answers: Answers, isLast: boolean}} message */
  function take({ name, start: from, answers: some, isLast }) {
    const known = answers.get(name);
    if (known) addAnswers(known, some, from);
    if (isLast) next();
    else onChange();
  }

  /** Nothing can be read any more. */
  function fail() {
    stop();
    worker?.terminate();
    worker = null;
    sent = null;
    waiting.forEach((tell) => tell(false));
    models.forEach(({ name }) => miss(name));
    onChange();
  }

  /** @param {string} name */
  function miss(name) {
    missing.add(name);
    onMissing(name);
  }

  /** @param {Model} model @returns {Promise<boolean>} Whether the Worker has it. */
  async function load({ name, address }) {
    if (!address) return false;
    try {
      const response = await fetch(new URL(address, document.baseURI));
      if (!response.ok) return false;
      const file = await response.arrayBuffer();
      worker ??= start();
      const loaded = new Promise((resolve) => {
        waiting.set(name, resolve);
      });
      worker.postMessage({ kind: "load", name, file }, [file]);
      return await loaded;
    } catch {
      return false;
    }
  }

  /** @param {string} name @returns {Answers} What a model has said so far. */
  function answersOf(name) {
    const known = answers.get(name) ?? createAnswers(set ? countOf(set) : 0);
    answers.set(name, known);
    return known;
  }

  async function next() {
    number += 1;
    const mine = number;
    const question = left.shift();
    reading = question?.name ?? null;
    onChange();
    const model = models.find(({ name }) => name === reading);
    if (!question || !model) return;
    if (!loading.has(model.name)) loading.set(model.name, load(model));
    const isLoaded = await loading.get(model.name);
    if (mine !== number) return; // it was stopped meanwhile
    if (isLoaded && worker && set) {
      if (sent !== set) worker.postMessage({ kind: "set", grids: set.grids });
      sent = set;
      worker.postMessage({ kind: "read", ...question, number });
      return;
    }
    miss(model.name);
    left = left.filter(({ name }) => name !== model.name);
    next();
  }

  function stop() {
    number += 1;
    left = [];
    reading = null;
    worker?.postMessage({ kind: "stop" });
  }

  return {
    /** @param {DataSet | null} other The set to read: what is known of another one is forgotten. */
    choose(other) {
      if (other === set) return;
      stop();
      set = other;
      answers = new Map();
      if (other !== null) return;
      worker?.terminate(); // with its copy of the set
      worker = null;
      sent = null;
      loading.clear();
    },

    /** @param {Model[]} all Those that are to read, the fastest first. */
    want(all) {
      models = all;
    },

    /** @param {Range} range What all models are to read, unless they have read it already. */
    read(range) {
      stop();
      left = models.flatMap(({ name }) =>
        missing.has(name) ? [] : gapsOf(answersOf(name), range).map((gap) => ({ name, range: gap })),
      );
      next();
    },

    answersOf,

    /** @param {string} name @returns {boolean} Whether a model could not be had. */
    isMissing: (name) => missing.has(name),

    /** @returns {string | null} The name of the model that reads at this moment. */
    get reading() {
      return reading;
    },

    stop() {
      stop();
      onChange();
    },

    end() {
      number += 1;
      worker?.terminate();
    },
  };
}
