// The convolution by hand: a window of 3 × 3 slides over the digit, and at each place a kernel makes one
// number of it, worked out beside it.

import { LENGTH, SIDE, placeOf } from "../../../browser/arrays.js";
import { createDrawnGrid } from "../../../browser/drawn_grid.js";
import { find, write } from "../../../browser/elements.js";
import { endInstance, instanceFor } from "../../../browser/instances.js";
import { createPainter } from "../../../browser/painter.js";
import { pinnedPixel } from "../../../browser/pinned_pixel.js";
import { watchSight } from "../../../browser/sight.js";
import { createThrottle } from "../../../browser/throttle.js";
import { createCalculation, isSameKernel, optionOf } from "./calculation.js";
import { createChoice } from "./choice.js";
import { convolve, productsAt, relu } from "./convolve.js";
import { convolved } from "./convolved.js";
import { decimalsOf, farthest, format } from "./exact.js";
import { keptSettings } from "./kept_settings.js";
import { createMap, createMapPainter, keysOf } from "./map.js";
import { WINDOW, centreOf, nearestTo, pixelsAt, placesOf, windowAt } from "./places.js";
import { tellSizes } from "./sizes.js";
import { createWalk } from "./walk.js";
import { coloursText, placeText, rowAndColumn } from "./words.js";

/**
 * @typedef {import("./calculation.js").Kernel} Kernel
 * @typedef {import("./calculation.js").Preset} Preset
 *
 * @typedef {{pixels: string, kernels: Preset[], first: number}} Data `pixels` is the grid's 784 bytes,
 *   row by row, in base64; `first` says which of the kernels the chapter begins with.
 */

const NUMBERS_MS = 60; // while the pen draws, the numbers follow after so long
const FRAME = SIDE + 2; // the frames of both pictures have room for a border of one pixel

/** @param {{data: Data, parentElement: ShadowRoot}} component */
export default function show({ data, parentElement }) {
  instanceFor(parentElement, createByHand).set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createByHand(root) {
  const said = find(root, "output", HTMLElement);
  const digit = find(root, ".digit .map", HTMLElement);
  const made = find(root, ".made .map", HTMLElement);
  const paintDigit = createPainter(find(digit, "canvas", HTMLCanvasElement));
  const paintMade = createMapPainter(find(made, "canvas", HTMLCanvasElement));
  const calculation = createCalculation(root, (to, hasRelu) => {
    kernel = to;
    isRelu = hasRelu;
    compute();
    keep();
  });
  const walk = createWalk(root, showPlace);
  const numbers = createThrottle(showNumbers, NUMBERS_MS);
  /** @type {import("../../../browser/arrays.js").Vector} */ let vector = new Uint8Array(LENGTH);
  /** @type {Kernel} */ let kernel = { weights: [], bias: 0 };
  let isRelu = calculation.hasRelu;
  let places = placesOf("valid", 1);
  /** In ten-thousandths, as all numbers here. @type {Float64Array} */
  let outputs = new Float64Array(places.side ** 2);
  let isLive = false; // whether the pen draws
  let isSeen = true;
  /** @type {number | null} The place that is pointed at. */ let pointed = null;
  /** @type {number | null} */ let pinned = null;
  /** @type {((isChosen: (value: Kernel) => boolean) => void) | null} */ let pressKernel = null;

  const pressPadding = createChoice(
    find(root, ".padding", HTMLElement),
    [
      { title: "valid", value: /** @type {const} */ ("valid") },
      { title: "same", value: /** @type {const} */ ("same") },
    ],
    keeping((padding) => setPlaces(placesOf(padding, places.stride))),
  );
  const pressStride = createChoice(
    find(root, ".stride", HTMLElement),
    [1, 2].map((stride) => ({ title: String(stride), value: stride })),
    keeping((stride) => setPlaces(placesOf(places.padding, stride))),
  );
  const keys = keysOf(
    () => ({ index: walk.at, side: places.side }),
    walk.goTo,
    (key) => pin(key === "Enter" ? centreOf(places, walk.at) : pinned),
  );
  const digitMap = createMap(digit, {
    onPoint: (pixel) => point(pixel === null ? null : nearestTo(places, pixel)),
    onClick: (pixel) => pin(centreOf(places, nearestTo(places, pixel))),
    onKey: keys,
  });
  const madeMap = createMap(made, {
    onPoint: point,
    onClick: (place) => pin(centreOf(places, place)),
    onKey: keys,
  });
  digitMap.setSide(SIDE, SIDE / FRAME);
  setPlaces(places);
  const stopWatching = watchSight(find(root, ".experiment", HTMLElement), (isNow) => {
    isSeen = isNow;
    if (isSeen) showPlace();
  });
  /** @type {ReturnType<typeof createDrawnGrid> | null} */ let grid = null;
  let stopPinning = () => {};

  /** @param {Data} data */
  function set(data) {
    grid ??= start(data);
    grid.receive(data.pixels);
  }

  /** @param {Data} data */
  function start({ kernels, first }) {
    const options = kernels.map(optionOf);
    pressKernel = createChoice(find(root, ".kernels", HTMLElement), options, keeping(setKernel));
    const kept = keptSettings.read();
    if (kept) calculation.hasRelu = isRelu = kept.isRelu;
    if (kept) setPlaces(placesOf(kept.padding, kept.stride));
    setKernel(kept ?? options[first].value);
    stopPinning = pinnedPixel.subscribe(showPin);
    return createDrawnGrid(showDigit);
  }

  /** @param {import("../../../browser/arrays.js").Vector} next @param {boolean} isDrawing */
  function showDigit(next, isDrawing) {
    const isFirst = !vector.some(Boolean);
    vector = next;
    isLive = isDrawing;
    compute();
    if (isFirst && pinned === null) walk.goTo(outputs.indexOf(Math.max(...outputs)));
  }

  /** @param {{index: number | null}} pin */
  function showPin({ index }) {
    if (index === pinned) return;
    pinned = index;
    if (index !== null) walk.goTo(nearestTo(places, index));
    showPlace();
  }

  /** @template To @param {(to: To) => void} change @returns {(to: To) => void} Which keeps it, too. */
  function keeping(change) {
    return (to) => {
      change(to);
      keep();
    };
  }

  function keep() {
    const { padding, stride } = places;
    keptSettings.keep({ ...kernel, isRelu, padding, stride });
  }

  /** @param {Kernel} to */
  function setKernel({ weights, bias }) {
    kernel = { weights, bias };
    calculation.set(kernel);
    compute();
  }

  /** @param {import("./places.js").Places} to */
  function setPlaces(to) {
    const centre = centreOf(places, walk.at);
    places = to;
    pointed = null;
    walk.setCount(places.side ** 2, nearestTo(places, pinned ?? centre));
    const { padding, stride, side } = places;
    pressPadding((value) => value === padding);
    pressStride((value) => value === stride);
    find(root, ".digit .frame", HTMLElement).classList.toggle("padded", places.padded > 0);
    madeMap.setSide(side, (side * stride) / FRAME);
    tellSizes(root, places);
    compute();
  }

  function compute() {
    if (!kernel.weights.length) return;
    const sums = convolve(vector, places, kernel.weights, kernel.bias);
    outputs = isRelu ? relu(sums) : sums;
    pressKernel?.((value) => isSameKernel(value, kernel));
    showPlace();
  }

  /** @param {number | null} place */
  function point(place) {
    if (place === pointed) return;
    if (place !== null && walk.shown < outputs.length) walk.goTo(walk.at); // all are to be seen
    pointed = place;
    showPlace();
  }

  /** Pins a pixel, or takes the pin off where it is already. @param {number | null} pixel */
  function pin(pixel) {
    pinnedPixel.publish({ index: pixel === pinned ? null : pixel });
  }

  function showPlace() {
    convolved.publish({
      values: outputs, side: places.side, decimals: decimals(), farthest: range(), place: walk.at, isLive,
    }); // prettier-ignore
    if (isLive && !isSeen) return;
    const place = pointed ?? walk.at;
    paintDigit(vector);
    paintMade(outputs, places.side, range(), walk.shown);
    digitMap.mark("window-mark", windowAt(places, place), WINDOW);
    digitMap.mark("pin", pinned === null ? null : placeOf(pinned));
    madeMap.mark("cell-mark", rowAndColumn(places, place));
    numbers.set(null, !isLive);
  }

  function decimals() {
    return decimalsOf([...kernel.weights, kernel.bias]);
  }

  function range() {
    return farthest(kernel.weights, kernel.bias, isRelu);
  }

  function showNumbers() {
    const place = pointed ?? walk.at;
    calculation.show({
      pixels: pixelsAt(places, place).map((pixel) => (pixel === null ? null : vector[pixel])),
      products: productsAt(vector, places, kernel.weights, place),
      decimals: decimals(),
      farthest: range(),
    });
    write(find(root, ".size", Element), coloursText(places.side, range(), isRelu));
    // What changes all the time is not read out.
    said.setAttribute("aria-live", isLive || walk.isMoving ? "off" : "polite");
    write(said, describe(place));
    walk.describe(describe(walk.at));
  }

  /** @param {number} place @returns {string} */
  function describe(place) {
    return placeText(places, place, pinned, format(outputs[place], decimals()));
  }

  return {
    set,
    end() {
      walk.end();
      numbers.end();
      grid?.end();
      stopPinning();
      stopWatching();
    },
  };
}
