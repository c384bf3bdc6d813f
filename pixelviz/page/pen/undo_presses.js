// Counts how often Undo is asked for. Of two quick clicks on a button, the server would hear of one.

import { msUntilSent } from "../browser/strokes.js";
import { stopTrusted } from "../browser/third_party_dom.js";

const BUTTON = ".st-key-undo button";

/** Where the keys belong to what is being typed. */
const TYPED_INTO = "input, textarea, select, [contenteditable]";

let count = 0;
let isCounting = false;
/** @type {(count: number) => void} */ let report = () => {};

/**
 * Counts from now on.
 * @param {(count: number) => void} onCount Called with each new count, once the canvas has sent the
 *   stroke that is to be undone.
 */
export function countUndo(onCount) {
  report = onCount;
  if (isCounting) return;
  isCounting = true;
  addEventListener("click", click, { capture: true });
  addEventListener("keydown", press, { capture: true });
}

/** @param {MouseEvent} event */
function click(event) {
  const [target] = event.composedPath();
  if (!(target instanceof Element && target.closest(BUTTON))) return;
  stopTrusted(event);
  undo();
}

/** @param {KeyboardEvent} event */
function press(event) {
  if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey)) return;
  if (event.shiftKey || event.altKey) return;
  stopTrusted(event);
  const [target] = event.composedPath();
  if (target instanceof Element && target.matches(TYPED_INTO)) return;
  event.preventDefault();
  undo();
}

function undo() {
  count += 1;
  setTimeout(() => report(count), msUntilSent());
}
