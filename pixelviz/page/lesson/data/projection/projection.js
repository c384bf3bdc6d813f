// A map of the chosen data set: each picture a point, by its first two principal components, and the
// person's own digit among them, in every frame while the pen draws.

import { grouped } from "../../../browser/counts.js";
import { LENGTH } from "../../../browser/arrays.js";
import { countOf, meaningOf, pictureOf, targetOf } from "../../../browser/data_set/data_set.js";
import { dataSets } from "../../../browser/data_set/data_sets.js";
import { createDrawnGrid } from "../../../browser/drawn_grid.js";
import { find, write } from "../../../browser/elements.js";
import { endInstance, instanceFor } from "../../../browser/instances.js";
import { createPainter } from "../../../browser/painter.js";
import { formatNumber } from "../../../browser/rounding.js";
import { watchSight } from "../../../browser/sight.js";
import { createSignedPainter, largestOf } from "../../../browser/signed_colours.js";
import { createThrottle } from "../../../browser/throttle.js";
import { createChoice } from "../choice.js";
import { placePicture } from "../place_picture.js";
import { showWriter } from "../written.js";
import { DIGIT_COLOURS } from "./digit_colours.js";
import { listenForPoints } from "./listening.js";
import { scaleFor } from "./places.js";
import { coordinatesOf } from "./principal_components.js";
import { createProjector } from "./projector.js";
import { ASPECT, createScatter } from "./scatter.js";
import { scaleOf, summaryOf } from "./sentences.js";

/**
 * @typedef {import("../../../browser/arrays.js").Vector} Vector
 * @typedef {import("../../../browser/data_set/data_set.js").DataSet} DataSet
 * @typedef {import("./places.js").Place} Place
 * @typedef {import("./projector.js").Projection} Projection
 *
 * @typedef {{pixels: string, isExample: boolean}} Data `pixels` is the grid's 784 bytes in base64.
 */

const NO_SET = "There is no data set here yet: get one above, and its pictures appear here as points.";
const FLAT = "This needs at least three pictures that differ in more than one way.";
const FAILED = "This browser could not start the computation. Reload the page to try again.";
const HINT = "Point at a dot, or tap it, to see its picture.";

/** While the pen draws, numbers are written so often; the point itself moves in every frame. */
const WRITE_MS = 100;

/**
 * @param {{data: Data, parentElement: ShadowRoot,
 *          setTriggerValue: import("../place_picture.js").SetTrigger}} component
 */
export default function show({ data, parentElement, setTriggerValue }) {
  const projection = instanceFor(parentElement, createProjection);
  projection.onPlace = (vector) => placePicture(setTriggerValue, vector);
  projection.set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createProjection(root) {
  const summary = find(root, ".summary", HTMLElement);
  const progress = find(root, "progress", HTMLProgressElement);
  const body = find(root, ".body", HTMLElement);
  const paper = find(root, ".paper", HTMLElement);
  const ownLine = find(root, ".own-line", HTMLElement);
  const ownLabel = find(paper, ".own b", HTMLElement);
  const heading = find(root, ".heading", HTMLElement);
  const coordinatesLine = find(root, ".coordinates", HTMLElement);
  const announcement = find(root, ".announcement", HTMLElement);
  const place = find(root, ".place", HTMLButtonElement);
  const picture = find(root, ".picture canvas", HTMLCanvasElement);
  const paintPicture = createPainter(picture);
  const [paintAcross, paintUp] = ["across", "up"].map((name) =>
    createSignedPainter(find(root, `.components .${name}`, HTMLCanvasElement)),
  );
  const scatter = createScatter({
    canvas: find(paper, "canvas", HTMLCanvasElement),
    own: find(paper, ".own", HTMLElement),
    meant: find(paper, ".meant", HTMLElement),
  });
  const legend = createChoice(find(root, ".legend", HTMLFieldSetElement), (value) => {
    only = value === "" ? null : Number(value);
    points.reset();
    paint();
  });
  const writeOwn = createThrottle(tellOwn, WRITE_MS);
  const projector = createProjector({ onProgress, onFound, onFailure: () => tell(FAILED) });
  const instance = { set, end, onPlace: (/** @type {Vector} */ _vector) => {} };
  /** @type {DataSet | null} */ let dataSet = null;
  /** @type {DataSet | null} The one that the Worker was asked about. */ let asked = null;
  /** @type {Projection | null} */ let found = null;
  /** @type {Place[]} */ let places = [];
  /** @type {(number | null)[]} */ let digits = [];
  /** @type {(across: number, up: number) => Place} */ let toPlace = () => ({ x: 0.5, y: 0.5 });
  /** @type {Vector} */ let own = new Uint8Array(LENGTH);
  /** @type {Place} */ let ownPlace = { x: 0.5, y: 0.5 };
  /** @type {number | null} */ let only = null;
  /** @type {number | null} Which point is meant. */ let meant = null;
  let isExample = false;
  let isSeen = false;

  /** @param {Data} data */
  function set(data) {
    isExample = data.isExample;
    grid.receive(data.pixels);
    writeOwn.set(null, true);
  }

  /** @param {string} text Shown in the place of the map. */
  function tell(text) {
    body.hidden = true;
    progress.hidden = true;
    write(summary, text);
  }

  function askIfSeen() {
    if (!dataSet || countOf(dataSet) === 0) tell(NO_SET);
    else if (isSeen && asked !== dataSet) {
      asked = dataSet;
      tell("Adding up the pictures …");
      progress.hidden = false;
      projector.ask(dataSet);
    }
  }

  /** @param {number} share */
  function onProgress(share) {
    progress.value = share;
  }

  /** @param {Projection} projection */
  function onFound(projection) {
    found = projection.components ? projection : null;
    if (!projection.components) {
      tell(FLAT);
      return;
    }
    const { set: of, numbers, components, coordinates } = projection;
    toPlace = scaleFor(coordinates, ASPECT);
    places = numbers.map((_, at) => toPlace(coordinates[2 * at], coordinates[2 * at + 1]));
    digits = numbers.map((number) => targetOf(of, number));
    only = null;
    progress.hidden = true;
    body.hidden = false;
    write(summary, summaryOf(projection));
    write(announcement, summary.textContent ?? "");
    const weights = components.components;
    const largest = Math.max(...weights.map(largestOf));
    paintAcross(weights[0], largest);
    paintUp(weights[1], largest);
    write(find(root, ".scale", HTMLElement), scaleOf(largest));
    showLegend(of);
    points.reset();
    paint();
    follow(own, false);
  }

  /** @param {DataSet} of */
  function showLegend(of) {
    const fieldset = find(root, ".legend", HTMLFieldSetElement);
    fieldset.hidden = of.targets === null;
    const there = [...new Set(digits)].filter((digit) => digit !== null).sort();
    const options = there.map((digit) => ({ value: String(digit), title: String(digit) }));
    legend.show([{ value: "", title: "all" }, ...options], "");
    for (const input of fieldset.querySelectorAll("input")) {
      const colour = input.value === "" ? "transparent" : DIGIT_COLOURS[Number(input.value)];
      input.parentElement?.style.setProperty("--colour", colour);
    }
  }

  function paint() {
    scatter.show(places, digits, only);
  }

  /** @param {Vector} vector @param {boolean} isDrawing */
  function follow(vector, isDrawing) {
    own = vector;
    if (isDrawing) isExample = false;
    if (!found?.components || !isSeen) return;
    ownPlace = toPlace(...coordinatesOf(vector, found.components));
    scatter.moveOwn(ownPlace);
    writeOwn.set(null, !isDrawing);
  }

  function tellOwn(/** @type {null} */ _) {
    if (!found?.components) return;
    const [across, up] = coordinatesOf(own, found.components).map((each) => formatNumber(each, 2));
    const whose = isExample ? "The example" : "Your digit";
    write(ownLabel, isExample ? "example" : "yours");
    write(
      ownLine,
      `${whose}: ${across} across, ${up} up. Each is the sum of ${LENGTH} products, (feature − mean) × weight.`,
    );
  }

  /** @param {number | null} at Which point is meant. @param {boolean} isPinned */
  function point(at, isPinned) {
    meant = at;
    place.hidden = at === null;
    picture.hidden = at === null;
    if (at === null || !found) {
      scatter.mark(null, null, false);
      heading.classList.remove("written");
      write(heading, HINT);
      write(coordinatesLine, "");
      return;
    }
    const number = found.numbers[at];
    const target = digits[at];
    scatter.mark(places[at], target, isPinned);
    paintPicture(pictureOf(found.set, number));
    const meaning = meaningOf(found.set, number);
    write(heading, `Number ${grouped(number)}${meaning && ", "}${meaning}`);
    showWriter(heading, found.set, number);
    const [across, up] = [0, 1].map((axis) => formatNumber(found?.coordinates[2 * at + axis] ?? 0, 2));
    write(coordinatesLine, `${across} across, ${up} up`);
    write(announcement, `${heading.textContent}: ${coordinatesLine.textContent}`);
  }

  place.addEventListener("click", () => {
    if (meant !== null && found) instance.onPlace(pictureOf(found.set, found.numbers[meant]));
  });
  const points = listenForPoints(paper, {
    aspect: ASPECT,
    placesNow: () => places,
    ownPlace: () => ownPlace,
    isMeant: (at) => only === null || digits[at] === only,
    onPoint: point,
  });
  const stopWatching = watchSight(find(root, ".projection", HTMLElement), (isNow) => {
    isSeen = isNow;
    askIfSeen();
    follow(own, false);
  });
  const stopHearing = dataSets.subscribe(({ chosen }) => {
    if (chosen === dataSet) return;
    dataSet = chosen;
    found = null;
    if (chosen === null) asked = null;
    askIfSeen();
  });
  const grid = createDrawnGrid(follow); // last: it may call back at once

  function end() {
    stopHearing();
    stopWatching();
    grid.end();
    writeOwn.end();
    scatter.end();
    projector.end();
  }

  return instance;
}
