// A search for the fewest pixels that change a model's answer, and its steps.

import { LENGTH, isSame } from "../../browser/arrays.js";
import { createDrawnGrid } from "../../browser/drawn_grid.js";
import { find, write } from "../../browser/elements.js";
import { endInstance, instanceFor } from "../../browser/instances.js";
import { pinnedPixel } from "../../browser/pinned_pixel.js";
import { createAnnouncer } from "./announcer.js";
import { createChangedPicture } from "./changed_picture.js";
import { LOADING, MISSING, createModels } from "./models.js";
import { createPatchMark, paperIn, placeAt } from "./paper.js";
import { describeSearch } from "./search_words.js";
import { createSearching } from "./searching.js";
import { watchSight } from "../../browser/sight.js";
import { fillSteps } from "./steps_table.js";

/**
 * @typedef {import("../../browser/arrays.js").Vector} Vector
 * @typedef {import("../../prediction/panel.js").Model} Model
 * @typedef {import("./search_words.js").Found} Found
 *
 * @typedef {{line: HTMLElement, button: HTMLButtonElement, output: HTMLElement, model: Model}} Entry
 */

/** @param {{data: {pixels: string, models: Model[]}, parentElement: ShadowRoot}} component */
export default function show({ data, parentElement }) {
  instanceFor(parentElement, createFewest).set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createFewest(root) {
  const paper = paperIn(root);
  const paint = createChangedPicture(find(paper, "canvas", HTMLCanvasElement));
  const pin = createPatchMark(paper);
  pin.setHidden(true);
  const list = find(root, ".searches", HTMLElement);
  const stepper = find(root, ".stepper", HTMLElement);
  const slider = find(stepper, "input", HTMLInputElement);
  const steps = find(root, ".steps", HTMLElement);
  const body = find(steps, "tbody", HTMLTableSectionElement);
  const announcer = createAnnouncer(find(root, ".announcement", HTMLElement));
  const models = createModels({
    onReady: () => wanted && run(wanted),
    onMissing: (name) => {
      const entry = entries.get(name);
      if (entry) write(entry.output, MISSING);
    },
  });
  const searching = createSearching(models.turns, {
    onFirst: (first) => {
      found.first = first;
      fillSteps(body, found);
      tell();
    },
    onStep: (step) => {
      found.steps.push(step);
      fillSteps(body, found);
      showStep(found.steps.length);
      tell();
    },
    onTried: (tried, count) => tell(` Tried ${tried} of ${count} changes.`),
    onEnd: end,
  });
  /** @type {Map<string, Entry>} */ const entries = new Map();
  /** @type {Entry | null} The one that is searched for, or was last. */ let chosen = null;
  /** @type {Entry | null} One that waits for its model. */ let wanted = null;
  /** @type {Found} */ let found = { first: null, steps: [], ending: null };
  /** @type {Vector} */ let vector = new Uint8Array(LENGTH);
  let names = "";
  let step = 0; // so many are done in the picture
  let isSeen = false;
  /** @type {number | null} */ let pinned = null;

  /** @param {{pixels: string, models: Model[]}} data */
  function set(data) {
    const all = data.models.map(({ name }) => name).join();
    if (all !== names) build(data.models);
    names = all;
    for (const model of data.models) {
      const entry = entries.get(model.name);
      if (entry) entry.model = model;
    }
    grid.receive(data.pixels);
  }

  /** @param {Model[]} all */
  function build(all) {
    list.replaceChildren();
    entries.clear();
    for (const model of all) {
      const line = list.appendChild(document.createElement("div"));
      line.className = "search";
      const button = line.appendChild(document.createElement("button"));
      button.type = "button";
      const output = line.appendChild(document.createElement("output"));
      output.setAttribute("aria-live", "off"); // it changes faster than anybody listens
      const entry = { line, button, output, model };
      entries.set(model.name, entry);
      button.addEventListener("click", () => press(entry));
    }
    nameButtons();
  }

  function nameButtons() {
    for (const entry of entries.values()) {
      const isRunning = (searching.isRunning && entry === chosen) || entry === wanted;
      write(entry.button, `${isRunning ? "Stop" : "Search"}: ${entry.model.title.toLowerCase()}`);
      entry.line.setAttribute("aria-current", String(entry === chosen));
    }
  }

  /** @param {Entry} entry */
  function press(entry) {
    const isWaiting = entry === wanted;
    const isRunning = isWaiting || (searching.isRunning && entry === chosen);
    wanted = null;
    searching.stop(); // which says so
    if (!isRunning) {
      wanted = entry;
      write(entry.output, LOADING);
      models.want([entry.model]);
      if (models.ready.length > 0) run(entry);
    } else if (isWaiting) write(entry.output, "");
    nameButtons();
  }

  /** @param {Entry} entry */
  function run(entry) {
    wanted = null;
    chosen = entry;
    found = { first: null, steps: [], ending: null };
    fillSteps(body, found);
    stepper.hidden = steps.hidden = false;
    showStep(0);
    searching.start(vector, entry.model.name, entry.model.threshold);
    nameButtons();
  }

  /** @param {import("./searching.js").Ending} ending */
  function end(ending) {
    found.ending = ending;
    fillSteps(body, found);
    showStep(found.steps.length);
    tell();
    nameButtons();
    if (chosen) announcer.say(`${chosen.model.title}: ${chosen.output.textContent}`);
  }

  function tell(more = "") {
    if (!chosen) return;
    write(chosen.output, describeSearch(found, chosen.model.threshold) + more);
  }

  /** @param {number} count So many steps are done in the picture. */
  function showStep(count) {
    step = count;
    if (!isSeen) return;
    const changes = found.steps.slice(0, count).map(({ change }) => change);
    paint(vector, changes);
    slider.max = String(found.steps.length);
    slider.value = String(count);
    slider.setAttribute("aria-valuetext", `${count} of ${found.steps.length}`);
    for (const [number, row] of [...body.rows].entries()) {
      row.classList.toggle("current", number === count);
      if (number === count) steps.scrollTop = row.offsetTop - steps.clientHeight / 2; // in the middle
    }
  }

  /** @param {Vector} next */
  function follow(next) {
    if (isSame(next, vector)) return;
    wanted = null;
    searching.stop();
    vector = next;
    chosen = null;
    found = { first: null, steps: [], ending: null };
    entries.forEach(({ output }) => write(output, ""));
    if (!stepper.hidden) {
      stepper.hidden = steps.hidden = true;
      fillSteps(body, found);
      nameButtons();
    }
    showStep(0);
  }

  slider.addEventListener("input", () => showStep(slider.valueAsNumber));
  paper.addEventListener("click", (event) => {
    const place = placeAt(event, paper);
    pinnedPixel.publish({ index: pinned === place ? null : place });
  });
  const grid = createDrawnGrid(follow); // which calls it at once where something is drawn
  const stopWatching = watchSight(paper, (isNow) => {
    isSeen = isNow;
    showStep(step);
  });
  const stopPinning = pinnedPixel.subscribe(({ index }) => {
    pinned = index;
    pin.show(index ?? 0, 1, true);
    pin.setHidden(index === null);
  });
  return {
    set,
    end() {
      stopWatching();
      stopPinning();
      grid.end();
      searching.stop();
      announcer.end();
      models.end();
    },
  };
}
