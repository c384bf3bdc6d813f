// The digit, moved pixel by pixel with the arrow keys while it has the focus, and what the chosen model
// reads in it, computed in the browser.

import { LENGTH, isSame } from "../../browser/arrays.js";
import { find, write } from "../../browser/elements.js";
import { endInstance, instanceFor } from "../../browser/instances.js";
import { createNetworkClient } from "../../browser/network/network_client.js";
import { createPainter } from "../../browser/painter.js";
import { decode } from "../../browser/pixel_codec.js";
import { predictionOf } from "../../browser/prediction.js";
import { isAnswerHidden } from "../../browser/third_party_dom.js";
import { inWords } from "../../browser/wording.js";
import { moveWithKey, shift } from "./shift.js";

/**
 * @typedef {import("../../prediction/panel.js").Model} Model
 *
 * @typedef {{pixels: string, rows: number, columns: number, placed: number, farthest: number,
 *            model: Model | null}} Data
 *   `pixels` is the unmoved grid's 784 bytes, row by row, in base64; `rows` and `columns` are how
 *   far it is moved; `placed` grows with each move that did not come from here; `farthest` is how
 *   far it can be moved; `model` is the chosen one, unless its answer is hidden.
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
  const reads = find(root, "output", HTMLElement);
  const networks = createNetworkClient({
    onLogits: tell,
    onReady: ask,
    onFailure: () => write(reads, ""),
  });
  const mover = { set, end: networks.end, onMove: (/** @type {[number, number]} */ _moved) => {} };
  /** @type {import("../../browser/arrays.js").Vector} */ let vector = new Uint8Array(LENGTH);
  /** @type {[number, number]} */ let moved = [0, 0];
  let farthest = 0;
  /** @type {number | null} */ let placed = null;
  /** @type {Model | null} */ let model = null;

  /** @param {Data} data */
  function set(data) {
    const next = decode(data.pixels);
    if (data.model?.name !== model?.name || !isSame(next, vector)) write(reads, "");
    vector = next;
    farthest = data.farthest;
    model = data.model;
    if (model) networks.want(model.name, model.address);
    // Between two quick keys comes the answer to the first: it must not take the second back.
    if (data.placed !== placed) {
      moved = [data.rows, data.columns];
      placed = data.placed;
    }
    paint();
  }

  function paint() {
    paintVector(shift(vector, ...moved));
    ask();
  }

  function ask() {
    if (model) networks.ask(shift(vector, ...moved), [model.name]);
  }

  /** @param {import("../../browser/network/network_client.js").Answer} answer */
  function tell({ vector: asked, name, logits }) {
    if (model?.name !== name || !isSame(asked, shift(vector, ...moved))) return;
    if (isAnswerHidden()) return;
    const said = asked.some(Boolean) ? inWords(predictionOf(logits, model.threshold)) : "";
    write(reads, said && `${model.title}: ${said}`);
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
