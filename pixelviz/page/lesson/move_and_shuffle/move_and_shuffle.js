// The digit, moved pixel by pixel with the arrow keys while it has the focus.

import { LENGTH } from "../../browser/arrays.js";
import { find } from "../../browser/elements.js";
import { endInstance, instanceFor } from "../../browser/instances.js";
import { createPainter } from "../../browser/painter.js";
import { decode } from "../../browser/pixel_codec.js";
import { moveWithKey, shift } from "./shift.js";

/**
 * @typedef {{pixels: string, rows: number, columns: number, placed: number, farthest: number}} Data
 *   `pixels` is the unmoved grid's 784 bytes, row by row, in base64; `rows` and `columns` are how
 *   far it is moved; `placed` grows with each move that did not come from here; `farthest` is how
 *   far it can be moved.
 */

/**
 * @param {{data: Data, parentElement: ShadowRoot,
 *          setStateValue: (name: string, value: unknown) => void}} component The state "shift" is how
 *   far the digit is moved: rows, columns.
 */
export default function show({ data, parentElement, setStateValue }) {
  const mover = instanceFor(parentElement, createMover);
  mover.onMove = (moved) => setStateValue("shift", moved);
  mover.set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createMover(root) {
  const paper = find(root, ".paper", HTMLElement);
  const paintVector = createPainter(find(root, "canvas", HTMLCanvasElement));
  const mover = { set, end() {}, onMove: (/** @type {[number, number]} */ _moved) => {} };
  /** @type {import("../../browser/arrays.js").Vector} */ let vector = new Uint8Array(LENGTH);
  /** @type {[number, number]} */ let moved = [0, 0];
  let farthest = 0;
  /** @type {number | null} */ let placed = null;

  /** @param {Data} data */
  function set(data) {
    vector = decode(data.pixels);
    farthest = data.farthest;
    // Between two quick keys comes the answer to the first: it must not take the second back.
    if (data.placed !== placed) {
      moved = [data.rows, data.columns];
      placed = data.placed;
    }
    paint();
  }

  function paint() {
    paintVector(shift(vector, ...moved));
  }

  paper.addEventListener("keydown", (event) => {
    const next = event.shiftKey ? null : moveWithKey(event.key, moved, farthest);
    if (!next) return; // with Shift the page's buttons listen
    event.preventDefault();
    if (next[0] === moved[0] && next[1] === moved[1]) return;
    moved = next;
    paint();
    mover.onMove(moved);
  });
  return mover;
}
