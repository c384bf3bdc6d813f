// Follows the pen: while a stroke is being drawn, and until the server has answered to it, the drawing
// is read off the canvas before each frame, so that the views change as the pen moves.

import { asDrawn } from "../browser/raster.js";
import { listen } from "../browser/strokes.js";
import { layersOf, onceStrokeIsDrawn } from "../browser/third_party_dom.js";
import { createReader } from "./canvas_reader.js";

/** @typedef {import("../browser/third_party_dom.js").Layers} Layers */

/**
 * @typedef {object} Drawing
 * @property {Uint8Array} ink How dark each point of the canvas is, row by row: 0 paper, 255 full ink.
 * @property {number} side How many points its rows have.
 * @property {import("../browser/arrays.js").Vector} drawn The grid as drawn.
 */

/** The server has this long to answer to a stroke; after that any answer since the stroke will do. */
const ANSWER_MS = 3000;

/**
 * @param {(drawing: Drawing) => void} show Called before each frame with what is drawn, from the
 *   moment when the pen is put down until `stop` is called.
 */
export function createFollower(show) {
  const reader = createReader();
  /** @type {Layers | null} */ let layers = null;
  /** @type {number | null} When the pen was lifted; null while it is down. */ let lifted = null;
  let hasMoved = false;
  /** @type {() => unknown} Calls off the next reading. */ let cancel = () => {};

  const follower = {
    get isFollowing() {
      return layers !== null;
    },
    get isWaiting() {
      return layers !== null && lifted !== null;
    },
    get isTooLate() {
      return lifted !== null && performance.now() - lifted > ANSWER_MS;
    },
    stop() {
      layers = null;
      cancel();
    },
    end() {
      follower.stop();
      stopListening();
    },
  };

  /** @param {HTMLCanvasElement} canvas */
  function begin(canvas) {
    const found = layersOf(canvas);
    if (!found || !reader.isReliable()) return;
    layers = found;
    lifted = null;
    hasMoved = true;
    cancel();
    readInNextFrame();
  }

  function move() {
    hasMoved = true;
  }

  function end() {
    if (!layers || lifted !== null) return;
    lifted = performance.now();
    cancel();
    cancel = onceStrokeIsDrawn(frame);
  }

  function readInNextFrame() {
    const request = requestAnimationFrame(frame);
    cancel = () => cancelAnimationFrame(request);
  }

  function frame() {
    if (!layers) return;
    readInNextFrame();
    try {
      if (hasMoved || lifted !== null) {
        const { ink, side } = reader.read(layers);
        show({ ink, side, drawn: asDrawn(ink, side) });
      }
      hasMoved = false;
    } catch {
      follower.stop(); // a browser may refuse to have a canvas read: the server's answer is enough
    }
  }

  const stopListening = listen({ begin, move, end });
  return follower;
}
