// The one place that knows what other packages' elements look like: those of Streamlit 1.67, of
// streamlit-drawable-canvas 0.13 and of Fabric.js 7.4, with which that package draws. None of it is
// documented, so each of them may change it in any version. Every function says what it relies on
// and what happens without it. tests/browser/test_contracts.py tells when an upgrade changes it.

import { SIDE } from "./arrays.js";

/** What a screen reader says of each canvas. */
export const CANVASES = new Map([
  [".st-key-canvas", "Canvas: draw a digit with mouse, pen or finger"],
  [".st-key-zip_canvas", "Canvas: write five digits with mouse, pen or finger"],
]);
const ANY_CANVAS = [...CANVASES.keys()].join(", ");

/**
 * Returns the element that holds a component's own HTML.
 *
 * Relies on Streamlit: the shadow root's first element is a box with the HTML in a box of its own,
 * and the style sheet beside that. Without it: null, and a page that stays open while its server is
 * updated shows parts of its views twice until it is reloaded.
 * @param {ShadowRoot} root
 * @returns {Element | null}
 */
export function htmlOf(root) {
  return root.firstElementChild?.firstElementChild ?? null;
}

/**
 * Returns what shows a canvas: the default export of drawable-canvas's own script.
 *
 * Relies on streamlit-drawable-canvas: its script exports that, and calls `setStateValue` whenever it
 * has loaded another drawing than its first one. Without it: no canvas; without the call, another
 * drawing that follows at once comes a second later.
 * @param {ShadowRoot} root The canvas's, whose HTML names the script.
 * @returns {Promise<any>}
 */
export async function canvasModule(root) {
  const link = root.querySelector("link[rel=modulepreload]");
  const module = await import(/** @type {HTMLLinkElement} */ (link).href);
  return module.default;
}

/**
 * Returns the canvas under the pointer, else null.
 *
 * Relies on Streamlit: a canvas's shadow root is open, so an event names the elements in it. On
 * Fabric.js: the pointer meets the one of its canvases that has the class `upper-canvas`. Without
 * it: null. Then nothing guards the strokes, and the views change when the server has answered, not
 * already while the pen draws.
 * @param {Event} event
 * @returns {HTMLCanvasElement | null}
 */
export function canvasUnder(event) {
  const path = event.composedPath();
  const [target] = path;
  const isOnCanvas = path.some((node) => node instanceof Element && node.matches(ANY_CANVAS));
  if (!isOnCanvas || !(target instanceof HTMLCanvasElement)) return null;
  return target.classList.contains("upper-canvas") ? target : null;
}

/** @typedef {"canvas" | "zip_canvas"} CanvasKey The page's canvas, or that of the chapter ZIP code. */

/**
 * @param {HTMLCanvasElement} canvas What `canvasUnder` returned.
 * @returns {CanvasKey} Which of the canvases it is.
 */
export function keyOf(canvas) {
  const root = canvas.getRootNode();
  const isMain = root instanceof ShadowRoot && root.host.closest(".st-key-canvas") !== null;
  return isMain ? "canvas" : "zip_canvas";
}

/**
 * Returns the page's canvas as it is now, with all finished strokes; null where it is not shown.
 *
 * Relies on Streamlit: the canvas's shadow root is open. On Fabric.js: the canvas with the finished
 * strokes has the class `lower-canvas`; on streamlit-drawable-canvas: it has `dc-canvas` as well, as
 * its background has not. Without it: null, and a reload loses the drawing.
 * @returns {HTMLCanvasElement | null}
 */
export function mainCanvas() {
  for (const element of document.querySelectorAll(".st-key-canvas *")) {
    const canvas = element.shadowRoot?.querySelector("canvas.dc-canvas.lower-canvas");
    if (canvas instanceof HTMLCanvasElement) return canvas;
  }
  return null;
}

/**
 * @typedef {{lower: HTMLCanvasElement, upper: HTMLCanvasElement}} Layers The page's canvas: `lower`
 *   has the finished strokes, `upper` the stroke in progress.
 */

/**
 * Returns the layers of the page's canvas.
 *
 * Relies on Fabric.js: beside the upper canvas there is a `lower-canvas`. On
 * streamlit-drawable-canvas: the canvas has as many points as it is wide. Without it: null, and the
 * views change when the server has answered, not already while the pen draws.
 * @param {HTMLCanvasElement} upper What `canvasUnder` returned.
 * @returns {Layers | null}
 */
export function layersOf(upper) {
  const lower = upper.parentElement?.querySelector("canvas.lower-canvas");
  if (!(lower instanceof HTMLCanvasElement) || keyOf(upper) !== "canvas") return null;
  return lower.width === lower.height && lower.width % SIDE === 0 ? { lower, upper } : null;
}

/**
 * Keeps a canvas from the browser's own events of mouse and fingers, for `sendToCanvas` to be all
 * that it hears of.
 *
 * Relies on Fabric.js: it draws by `mousedown` and `touchstart` on the upper canvas. Without it: it
 * hears of every event twice.
 * @param {HTMLCanvasElement} canvas What `canvasUnder` returned.
 */
export function keepEventsFrom(canvas) {
  if (kept.has(canvas)) return;
  kept.add(canvas);
  const options = { capture: true, passive: false };
  canvas.addEventListener("mousedown", stopTrusted, options);
  canvas.addEventListener("touchstart", (event) => event.preventDefault(), options);
  for (const name of ["touchstart", "touchmove", "touchend", "touchcancel"]) {
    canvas.addEventListener(name, stopTrusted, options);
  }
}

/** @type {WeakSet<HTMLCanvasElement>} */
const kept = new WeakSet();

/**
 * Keeps what a person does away from all that listens after this. What the page does itself passes.
 * @param {Event} event
 */
export function stopTrusted(event) {
  if (event.isTrusted) event.stopImmediatePropagation();
}

/**
 * Tells a canvas of its pen.
 *
 * Relies on Fabric.js: a stroke begins with `mousedown` on the upper canvas, and goes on and ends
 * with `mousemove` and `mouseup` there or outside; a second `mousedown` begins the same stroke anew.
 * On streamlit-drawable-canvas: it keeps Fabric.js listening to mouse events. Without it: nothing
 * can be drawn.
 * @param {HTMLCanvasElement} canvas What `canvasUnder` returned.
 * @param {"mousedown" | "mousemove" | "mouseup"} name
 * @param {{x: number, y: number}} point In the window's pixels.
 */
export function sendToCanvas(canvas, name, { x, y }) {
  canvas.dispatchEvent(
    new MouseEvent(name, {
      clientX: x,
      clientY: y,
      button: 0,
      buttons: name === "mouseup" ? 0 : 1,
      bubbles: true,
      cancelable: true,
      composed: true,
    }),
  );
}

/**
 * Calls a function as soon as the canvas holds a stroke that has just ended.
 *
 * Relies on Fabric.js: it wipes the upper layer at once, but draws the stroke on the lower one in the
 * next frame, so until then neither layer holds it. Without it: the stroke vanishes from the views
 * for a moment.
 * @param {() => void} call
 * @returns {() => unknown} What cancels it.
 */
export function onceStrokeIsDrawn(call) {
  let isWanted = true;
  requestAnimationFrame(() => setTimeout(() => isWanted && call())); // when the frame is done
  return () => (isWanted = false);
}

/** @type {WeakMap<Element, number>} How many points wide each canvas is. */
const points = new WeakMap();

/** Says how much larger than its points each canvas is shown: CSS cannot divide lengths. */
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const scale = target.clientWidth / (points.get(target) ?? target.clientWidth);
    if (target instanceof HTMLElement) target.style.setProperty("--scale", String(scale));
  }
});

/**
 * Gives a canvas a name and the scale at which it is shown, and keeps its own toolbar away from
 * pointer and Tab key.
 *
 * Relies on Streamlit: the canvas's shadow root is open. On streamlit-drawable-canvas: the toolbar
 * has the class `dc-toolbar`. On Fabric.js: the layer that is drawn on is an `upper-canvas`. Without
 * it: no stroke can begin in that corner, the Tab key stops at buttons that cannot be seen, and a
 * screen reader finds no canvas.
 * @param {Element} canvas
 * @param {string} name
 * @returns {boolean} Whether all of it is there.
 */
export function prepareCanvas(canvas, name) {
  const roots = [...canvas.querySelectorAll("*")].flatMap((element) => element.shadowRoot ?? []);
  const layers = roots.flatMap((root) => [...root.querySelectorAll("canvas.upper-canvas")]);
  const toolbars = roots.flatMap((root) => [...root.querySelectorAll(".dc-toolbar")]);
  layers.forEach((layer) => {
    layer.setAttribute("role", "img");
    layer.setAttribute("aria-label", name);
    points.set(canvas, /** @type {HTMLCanvasElement} */ (layer).width);
    sizes.observe(canvas);
  });
  toolbars.forEach((toolbar) => toolbar.setAttribute("inert", ""));
  return layers.length > 0 && toolbars.length > 0;
}

/**
 * Returns the input that holds a file for the dialog, and tells the server of it when it changes;
 * null while the dialog is closed.
 *
 * Relies on Streamlit: a file uploader has an input of the browser's own, and the class of its key.
 * Without it: null, and nothing happens to files dropped or pasted anywhere else on the page.
 * @returns {HTMLInputElement | null}
 */
export function uploadInput() {
  const input = document.querySelector(".st-key-upload input[type=file]");
  return input instanceof HTMLInputElement ? input : null;
}

/**
 * Returns the button that opens that dialog; null on a page that has none.
 *
 * Relies on Streamlit: a button has the class of its key. Without it: null, and nothing happens to
 * files dropped or pasted on the page while the dialog is closed.
 * @returns {HTMLElement | null}
 */
export function openButton() {
  const button = document.querySelector(".st-key-sources button");
  return button instanceof HTMLElement ? button : null;
}

/**
 * Returns whether the models' answers are hidden, for a class to guess first.
 *
 * Relies on Streamlit: a switch has the class of its key, and an input of the browser's own. Without
 * it: false, and an answer that comes while the server has not heard of the switch is seen.
 * @returns {boolean}
 */
export function isAnswerHidden() {
  return document.querySelector(".st-key-answer_hidden :checked") !== null;
}
