// The same filter everywhere: the digit moves, and the map moves along, while the units of a dense layer
// change.

import { grouped } from "../../../browser/counts.js";
import { LENGTH, PIXEL_MAX, SIDE } from "../../../browser/arrays.js";
import { createDrawnGrid } from "../../../browser/drawn_grid.js";
import { find, write } from "../../../browser/elements.js";
import { endInstance, instanceFor } from "../../../browser/instances.js";
import { fetchNetwork } from "../../../browser/network/fetched_network.js";
import { COMPUTE } from "../../../browser/network/layers.js";
import { createPainter } from "../../../browser/painter.js";
import { largestOf } from "../../../browser/signed_colours.js";
import { watchSight } from "../../../browser/sight.js";
import { createThrottle } from "../../../browser/throttle.js";
import { moveWithKey, shift } from "../../move_and_shuffle/shift.js";
import { createSheet } from "../network_view/sheet.js";
import { short } from "../network_view/summary.js";
import { compareAlong, compareUnits } from "./moved.js";
import { createOverlapped } from "./overlapped.js";

/**
 * @typedef {import("../../../browser/network/layers.js").Layer} Layer
 * @typedef {import("../../../browser/arrays.js").Vector} Vector
 * @typedef {import("../../../prediction/panel.js").Model} Model
 *
 * @typedef {{pixels: string, convolutional: Model, dense: Model, farthest: number}} Data `pixels` is the
 *   grid's 784 bytes in base64; `farthest` is how far the digit can be moved.
 */

/** While the pen draws, the layers are computed at most so often. */
const SHOW_MS = 60;

const MISSING = "This browser could not get the networks from the server. Reload the page to try again.";

/** @type {[string, string][]} */
const STEPS = [
  ["Left", "ArrowLeft"],
  ["Up", "ArrowUp"],
  ["Down", "ArrowDown"],
  ["Right", "ArrowRight"],
];

/** @param {{data: Data, parentElement: ShadowRoot}} component */
export default function show({ data, parentElement }) {
  instanceFor(parentElement, createSameFilter).set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createSameFilter(root) {
  const digit = find(root, ".digit .map", HTMLElement);
  const paintDigit = createPainter(find(digit, "canvas", HTMLCanvasElement));
  const [mapBefore, mapAfter] = [".before", ".after"].map((name) =>
    createOverlapped(find(root, name, HTMLElement)),
  );
  const sheet = createSheet(find(root, ".units .sheet", HTMLElement), { onChoose() {} });
  const slider = find(root, ".slider", HTMLInputElement);
  const along = find(root, ".along", HTMLElement);
  /** @type {Vector} */ let vector = new Uint8Array(LENGTH);
  /** @type {Data | null} */ let known = null;
  /** @type {{convolution: Layer, units: Layer} | null} */ let layers = null;
  /** @type {[number, number]} */ let moved = [0, 0];
  let isLive = false;
  let isSeen = false;
  const showing = createThrottle(showAll, SHOW_MS);
  const grid = createDrawnGrid((next, isDrawing) => {
    [vector, isLive] = [next, isDrawing];
    showing.set(null, !isDrawing);
  });

  const stopWatching = watchSight(find(root, ".experiment", HTMLElement), (isNow) => {
    isSeen = isNow;
    showAll();
  });

  const steps = find(root, ".steps", HTMLElement);
  for (const [title, key] of STEPS) steps.append(createButton(title, () => move(key)));
  steps.append(createButton("Back", () => moveTo([0, 0])));
  digit.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (move(event.key)) event.preventDefault();
  });
  slider.addEventListener("input", showAll);

  /** @param {string} key @returns {boolean} Whether it moves the digit. */
  function move(key) {
    const next = moveWithKey(key, moved, known?.farthest ?? 0);
    if (next) moveTo(next);
    return next !== null;
  }

  /** @param {[number, number]} to */
  function moveTo(to) {
    moved = to;
    showAll();
  }

  /** @param {Data} data */
  function set(data) {
    const isFirst = known === null;
    known = data;
    if (isFirst) load(data.convolutional.address, data.dense.address);
    grid.receive(data.pixels);
  }

  /** @param {(string | null | undefined)[]} addresses */
  function load(...addresses) {
    const fetched = addresses.map((address) =>
      address ? fetchNetwork(address) : Promise.reject(new Error("This model has no address.")),
    );
    Promise.all(fetched).then(
      ([convolutional, dense]) => {
        const convolution = convolutional.layers.find(({ kind }) => kind === "Conv2D");
        const units = dense.layers.find(({ kind }) => kind === "Dense");
        if (!convolution || !units) return;
        layers = { convolution, units };
        write(find(root, ".problem", HTMLElement), "");
        find(root, ".network", HTMLElement).hidden = false;
        slider.max = String(convolution.shape[2] - 1);
        sheet.setShape(units.shape, columnsOf(units.shape[0]));
        write(find(root, ".units-size", Element), `its first ${units.shape[0]} units`);
        showWeights(convolution);
        showAll();
      },
      (error) => {
        console.warn(error);
        write(find(root, ".problem", HTMLElement), MISSING);
      },
    );
  }

  /** @param {Layer} convolution */
  function showWeights({ shape, weights }) {
    const [rows, columns, channels, filters] = weights.kernel.shape;
    const numbers = shape.reduce((product, each) => product * each, 1);
    const own = (rows * columns * channels + 1) * filters;
    write(
      find(root, ".own", Element),
      `(${rows} × ${columns} + 1) × ${filters} = ${grouped(own)}`,
    );
    write(
      find(root, ".dense", Element),
      `(${LENGTH} + 1) × ${grouped(numbers)} = ${grouped((LENGTH + 1) * numbers)}`,
    );
  }

  function showAll() {
    if (!isSeen) return;
    const shifted = shift(vector, ...moved);
    paintDigit(shifted);
    const isMoved = moved.some(Boolean);
    write(find(root, ".moved", Element), isMoved ? `moved ${inWords(moved)}` : "not moved yet");
    if (!layers) return;
    const filter = slider.valueAsNumber;
    const { convolution, units } = layers;
    const [side] = convolution.shape;
    const alone = onlyFilter(convolution, filter);
    const [before, after] = [vector, shifted].map((picture) =>
      COMPUTE.Conv2D(tensorOf(picture, [SIDE, SIDE, 1]), alone),
    );
    const [rows, columns] = moved;
    mapBefore.show(before, side, largestOf(before), [-rows, -columns]);
    mapAfter.show(after, side, largestOf(before), moved);
    for (const title of root.querySelectorAll(".map-title")) write(title, `Map ${filter}`);
    const { compared, same } = compareAlong(before, after, side, moved);
    along.setAttribute("aria-live", isLive ? "off" : "polite");
    const rest = compared - same;
    const reason = rest > 0 ? `; ${rest} are not, as there some ink is over the edge.` : ".";
    write(
      along,
      isMoved
        ? `Digit moved ${inWords(moved)}. The framed parts of the two maps have ${compared} numbers each: ` +
            `${same} of them are exactly the same${reason}`
        : "Move the digit, with the buttons or with the arrow keys on the picture.",
    );
    const [unitsBefore, unitsAfter] = [vector, shifted].map((picture) =>
      COMPUTE.Dense(tensorOf(picture, [LENGTH]), units),
    );
    sheet.paint(unitsAfter);
    const { changed, active, byOnAverage } = compareUnits(unitsBefore, unitsAfter);
    write(
      find(root, ".apart", Element),
      isMoved
        ? `Dense network: of the ${active} units above 0 before the move or after it, ${changed} have changed, ` +
            `on average by ${short(byOnAverage)}.`
        : "",
    );
  }

  return {
    set,
    end() {
      grid.end();
      showing.end();
      stopWatching();
      sheet.end();
    },
  };
}

/** @param {Vector} picture @param {number[]} shape */
function tensorOf(picture, shape) {
  return { shape, values: Float32Array.from(picture, (value) => value / PIXEL_MAX) };
}

/**
 * @param {Layer} convolution
 * @param {number} filter
 * @returns {Layer} The layer with this filter alone: one map takes a fraction of the time of all.
 */
function onlyFilter({ shape, weights: { kernel, bias }, ...layer }, filter) {
  const [height, width, filters] = shape;
  const isIts = (/** @type {number} */ _, /** @type {number} */ index) => index % filters === filter;
  return {
    ...layer,
    shape: [height, width, 1],
    weights: {
      kernel: { shape: [...kernel.shape.slice(0, -1), 1], values: kernel.values.filter(isIts) },
      bias: { shape: [1], values: bias.values.filter(isIts) },
    },
  };
}

/** @param {number} count @returns {number} In how many columns so many units fill a rectangle. */
function columnsOf(count) {
  let columns = Math.ceil(Math.sqrt(count));
  while (count % columns) columns += 1;
  return columns;
}

/** @param {string} title @param {() => void} onClick */
function createButton(title, onClick) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = title;
  button.addEventListener("click", onClick);
  return button;
}

/** @param {[number, number]} moved @returns {string} */
function inWords([rows, columns]) {
  const down = `${Math.abs(rows)} ${rows < 0 ? "up" : "down"}`;
  return `${down}, ${Math.abs(columns)} ${columns < 0 ? "left" : "right"}`;
}
