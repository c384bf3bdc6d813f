// Reads the ink off the canvas, the stroke in progress included.

import { PIXEL_MAX } from "../browser/arrays.js";
import { inkOf } from "../browser/ink.js";
import { contextOf } from "../browser/painter.js";

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

    /**
     * @param {Layers} layers
     * @returns {{ink: Uint8Array, side: number}} The ink of each point, row by row, and how many
     *   points a row has.
     */
    read({ lower, upper }) {
      if (canvas.width !== lower.width) canvas.width = canvas.height = lower.width;
      context.globalCompositeOperation = "copy";
      context.drawImage(lower, 0, 0);
      context.globalCompositeOperation = "source-over";
      context.drawImage(upper, 0, 0); // the stroke in progress
      const side = canvas.width;
      return { ink: inkOf(context.getImageData(0, 0, side, side).data), side };
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
