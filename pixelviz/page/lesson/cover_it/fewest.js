// The search for few pixels that change the chosen model's answer, shown step by step.

import { LENGTH, SIDE, placeOf } from "../../browser/arrays.js";
import { createDrawnGrid } from "../../browser/drawn_grid.js";
import { find, write } from "../../browser/elements.js";
import { endInstance, instanceFor } from "../../browser/instances.js";
import { createPainter } from "../../browser/painter.js";
import { percent } from "../../browser/wording.js";
import { changed, createSearch } from "./greedy.js";
import { createModels } from "./models.js";
import { paperIn } from "./paper.js";

/**
 * @typedef {import("../../browser/arrays.js").Vector} Vector
 * @typedef {import("../../prediction/panel.js").Model} Model
 *
 * @typedef {{pixels: string, model: Model | null}} Data `pixels` is the grid's 784 bytes in base64;
 *   `model` is the chosen one.
 */

/** The search ends after so long. */
const TIME_MS = 3000;

const LOADING = "The model is still loading.";
const MISSING = "This browser could not get the model from the server. Reload the page to try again.";

/** @param {{data: Data, parentElement: ShadowRoot}} component */
export default function show({ data, parentElement }) {
  instanceFor(parentElement, createFewest).set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createFewest(root) {
  const paint = createPainter(find(paperIn(root), "canvas", HTMLCanvasElement));
  const marks = find(root, ".changes", HTMLElement);
  const button = find(root, ".search", HTMLButtonElement);
  const note = find(root, ".note", HTMLElement);
  const outcome = find(root, ".outcome", HTMLElement);
  const body = find(root, "tbody", HTMLTableSectionElement);
  const models = createModels({
    onReady: () => write(note, ""),
    onMissing: () => write(note, MISSING),
  });
  /** @type {Vector} */ let vector = new Uint8Array(LENGTH);
  /** @type {Model | null} */ let model = null;
  /** @type {ReturnType<typeof createSearch> | null} */ let search = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} Ends the search. */ let timer;
  let isRunning = false;

  const grid = createDrawnGrid((drawn) => {
    vector = drawn;
    reset(); // the steps were about another digit
  });

  /** @param {Data} data */
  function set(data) {
    if (data.model?.name !== model?.name) {
      model = data.model;
      reset();
      if (model) {
        models.want([model]);
        write(note, models.ready.length > 0 ? "" : LOADING);
      }
    }
    grid.receive(data.pixels);
  }

  function reset() {
    stop();
    search = null;
    write(outcome, "");
    body.replaceChildren();
    marks.replaceChildren();
    paint(vector);
  }

  function stop() {
    isRunning = false;
    clearTimeout(timer);
    models.turns.withdraw(0);
    write(button, "Search");
  }

  function start() {
    reset();
    if (!model || models.ready.length === 0) return;
    const { name, threshold } = model;
    isRunning = true;
    timer = setTimeout(end, TIME_MS, `the ${TIME_MS / 1000} s are over`);
    write(button, "Stop");
    const asked = vector;
    ask([asked], name, ([logits]) => {
      search = createSearch(asked, logits, threshold);
      next(search, name);
    });
  }

  /** @param {Vector[]} vectors @param {string} name @param {(logits: Float32Array[]) => void} done */
  function ask(vectors, name, done) {
    const asked = vector;
    /** @type {Float32Array[]} */ const answers = [];
    models.turns.ask(0, {
      vectors,
      names: [name],
      hear: (_, from, logits) => logits.forEach((each, at) => (answers[from + at] = each)),
      done: () => isRunning && asked === vector && done(answers),
    });
  }

  /** @param {ReturnType<typeof createSearch>} running @param {string} name */
  function next(running, name) {
    if (running.isChanged) end("");
    else if (running.candidates.length === 0) end("no pixel is left to try");
    else askForStep(running, name);
  }

  /** @param {ReturnType<typeof createSearch>} running @param {string} name */
  function askForStep(running, name) {
    const vectors = running.candidates.map((index) => changed(running.vector, index));
    ask(vectors, name, (answers) => {
      if (running.take(answers)) {
        showStep(running);
        next(running, name);
      } else end("no single pixel lowers it further");
    });
  }

  /** @param {ReturnType<typeof createSearch>} running */
  function showStep({ steps, vector: now }) {
    const step = steps[steps.length - 1];
    const { row, column } = placeOf(step.index);
    const cells = [
      String(steps.length),
      `row ${row}, column ${column}`,
      `${step.before} → ${step.after}`,
      percent(step.probability),
      step.reads,
    ];
    const line = body.insertRow();
    for (const text of cells) line.insertCell().textContent = text;
    const mark = document.createElement("div");
    mark.style.left = `${(100 * column) / SIDE}%`;
    mark.style.top = `${(100 * row) / SIDE}%`;
    marks.append(mark);
    paint(now);
  }

  /** @param {string} why */
  function end(why) {
    stop();
    if (!model) return;
    if (!search) {
      write(outcome, `${model.title} has not answered yet: ${why}.`);
      return;
    }
    const { steps, first, digit, isChanged } = search;
    const count = `${steps.length} ${steps.length === 1 ? "pixel" : "pixels"}`;
    const answer = first === "not sure" ? `not sure, most likely ${digit}` : first;
    write(
      outcome,
      isChanged
        ? `${model.title}: with ${count} changed, ${answer} becomes ${steps[steps.length - 1].reads}.`
        : `${model.title}: after ${count} still ${answer}: ${why}.`,
    );
  }

  button.addEventListener("click", () => {
    if (isRunning) end("stopped");
    else start();
  });
  return {
    set,
    end() {
      clearTimeout(timer);
      grid.end();
      models.end();
    },
  };
}
