// Reads the grid as drawn off the canvas, the stroke in progress included.

import { PIXEL_MAX } from "../browser/arrays.js";
import { contextOf } from "../browser/painter.js";
import { average } from "./average.js";

/** @typedef {import("../browser/third_party_dom.js").Layers} Layers */

export function createReader() {
  const canvas = document.createElement("canvas");
  const context = contextOf(canvas, { willReadFrequently: true });
  /** @type {boolean | undefined} */ let isReliable;

  return {
    /**
     * @returns {boolean} Whether this browser reads from a canvas what was drawn on it. Some add
     *   noise against tracking, or refuse.
     */
    isReliable() {
      isReliable ??= readsWhatItDrew(context);
      return isReliable;
    },

    /** @param {Layers} layers @returns {import("../browser/arrays.js").Vector} */
    read({ lower, upper }) {
      if (canvas.width !== lower.width) canvas.width = canvas.height = lower.width;
      context.globalCompositeOperation = "copy";
      context.drawImage(lower, 0, 0);
      context.globalCompositeOperation = "source-over";
      context.drawImage(upper, 0, 0); // the stroke in progress
      return average(context.getImageData(0, 0, canvas.width, canvas.height).data, canvas.width);
    },
  };
}

/** @param {CanvasRenderingContext2D} context @returns {boolean} */
function readsWhatItDrew(context) {
  for (let grey = 0; grey <= PIXEL_MAX; grey += 1) {
    context.fillStyle = `rgb(${grey} ${grey} ${grey})`;
    context.fillRect(grey, 0, 1, 4);
  }
  try {
    const { data } = context.getImageData(0, 0, PIXEL_MAX + 1, 4);
    return data.every((value, index) => {
      const grey = Math.floor(index / 4) % (PIXEL_MAX + 1);
      return value === (index % 4 === 3 ? PIXEL_MAX : grey);
    });
  } catch {
    return false;
  }
}
