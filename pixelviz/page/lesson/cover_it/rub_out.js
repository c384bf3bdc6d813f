// An eraser for the digit that rubs out here only, and what the three models say to what is left.

import { LENGTH, SIDE, indexOf, isSame } from "../../browser/arrays.js";
import { createDrawnGrid } from "../../browser/drawn_grid.js";
import { find, write } from "../../browser/elements.js";
import { endInstance, instanceFor } from "../../browser/instances.js";
import { createPainter } from "../../browser/painter.js";
import { pinnedPixel } from "../../browser/pinned_pixel.js";
import { createThrottle } from "../../browser/throttle.js";
import { createAnnouncer } from "./announcer.js";
import { buildAnswers } from "./answers.js";
import { LOADING, MISSING, createModels } from "./models.js";
import { createPatchMark, listenForKeys, paperIn, placeAt } from "./paper.js";
import { createRubbing } from "./rubbing.js";
import { watchSight } from "../../browser/sight.js";

/** @typedef {import("../../browser/arrays.js").Vector} Vector */
/** @typedef {import("./cover_it.js").Data} Data */

/** While the pen draws, the models are asked at most so often. */
const ASK_MS = 90;

/** @param {{data: Data, parentElement: ShadowRoot}} component `size` is the eraser's. */
export default function show({ data, parentElement }) {
  instanceFor(parentElement, createRubOut).set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createRubOut(root) {
  const paper = paperIn(root);
  const paint = createPainter(find(paper, "canvas", HTMLCanvasElement));
  const mark = createPatchMark(paper);
  const undo = find(root, ".undo", HTMLButtonElement);
  const again = find(root, ".again", HTMLButtonElement);
  const note = find(root, ".note", HTMLElement);
  const announcer = createAnnouncer(find(root, ".announcement", HTMLElement));
  const rubbing = createRubbing();
  const models = createModels({
    onReady: () => ask(),
    onMissing: (name) => columns.get(name)?.say(MISSING),
  });
  const askSoon = createThrottle(ask, ASK_MS);
  /** @type {ReturnType<typeof buildAnswers>} */ let columns = new Map();
  /** @type {Data["models"]} */ let wanted = [];
  let asked = ""; // their names, when the table was made
  /** @type {Vector} */ let vector = new Uint8Array(LENGTH);
  let size = 1;
  let place = indexOf(SIDE / 2, SIDE / 2);
  /** @type {number | null} */ let pinned = null;
  let isSeen = false;

  /** @param {Data} data */
  function set(data) {
    const names = data.models.map(({ name }) => name).join();
    if (names !== asked) {
      columns = buildAnswers(find(root, "table", HTMLTableElement), data.models, "rubbed out");
      columns.forEach((column) => column.say(LOADING));
    }
    asked = names;
    size = data.size;
    wanted = data.models;
    if (isSeen) models.want(wanted);
    grid.receive(data.pixels);
    draw();
  }

  /** @param {Vector} next @param {boolean} isDrawing */
  function follow(next, isDrawing) {
    // Another digit: what was rubbed out of the one before is no part of it.
    if (!isSame(next, vector)) rubbing.clear();
    vector = next;
    draw();
    askSoon.set(null, !isDrawing);
  }

  function draw() {
    if (!isSeen) return;
    const left = rubbing.apply(vector);
    paint(left);
    mark.show(place, size, pinned === place);
    undo.disabled = again.disabled = rubbing.isEmpty;
    const gone = vector.filter((value, index) => value !== left[index]).length;
    write(note, `${gone} of ${vector.filter(Boolean).length} pixels of ink rubbed out`);
  }

  function ask() {
    if (!isSeen) return;
    const vectors = [vector, rubbing.apply(vector)];
    /** @type {string[]} */ const said = [];
    models.turns.ask(0, {
      vectors,
      names: models.ready,
      hear: (name, _, [whole, left]) => said.push(columns.get(name)?.tell(whole, left) ?? ""),
      done: () => announcer.say([note.textContent, ...said].join(" ")),
    });
  }

  /** @param {() => void} change */
  function rub(change) {
    change();
    draw();
    askSoon.set(null, true);
  }

  /** @param {number} next */
  function moveTo(next) {
    place = next;
    if (rubbing.isDown) rub(() => rubbing.moveTo(place, size));
    else draw();
  }

  paper.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    paper.setPointerCapture(event.pointerId);
    place = placeAt(event, paper);
    rub(() => rubbing.begin(place, size));
  });
  paper.addEventListener("pointermove", (event) => moveTo(placeAt(event, paper)));
  for (const name of ["pointerup", "pointercancel"]) paper.addEventListener(name, rubbing.lift);
  listenForKeys(paper, {
    placeNow: () => place,
    onPlace: moveTo,
    keys: {
      " ": () =>
        rub(() => {
          rubbing.begin(place, size);
          rubbing.lift();
        }),
      Backspace: () => rub(rubbing.undo),
      Enter: () => pinnedPixel.publish({ index: pinned === place ? null : place }),
      Escape: () => pinnedPixel.publish({ index: null }),
    },
  });
  undo.addEventListener("click", () => rub(rubbing.undo));
  again.addEventListener("click", () => rub(rubbing.clear));
  const stopPinning = pinnedPixel.subscribe(({ index }) => {
    pinned = index;
    place = index ?? place;
    draw();
  });
  const stopWatching = watchSight(paper, (isNow) => {
    isSeen = isNow;
    if (!isSeen) return;
    models.want(wanted);
    draw();
    ask();
  });
  const grid = createDrawnGrid(follow); // last: it may call back at once
  return {
    set,
    end() {
      stopWatching();
      stopPinning();
      grid.end();
      askSoon.end();
      announcer.end();
      models.end();
    },
  };
}
