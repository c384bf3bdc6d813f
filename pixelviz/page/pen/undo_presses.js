// Counts how often Undo is asked for. Of two quick clicks on a button, the server would hear of one.

import { msUntilSent } from "../browser/strokes.js";
import { canvasUnder, keyOf, stopTrusted } from "../browser/third_party_dom.js";

const BUTTON = ".st-key-undo button";

/** The chapter ZIP code has a canvas and an Undo of its own. */
const ZIP_UNDO = ".st-key-zip_undo button";

/** A part of a chapter in which something is done that can be undone has such a button. */
const OWN_UNDO = "[data-undo]";

/** Where the keys belong to what is being typed. */
const TYPED_INTO = "input, textarea, select, [contenteditable]";

let count = 0;
let isCounting = false;
let isZipDrawnOn = false;
/** The number of what the page has placed last. */
let placed = 0;
/** @type {(count: number, number: number) => void} */ let report = () => {};

/**
 * Counts from now on.
 * @param {number} number That of what the page has placed last.
 * @param {(count: number, number: number) => void} onCount Called with each new count, and the number
 *   at that time, once the canvas has sent the stroke that is to be undone.
 */
export function countUndo(number, onCount) {
  placed = number;
  report = onCount;
  if (isCounting) return;
  isCounting = true;
  addEventListener("click", click, { capture: true });
  addEventListener("keydown", press, { capture: true });
  addEventListener("pointerdown", noticeCanvas, { capture: true });
}

/** Notices which canvas is drawn on. @param {PointerEvent} event */
function noticeCanvas(event) {
  const canvas = canvasUnder(event);
  if (canvas) isZipDrawnOn = keyOf(canvas) === "zip_canvas";
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
  const ownUndo = ownUndoOf(event);
  const zipUndo = document.querySelector(ZIP_UNDO);
  if (ownUndo) ownUndo.click();
  else if (isZipDrawnOn && zipUndo instanceof HTMLElement) zipUndo.click();
  else undo();
}

/** @param {KeyboardEvent} event @returns {HTMLElement | null} The Undo of the component that has the focus. */
function ownUndoOf(event) {
  const root = event.composedPath().find((node) => node instanceof ShadowRoot);
  const button = root instanceof ShadowRoot ? root.querySelector(OWN_UNDO) : null;
  return button instanceof HTMLElement ? button : null;
}

function undo() {
  count += 1;
  const number = placed;
  setTimeout(() => report(count, number), msUntilSent());
}
