// The first layer of the network: its learned filters, the map that each makes of the digit, and one
// number of the chosen map worked out.

import { LENGTH, SIDE, indexOf, placeOf } from "../../../browser/arrays.js";
import { find, write } from "../../../browser/elements.js";
import { createPainter } from "../../../browser/painter.js";
import { pinnedPixel } from "../../../browser/pinned_pixel.js";
import { watchSight } from "../../../browser/sight.js";
import { largestOf } from "../../../browser/signed_colours.js";
import { createMap, createMapPainter, keysOf } from "../by_hand/map.js";
import { originOf } from "./origin.js";
import { createSheet } from "./sheet.js";
import { short } from "./summary.js";
import { createWindowCalculation } from "./window_calculation.js";

/** @typedef {import("../../../browser/network/layers.js").Layer} Layer */
/** @typedef {import("../../../browser/network/layers.js").Tensor} Tensor */

/** @param {ParentNode} root */
export function createFirstLayer(root) {
  const said = find(root, "output", HTMLElement);
  const digit = find(root, ".digit .map", HTMLElement);
  const made = find(root, ".made .map", HTMLElement);
  const paintDigit = createPainter(find(digit, "canvas", HTMLCanvasElement));
  const paintMade = createMapPainter(find(made, "canvas", HTMLCanvasElement));
  const calculation = createWindowCalculation(root);
  const choose = (/** @type {number} */ index) => chooseFilter(index % filters());
  const filterSheet = createSheet(find(root, ".filters", HTMLElement), { onChoose: choose });
  const mapSheet = createSheet(find(root, ".maps", HTMLElement), { onChoose: choose });
  /** @type {import("../../../browser/arrays.js").Vector} */ let vector = new Uint8Array(LENGTH);
  /** @type {Layer | null} */ let layer = null;
  /** @type {Tensor | null} */ let input = null;
  /** @type {Tensor | null} */ let output = null;
  let isLive = false;
  let isSeen = true; // whether the chosen map and its numbers are
  let filter = 0;
  let place = 0; // the index into one map
  /** @type {number | null} The place that is pointed at. */ let pointed = null;
  /** @type {number | null} */ let pinned = null;

  const keys = keysOf(
    () => ({ index: place, side: side() }),
    goTo,
    (key) => pin(key === "Enter" ? centreOf(place) : pinned),
  );
  const digitMap = createMap(digit, {
    onPoint: (pixel) => point(pixel === null ? null : nearestTo(pixel)),
    onClick: (pixel) => pin(centreOf(nearestTo(pixel))),
    onKey: keys,
  });
  const madeMap = createMap(made, {
    onPoint: point,
    onClick: (index) => pin(centreOf(index)),
    onKey: keys,
  });
  digitMap.setSide(SIDE, 1);
  const stopPinning = pinnedPixel.subscribe(({ index }) => {
    if (index === pinned) return;
    pinned = index;
    if (index !== null && layer) place = nearestTo(index);
    showPlace();
  });

  const stopWatching = watchSight(find(root, ".stage", HTMLElement), (isNow) => {
    isSeen = isNow;
    if (isSeen) showMap();
  });

  const side = () => layer?.shape[1] ?? 1;
  const filters = () => layer?.shape[2] ?? 1;
  const rows = () => layer?.weights.kernel.shape[0] ?? 1;

  /** @param {number} index Into one map. @returns {number} The pixel at the window's centre. */
  function centreOf(index) {
    const half = Math.floor(rows() / 2);
    return indexOf(Math.floor(index / side()) + half, (index % side()) + half);
  }

  /** @param {number} pixel @returns {number} The place whose window's centre is nearest to it. */
  function nearestTo(pixel) {
    const { row, column } = placeOf(pixel);
    const half = Math.floor(rows() / 2);
    const nearest = (/** @type {number} */ at) => Math.min(Math.max(at - half, 0), side() - 1);
    return nearest(row) * side() + nearest(column);
  }

  /** @param {number | null} index */
  function point(index) {
    if (index === pointed) return;
    pointed = index;
    showPlace();
  }

  /** @param {number} index */
  function goTo(index) {
    place = index;
    showPlace();
  }

  /** Pins a pixel, or takes the pin off where it is already. @param {number | null} pixel */
  function pin(pixel) {
    pinnedPixel.publish({ index: pixel === pinned ? null : pixel });
  }

  /** @param {number} index */
  function chooseFilter(index) {
    filter = index;
    showMap();
  }

  /** @returns {Float32Array} The chosen map, row by row. */
  function chosenMap() {
    return everyOf(output?.values ?? new Float32Array(0), filters(), filter);
  }

  function showMap() {
    if (!layer || !input || !output) return;
    filterSheet.choose(filter, true);
    mapSheet.choose(filter, true);
    const map = chosenMap();
    paintDigit(vector);
    paintMade(map, side(), largestOf(output?.values ?? []));
    write(find(root, ".chosen-map", Element), `Map ${filter}`);
    const largest = `${side()} × ${side()}, the largest number is ${short(Math.max(...map))}`;
    write(find(root, ".map-size", Element), largest);
    showPlace();
  }

  function showPlace() {
    if (!layer || !input || !output) return;
    const shown = pointed ?? place;
    const origin = originOf(layer, input, shown * filters() + filter);
    const weights = everyOf(layer.weights.kernel.values, filters(), filter);
    calculation.show(origin, largestOf(weights));
    const [row, column] = [Math.floor(shown / side()), shown % side()];
    digitMap.mark("window-mark", { row, column }, rows());
    digitMap.mark("pin", pinned === null ? null : placeOf(pinned));
    madeMap.mark("cell-mark", { row, column });
    said.setAttribute("aria-live", isLive ? "off" : "polite");
    const centre = placeOf(centreOf(shown));
    write(
      said,
      `Filter ${filter}, window around row ${centre.row}, column ${centre.column} → map row ${row}, ` +
        `column ${column}: ${short(origin.output)}`,
    );
  }

  return {
    /** @param {Layer} first @param {number} columns How many maps stand in one line. */
    setLayer(first, columns) {
      layer = first;
      const [height, width] = first.weights.kernel.shape;
      filterSheet.setShape([height, width, filters()], columns);
      filterSheet.paint(first.weights.kernel.values);
      mapSheet.setShape(first.shape, columns);
      madeMap.setSide(side(), 1);
      calculation.setSize(height, width);
      const size = `${height} × ${width}`;
      write(find(root, ".filters-size", Element), `${filters()} of ${size} weights, as the network has learned them`);
      write(find(root, ".maps-size", Element), `${filters()} maps of ${first.shape[0]} × ${side()} numbers`);
      if (output) mapSheet.paint(output.values);
    },

    /**
     * @param {import("../../../browser/arrays.js").Vector} asked
     * @param {Tensor} into What goes into the layer.
     * @param {Tensor} from What comes out of it.
     * @param {boolean} isDrawing
     */
    show(asked, into, from, isDrawing) {
      const isFirst = output === null;
      [vector, input, output, isLive] = [asked, into, from, isDrawing];
      if (isFirst) {
        const best = from.values.indexOf(Math.max(...from.values));
        filter = best % filters();
        place = pinned === null ? Math.floor(best / filters()) : nearestTo(pinned);
      }
      mapSheet.paint(from.values, isLive);
      if (isSeen || !isLive) showMap();
    },

    end() {
      stopPinning();
      stopWatching();
      filterSheet.end();
      mapSheet.end();
    },
  };
}

/**
 * @param {Float32Array} values
 * @param {number} step
 * @param {number} first
 * @returns {Float32Array} Every so many of them, from the first one on.
 */
function everyOf(values, step, first) {
  return Float32Array.from({ length: values.length / step }, (_, at) => values[at * step + first]);
}
