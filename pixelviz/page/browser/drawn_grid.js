// What an open chapter works on: the grid that the models get, in every frame while the pen draws, or
// the example that the server sends where nothing is drawn.

import { isSame } from "./arrays.js";
import { modelInput } from "./model_input.js";
import { decode } from "./pixel_codec.js";

/** @typedef {import("./arrays.js").Vector} Vector */

/**
 * @param {(vector: Vector, isDrawing: boolean) => void} show Called with each other grid, and when the
 *   pen is put down or lifted.
 */
export function createDrawnGrid(show) {
  /** @type {Vector | null} */ let drawn = null;
  /** @type {Vector | null} */ let sent = null;
  /** @type {Vector | null} */ let shown = null;
  let wasDrawing = false;
  const stop = modelInput.subscribe(({ vector, isDrawing }) => {
    drawn = vector;
    update(isDrawing);
  });

  /** @param {boolean} isDrawing */
  function update(isDrawing) {
    const vector = drawn?.some(Boolean) ? drawn : sent;
    if (!vector || (shown && isSame(shown, vector) && wasDrawing === isDrawing)) return;
    shown = vector;
    wasDrawing = isDrawing;
    show(vector, isDrawing);
  }

  return {
    /** @param {string} pixels What the server sends: the grid, or an example, in base64. */
    receive(pixels) {
      sent = decode(pixels);
      update(wasDrawing);
    },

    end: stop,
  };
}
