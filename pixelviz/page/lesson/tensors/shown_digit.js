// What all parts of the chapter show: the digit, live, and one pixel of it. That is the one that is
// pointed at in the chapter, else the pinned one, else a grey one.

import { createChannel } from "../../browser/channel.js";
import { createDrawnGrid } from "../../browser/drawn_grid.js";
import { pinnedPixel } from "../../browser/pinned_pixel.js";
import { createThrottle } from "../../browser/throttle.js";
import { greyPixel } from "./grey_pixel.js";

/**
 * @typedef {object} ShownDigit
 * @property {import("../../browser/arrays.js").Vector} vector
 * @property {number} index Of the pixel that is shown.
 * @property {number | null} pinned Of the pinned one.
 * @property {boolean} isDrawing Whether the pen is down.
 */

/** How long after one picture the next may come, while the pen draws. */
const FOLLOW_MS = 80;

/** @type {ReturnType<typeof createChannel<{index: number | null}>>} */
export const pointedPixel = createChannel();

/**
 * @param {(shown: ShownDigit) => void} show
 * @param {Element} [element] What shows it. As long as that is out of sight, it does not follow the pen
 *   before it is lifted.
 */
export function createShownDigit(show, element) {
  const throttle = createThrottle(show, FOLLOW_MS);
  /** @type {import("../../browser/arrays.js").Vector | null} */ let vector = null;
  let isDrawing = false;
  let isSeen = true;
  let grey = 0;
  /** @type {number | null} */ let pointed = null;
  /** @type {number | null} */ let pinned = null;

  function update() {
    if (!vector || (isDrawing && !isSeen)) return;
    throttle.set({ vector, index: pointed ?? pinned ?? grey, pinned, isDrawing }, !isDrawing);
  }

  const sight = element && new IntersectionObserver((entries) => {
    isSeen = entries.at(-1)?.isIntersecting ?? true;
    update();
  });
  if (element) sight?.observe(element);
  const stopPointing = pointedPixel.subscribe(({ index }) => {
    pointed = index;
    update();
  });
  const stopPinning = pinnedPixel.subscribe(({ index }) => {
    pinned = index;
    update();
  });
  const grid = createDrawnGrid((drawn, isDown) => {
    grey = greyPixel(drawn, vector && isDown ? grey : null); // once the pen is lifted, the greyest
    vector = drawn;
    isDrawing = isDown;
    update();
  });

  return {
    receive: grid.receive,

    end() {
      throttle.end();
      sight?.disconnect();
      stopPointing();
      stopPinning();
      grid.end();
      pointedPixel.publish({ index: null });
    },
  };
}
