// Decides which grid the views show: the one that the server sent, the one that the user is
// changing, or the one that is being drawn.

import { LENGTH, isSame } from "../browser/arrays.js";
import { decode, encode } from "../browser/pixel_codec.js";

/** @typedef {import("../browser/arrays.js").Vector} Vector */

/** Changes are collected this long before they are sent. */
const COLLECT_MS = 150;

/** A change is shown this long whatever else the server sends, until it sends back the change. */
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
 * @property {(pixels: string) => void} send Sends a changed grid to the server, in base64.
 */

/**
 * @param {Pen} pen
 * @param {Outputs} outputs
 */
export function createShownGrid(pen, outputs) {
  /** @type {Vector} */ let vector = new Uint8Array(LENGTH);
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let sending;
  /** @type {{pixels: string, at: number} | null} What was sent and has not come back yet. */
  let sent = null;
  /** The server's last answer: a grid, and the same drawing as drawn. */
  let answer = { pixels: vector, drawn: vector };

  return {
    get vector() {
      return vector;
    },

    /**
     * Shows what the server sends, unless the user has changed something in the meantime.
     * @param {import("./grid_channel.js").SentGrid} grid
     */
    receive({ pixels, drawn }) {
      answer = { pixels: decode(pixels), drawn: decode(drawn ?? pixels) };
      if (pen.isFollowing) {
        takeAnswer();
        return;
      }
      if (sending !== undefined) return;
      if (sent && pixels !== sent.pixels && performance.now() - sent.at < TRUST_MS) return;
      sent = null;
      draw(answer.pixels);
    },

    /** @param {Vector} drawn What is on the canvas at this moment. */
    showAsDrawn(drawn) {
      outputs.follow(true);
      if (!isSame(drawn, vector)) draw(drawn);
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
      draw(edited);
      clearTimeout(sending);
      sending = setTimeout(() => {
        sending = undefined;
        sent = { pixels: encode(vector), at: performance.now() };
        outputs.send(sent.pixels);
      }, COLLECT_MS);
    },
  };

  /** Once the pen is lifted and the server has seen what is on the canvas, its answer counts. */
  function takeAnswer() {
    if (!pen.isWaiting || !(isSame(answer.drawn, vector) || pen.isTooLate)) return;
    stopFollowing();
    const before = vector;
    draw(answer.pixels);
    outputs.move(before, vector);
  }

  function stopFollowing() {
    pen.stop();
    outputs.follow(false);
  }

  /** @param {Vector} pixels */
  function draw(pixels) {
    vector = pixels;
    outputs.draw(vector);
  }
}
