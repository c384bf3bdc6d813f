// A patch slides over the digit: what the three models say without what it hides, and the map of all
// its places.

import { LENGTH, SIDE, indexOf, placeOf } from "../../browser/arrays.js";
import { createDrawnGrid } from "../../browser/drawn_grid.js";
import { find, write } from "../../browser/elements.js";
import { endInstance, instanceFor } from "../../browser/instances.js";
import { createPainter } from "../../browser/painter.js";
import { pinnedPixel } from "../../browser/pinned_pixel.js";
import { createThrottle } from "../../browser/throttle.js";
import { createAnnouncer } from "./announcer.js";
import { buildAnswers } from "./answers.js";
import { createFilling } from "./map_filling.js";
import { createMaps } from "./maps.js";
import { LOADING, MISSING, createModels } from "./models.js";
import { createPatchMark, listenForKeys, listenForPointer, paperIn } from "./paper.js";
import { cover, inkUnder } from "./patches.js";
import { watchSight } from "../../browser/sight.js";

/**
 * @typedef {import("../../browser/arrays.js").Vector} Vector
 * @typedef {import("./answers.js").Model} Model
 *
 * @typedef {{pixels: string, models: Model[], size: number}} Data `pixels` is the grid's 784 bytes,
 *   row by row, in base64; `size` is the patch's side in pixels.
 */

const MIDDLE = indexOf(SIDE / 2, SIDE / 2);

/** How urgent questions are. */
const HERE = 0;
const MAP = 1;

/** While the pen draws, the models are asked at most so often: its own frames come first. */
const ASK_MS = 60;
const MAP_MS = 250;

/** @param {{data: Data, parentElement: ShadowRoot}} component */
export default function show({ data, parentElement }) {
  instanceFor(parentElement, createCover).set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createCover(root) {
  const paper = paperIn(root);
  const stage = find(root, ".stage", HTMLElement);
  const paintPaper = createPainter(find(paper, "canvas", HTMLCanvasElement));
  const placeLine = find(root, ".place", HTMLElement);
  const announcer = createAnnouncer(find(root, ".announcement", HTMLElement));
  const models = createModels({
    onReady: () => askAnew(false),
    onMissing: (name) => columns.get(name)?.say(MISSING),
  });
  const filling = createFilling(models.turns, MAP, () => {
    showMaps();
    showKnown();
  });
  const askHere = createThrottle(ask, ASK_MS);
  const askMap = createThrottle(startMap, MAP_MS);
  const marks = [createPatchMark(paper)];
  /** @type {ReturnType<typeof buildAnswers>} */ let columns = new Map();
  /** @type {ReturnType<typeof createMaps> | null} */ let maps = null;
  let asked = ""; // the names of the models, of which the table is made
  /** @type {Vector} */ let vector = new Uint8Array(LENGTH);
  let size = 1;
  let place = MIDDLE;
  /** @type {number | null} */ let pinned = null;
  let isDrawing = false;
  let isSeen = false;

  /** @param {Data} data */
  function set(data) {
    const names = data.models.map(({ name }) => name).join();
    if (names !== asked) build(data.models);
    asked = names;
    const isResized = data.size !== size;
    size = data.size;
    models.want(data.models);
    grid.receive(data.pixels);
    if (isResized) follow(vector, isDrawing);
  }

  /** @param {Model[]} all */
  function build(all) {
    columns = buildAnswers(find(root, "table", HTMLTableElement), all, "covered", "map");
    maps?.end();
    maps = createMaps(root, all, columns);
    marks.splice(1);
    for (const picture of maps.pictures) {
      marks.push(createPatchMark(picture));
      listenForPointer(picture, pointer);
      picture.addEventListener("click", pin);
    }
    columns.forEach((column) => column.say(LOADING));
  }

  /** @param {Vector} next @param {boolean} isDown */
  function follow(next, isDown) {
    vector = next;
    isDrawing = isDown;
    draw();
    askAnew(isDown);
  }

  /** @param {boolean} canWait */
  function askAnew(canWait) {
    if (!isSeen) return;
    askHere.set(null, !canWait);
    askMap.set(null, !canWait);
  }

  function startMap() {
    delete stage.dataset.map;
    filling.start(vector, size, models.ready, isDrawing);
  }

  function ask() {
    const [whole, hidden] = [vector, cover(vector, place, size)];
    /** @type {Map<string, Float32Array[]>} */ const heard = new Map();
    models.turns.ask(HERE, {
      vectors: [whole, hidden],
      names: models.ready,
      hear: (name, _, logits) => heard.set(name, logits),
      done: () => tell(new Map(heard)),
    });
  }

  /** @param {Map<string, Float32Array[]>} answers By model: to the digit, and without what is hidden. */
  function tell(answers) {
    const said = [...answers].map(([name, [whole, left]]) => columns.get(name)?.tell(whole, left));
    announcer.say([placeLine.textContent, ...said].join(" "));
  }

  /** Shows what is known of this place already. @returns {boolean} Whether it is. */
  function showKnown() {
    const map = filling.shown;
    if (!map || map.vector !== vector || map.size !== size) return false;
    /** @type {Map<string, Float32Array[]>} */ const known = new Map();
    for (const name of models.ready) {
      const [whole, left] = [map.firstOf(name), map.answerAt(name, place)];
      if (!whole || !left) return false;
      known.set(name, [whole, left]);
    }
    tell(known);
    return true;
  }

  function showMaps() {
    const map = filling.shown;
    if (!map) return;
    maps?.show(map);
    if (map.isComplete && map.vector === vector && map.size === size) stage.dataset.map = "complete";
  }

  function draw() {
    const { row, column } = placeOf(place);
    paintPaper(cover(vector, place, size));
    marks.forEach((mark) => mark.show(place, size, pinned === place));
    const ink = inkUnder(vector, place, size);
    const around = size === 1 ? "The patch on" : `The patch of ${size} × ${size} around`;
    write(
      placeLine,
      `${around} row ${row}, column ${column} hides ${ink} ${ink === 1 ? "pixel" : "pixels"} of ink.`,
    );
  }

  /** @param {number} next */
  function moveTo(next) {
    if (next === place) return;
    place = next;
    draw();
    if (!showKnown()) askHere.set(null, true);
  }

  function pin() {
    pinnedPixel.publish({ index: pinned === place ? null : place });
  }

  const pointer = {
    onPlace: moveTo,
    onLeave: () => pinned !== null && moveTo(pinned),
  };
  listenForPointer(paper, pointer);
  listenForKeys(paper, {
    placeNow: () => place,
    onPlace: moveTo,
    keys: { Enter: pin, Escape: () => pinnedPixel.publish({ index: null }) },
  });
  paper.addEventListener("click", pin);
  const stopPinning = pinnedPixel.subscribe(({ index }) => {
    pinned = index;
    if (index !== null) moveTo(index);
    draw();
  });
  const stopWatching = watchSight(stage, (isNow) => {
    isSeen = isNow;
    if (isSeen) askAnew(false);
    else filling.stop();
  });
  const grid = createDrawnGrid(follow); // last: it may call back at once
  return {
    set,
    end() {
      stopWatching();
      stopPinning();
      grid.end();
      askHere.end();
      askMap.end();
      maps?.end();
      announcer.end();
      models.end();
    },
  };
}
