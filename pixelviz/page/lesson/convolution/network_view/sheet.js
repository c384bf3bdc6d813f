// A sheet: all numbers of a layer's output as colours, on one canvas. One of them is chosen.

import { PIXEL_MAX } from "../../../browser/arrays.js";
import { find } from "../../../browser/elements.js";
import { contextOf } from "../../../browser/painter.js";
import { watchSight } from "../../../browser/sight.js";
import { largestOf, signedColour } from "../../../browser/signed_colours.js";
import { indexAfterKey, indexAt, layoutOf, pointOf, sizeOf } from "./sheet_layout.js";

/** @typedef {import("../../../browser/network/layers.js").Tensor} Tensor */

const LEVELS = 256;

/** How large a number's cell is at most, in pixels of the window: one of a map, one of a line. */
const [MAP_CELL_MAX_PX, CELL_MAX_PX] = [6, 24];

/** The colours of so many levels, above 0 and below, as numbers of 32 bits: a sheet has thousands. */
const [ABOVE, BELOW] = [1, -1].map((sign) => coloursOf(sign));

/** @param {number} sign @returns {Uint32Array} */
function coloursOf(sign) {
  const bytes = Array.from({ length: LEVELS }, (_, level) => {
    const share = level / (LEVELS - 1);
    return [...signedColour(sign * share ** 2, 1), PIXEL_MAX]; // the colour takes the root of it
  });
  return new Uint32Array(Uint8Array.from(bytes.flat()).buffer);
}

/**
 * @param {HTMLElement} element Has a canvas and a mark.
 * @param {object} listener
 * @param {(index: number) => void} listener.onChoose Called with the index of the number that is clicked,
 *   or that an arrow key leads to.
 */
export function createSheet(element, { onChoose }) {
  const canvas = find(element, "canvas", HTMLCanvasElement);
  const context = contextOf(canvas);
  const mark = find(element, ".mark", HTMLElement);
  let layout = layoutOf([1], 1);
  let image = context.createImageData(1, 1);
  /** @type {Int32Array} By the index of a number, that of its point. */ let points = new Int32Array(1);
  let chosen = 0;
  /** Whether a whole map is chosen, not one number of it. */ let isWhole = false;
  let isSeen = true;
  const stopWatching = watchSight(element, (isNow) => {
    isSeen = isNow;
  });

  element.addEventListener("click", (event) => {
    const { width, height } = sizeOf(layout);
    const box = canvas.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * width;
    const y = ((event.clientY - box.top) / box.height) * height;
    const index = indexAt(layout, x, y);
    if (index !== null) onChoose(index);
  });
  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const next = isWhole ? mapAfterKey(event.key) : indexAfterKey(layout, chosen, event.key);
    if (next === null) return;
    event.preventDefault();
    onChoose(next);
  });

  /** @param {string} key @returns {number | null} */
  function mapAfterKey(key) {
    const maps = { ...layout, height: 1, width: 1, gap: 0 };
    return indexAfterKey(maps, chosen % layout.channels, key);
  }

  function showMark() {
    const { width, height } = sizeOf(layout);
    const { x, y } = pointOf(layout, isWhole ? chosen % layout.channels : chosen);
    mark.style.left = `${(100 * x) / width}%`;
    mark.style.top = `${(100 * y) / height}%`;
    mark.style.width = `${(100 * (isWhole ? layout.width : 1)) / width}%`;
    mark.style.height = `${(100 * (isWhole ? layout.height : 1)) / height}%`;
  }

  return {
    /** @param {number[]} shape Of the output. @param {number} columns How many maps stand in one line. */
    setShape(shape, columns) {
      layout = layoutOf(shape, columns);
      const { width, height } = sizeOf(layout);
      [canvas.width, canvas.height] = [width, height];
      element.style.aspectRatio = `${width} / ${height}`;
      element.style.maxWidth = `${width * (layout.gap ? MAP_CELL_MAX_PX : CELL_MAX_PX)}px`;
      image = context.createImageData(width, height);
      const count = layout.height * layout.width * layout.channels;
      points = Int32Array.from({ length: count }, (_, index) => {
        const { x, y } = pointOf(layout, index);
        return y * width + x;
      });
      showMark();
    },

    /**
     * @param {ArrayLike<number>} values
     * @param {boolean} [isLive] Whether others follow soon, so that only what is in sight is painted.
     */
    paint(values, isLive = false) {
      if (isLive && !isSeen) return;
      const largest = largestOf(values);
      const pixels = new Uint32Array(image.data.buffer);
      for (let index = 0; index < values.length; index += 1) {
        const value = values[index];
        const share = largest > 0 ? Math.sqrt(Math.abs(value) / largest) : 0;
        const level = Math.round(share * (LEVELS - 1));
        pixels[points[index]] = value > 0 ? ABOVE[level] : BELOW[level];
      }
      context.putImageData(image, 0, 0);
    },

    /**
     * Marks the chosen number, or the whole map that it is in.
     * @param {number | null} index
     * @param {boolean} [isMap]
     */
    choose(index, isMap = false) {
      mark.hidden = index === null;
      if (index === null) return;
      const isOther = index !== chosen || isMap !== isWhole;
      chosen = index;
      isWhole = isMap;
      showMark();
      if (isOther) reveal(mark);
    },

    end: stopWatching,
  };
}

/** Pushes the line that a mark is on sideways until the mark is in sight. @param {HTMLElement} mark */
function reveal(mark) {
  const line = mark.parentElement?.parentElement;
  if (!line || line.scrollWidth <= line.clientWidth) return;
  const [start, end] = [mark.offsetLeft, mark.offsetLeft + mark.offsetWidth];
  if (start < line.scrollLeft || end > line.scrollLeft + line.clientWidth) {
    line.scrollLeft = (start + end - line.clientWidth) / 2;
  }
}
