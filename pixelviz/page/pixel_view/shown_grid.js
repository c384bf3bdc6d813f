// Decides which grid the views show: the one that the server sent, the one that the user is
// changing, or the one that is being drawn.

import { LENGTH, isSame } from "../browser/arrays.js";
import { decode, encode } from "../browser/pixel_codec.js";
import { toGrid } from "../browser/raster.js";

/** @typedef {import("../browser/arrays.js").Vector} Vector */
/** @typedef {import("./pen_follower.js").Drawing} Drawing */
/** @typedef {import("../browser/raster.js").Framing} Framing */

/** Changes are collected this long before they are sent. */
const COLLECT_MS = 150;

/** A change is shown this long, until the server sends something that is based on it or later. */
export const TRUST_MS = 3000;

/**
 * @typedef {object} Pen What is known of the pen on the canvas.
 * @property {boolean} isFollowing Whether the grid as drawn is being shown.
 * @property {boolean} isWaiting Whether the pen was lifted, and the server's answer is awaited.
 * @property {boolean} isTooLate Whether that has taken too long.
 * @property {() => void} stop Ends the following.
 */

/**
 * @typedef {object} Outputs
 * @property {(vector: Vector) => void} draw Shows another grid.
 * @property {(before: Vector, now: Vector) => void} move Shows how the digit moves into its frame.
 * @property {(isFollowing: boolean) => void} follow Says whether the grid is shown as drawn.
 * @property {(vector: Vector, isDrawing: boolean) => void} feed Says what the models get.
 * @property {(change: Change) => void} send Sends a changed grid to the server.
 */

/** @typedef {{pixels: string, number: number}} Change A changed grid in base64, and the placement on
 *   the canvas that was changed. */

/**
 * @param {Pen} pen
 * @param {Outputs} outputs
 */
export function createShownGrid(pen, outputs) {
  /** @type {Vector} */ let vector = new Uint8Array(LENGTH);
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let sending;
  /** @type {{change: Change, at: number} | null} What was sent and has not come back yet. */
  let sent = null;
  /** The server's last answer: a grid, and the same drawing as drawn. */
  let answer = { pixels: vector, drawn: vector, number: 0 };
  /** @type {Framing} */ let framing = "mnist";
  /** Whether it came after the pen was lifted. */
  let isNew = false;
  /** The placement on the canvas that the grid is based on. */
  let number = 0;

  return {
    get vector() {
      return vector;
    },

    /**
     * Shows what the server sends, unless the user has changed something in the meantime.
     * @param {import("./grid_channel.js").SentGrid} grid
     */
    receive({ pixels, drawn, framing: chosen, number: placed }) {
      framing = chosen;
      answer = { pixels: decode(pixels), drawn: decode(drawn ?? pixels), number: placed };
      isNew = pen.isWaiting;
      if (pen.isFollowing) {
        takeAnswer();
        return;
      }
      if (sending !== undefined || isOutdated(pixels, placed)) return;
      sent = null;
      show();
    },

    /** @param {Drawing} drawing What is on the canvas at this moment. */
    showAsDrawn({ ink, side, drawn }) {
      outputs.follow(true);
      if (!pen.isWaiting) isNew = false;
      if (!isSame(drawn, vector)) draw(drawn);
      outputs.feed(framing === "drawn" ? drawn : toGrid(ink, side, framing), !pen.isWaiting);
      takeAnswer();
    },

    /**
     * Changes one pixel, here at once and on the server soon.
     * @param {number} index
     * @param {number} value 0 to 255.
     */
    edit(index, value) {
      if (vector[index] === value) return;
      stopFollowing();
      const edited = vector.slice();
      edited[index] = value;
      drawAndFeed(edited);
      clearTimeout(sending);
      sending = setTimeout(send, COLLECT_MS);
    },

    /** Sends a change at once, before the visitor does something else. */
    flush() {
      if (sending !== undefined) send();
    },
  };

  function send() {
    clearTimeout(sending);
    sending = undefined;
    sent = { change: { pixels: encode(vector), number }, at: performance.now() };
    outputs.send(sent.change);
  }

  /** @param {string} pixels @param {number} placed @returns {boolean} */
  function isOutdated(pixels, placed) {
    if (!sent || performance.now() - sent.at >= TRUST_MS) return false;
    return pixels !== sent.change.pixels && placed <= sent.change.number;
  }

  /**
   * Once the pen is lifted and the server has seen what is on the canvas, its answer counts. So does
   * another one after some time, as a server may see the canvas in another way; but while there is
   * none, what was drawn stays.
   */
  function takeAnswer() {
    const isFitting = isSame(answer.drawn, vector) || (isNew && pen.isTooLate);
    if (!pen.isWaiting || !isFitting) return;
    stopFollowing();
    const before = vector;
    show();
    outputs.move(before, vector);
  }

  /** Shows the server's last answer. */
  function show() {
    number = answer.number;
    drawAndFeed(answer.pixels);
  }

  function stopFollowing() {
    pen.stop();
    outputs.follow(false);
  }

  /** @param {Vector} pixels What is not being drawn. */
  function drawAndFeed(pixels) {
    draw(pixels);
    outputs.feed(pixels, false);
  }

  /** @param {Vector} pixels */
  function draw(pixels) {
    vector = pixels;
    outputs.draw(vector);
  }
}
