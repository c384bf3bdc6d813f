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
import { createCalculation, isSameKernel, kernelText } from "./calculation.js";
import { createChoice } from "./choice.js";
import { convolve, productsAt, relu } from "./convolve.js";
import { convolved } from "./convolved.js";
import { decimalsOf, farthest, format, formatShort, unitsOf } from "./exact.js";
import { createMap, createMapPainter, keysOf } from "./map.js";
import { WINDOW, centreOf, nearestTo, pixelsAt, placesOf, windowAt } from "./places.js";
import { denseText, sizeText, weightsText } from "./sizes.js";
import { createWalk } from "./walk.js";

/**
 * @typedef {import("./calculation.js").Kernel} Kernel
 *
 * @typedef {{title: string, weights: number[], bias: number}} Preset
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
    (padding) => setPlaces(placesOf(padding, places.stride)),
  );
  const pressStride = createChoice(
    find(root, ".stride", HTMLElement),
    [1, 2].map((stride) => ({ title: String(stride), value: stride })),
    (stride) => setPlaces(placesOf(places.padding, stride)),
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
    const options = kernels.map(({ title, weights, bias }) => {
      const value = { weights: weights.map(unitsOf), bias: unitsOf(bias) };
      return { title, value, hint: kernelText(value) };
    });
    pressKernel = createChoice(find(root, ".kernels", HTMLElement), options, setKernel);
    setKernel(options[first].value);
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

  /** @param {Kernel} to */
  function setKernel(to) {
    kernel = to;
    calculation.set(to);
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
    write(find(root, ".formula", Element), sizeText(places));
    write(find(root, ".own", Element), weightsText(side));
    write(find(root, ".dense", Element), denseText(side));
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
    const { side } = places;
    convolved.publish({
      values: outputs, side, decimals: decimals(), farthest: range(), place: walk.at, isLive,
    }); // prettier-ignore
    if (isLive && !isSeen) return;
    const place = pointed ?? walk.at;
    paintDigit(vector);
    paintMade(outputs, side, range(), walk.shown);
    digitMap.mark("window-mark", windowAt(places, place), WINDOW);
    digitMap.mark("pin", pinned === null ? null : placeOf(pinned));
    madeMap.mark("cell-mark", rowAndColumn(place));
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
    const { side } = places;
    calculation.show({
      pixels: pixelsAt(places, place).map((pixel) => (pixel === null ? null : vector[pixel])),
      products: productsAt(vector, places, kernel.weights, place),
      decimals: decimals(),
      farthest: range(),
    });
    const size = `${side} × ${side}, full colour from ${formatShort(range())}`;
    write(find(root, ".size", Element), size);
    // What changes all the time is not read out.
    said.setAttribute("aria-live", isLive || walk.isMoving ? "off" : "polite");
    write(said, describe(place));
    walk.describe(describe(walk.at));
  }

  /** @param {number} place @returns {string} */
  function describe(place) {
    const centre = centreOf(places, place);
    const from = placeOf(centre);
    const to = rowAndColumn(place);
    const isPinned = centre === pinned ? " (pinned)" : "";
    return (
      `Window around row ${from.row}, column ${from.column}${isPinned} → ` +
      `output row ${to.row}, column ${to.column}: ${format(outputs[place], decimals())}`
    );
  }

  /** @param {number} place */
  function rowAndColumn(place) {
    return { row: Math.floor(place / places.side), column: place % places.side };
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
