// Guards the strokes on the canvases: each canvas hears of one pen, and of nothing else.
//
// Without this, a stroke is lost where another button or another finger interferes, where the system
// takes the finger away, or where the page places something on the canvas while it is being drawn.

import { canvasUnder, keepEventsFrom, keyOf, sendToCanvas, stopTrusted } from "./third_party_dom.js";

/** A finger or a palm that has moved less than this, in the window's pixels, is resting. */
const REST_PX = 4;

/** With so many points a stroke is ended and goes on as another one: a message has to hold it. */
const POINTS_MAX = 2000;

/** The canvas sends a stroke so long after its end, and is given a little longer here. */
const SENT_MS = 250;

/** The canvas has this long to load what the page places on it. */
const LOAD_MS = 3000;

/** @typedef {import("./third_party_dom.js").CanvasKey} CanvasKey */

/** @typedef {{x: number, y: number}} Point In shares of the canvas. */

/**
 * @typedef {object} Stroke
 * @property {HTMLCanvasElement} canvas
 * @property {Point[]} points
 * @property {boolean} isEnded
 */

/**
 * @typedef {object} Placed What the page has placed on its canvas.
 * @property {number} number Another one for each time.
 * @property {boolean} isLoaded Whether the canvas has told the server that it has loaded it.
 * @property {number} size How many strokes it has.
 * @property {number | null} contained How many strokes of the canvas are part of it, where a stroke
 *   was the reason for placing it; null where a click was.
 */

/**
 * @typedef {object} Listener
 * @property {(canvas: HTMLCanvasElement) => void} begin
 * @property {() => void} move
 * @property {() => void} end
 */

/** @type {Set<Listener>} */
const listeners = new Set();

/** @type {{id: number, stroke: Stroke, restedAt: Point | null} | null} The pointer that draws. */
let pen = null;

/**
 * @typedef {object} Guard What is known of one of the canvases.
 * @property {Stroke[]} recent The strokes on it since the last click elsewhere.
 * @property {number} earlier How many strokes it had before those.
 * @property {Placed | null} placed
 * @property {ReturnType<typeof setTimeout> | undefined} loading Runs while it is loading.
 */

/** @type {Record<CanvasKey, Guard>} */
const guards = { canvas: unplaced(), zip_canvas: unplaced() };

/** @type {HTMLCanvasElement | null} The canvas that was not yet told of the end of its stroke. */
let pressed = null;

/** Whether the mouse button was released, but the browser's event of that is still to come. */
let isMouseupDue = false;

let endedAt = -Infinity;
let isGuarding = false;

/** Guards the strokes from now on. */
export function guardStrokes() {
  if (isGuarding) return;
  isGuarding = true;
  addEventListener("pointerdown", putDown, { capture: true });
  addEventListener("pointermove", move, { capture: true });
  addEventListener("pointerup", lift, { capture: true });
  addEventListener("pointercancel", lift, { capture: true });
  addEventListener("keydown", forget, { capture: true });
  addEventListener("mousemove", (event) => (pen || pressed) && stopTrusted(event), {
    capture: true,
  });
  addEventListener("mouseup", stopMouseup, { capture: true });
}

/** @param {MouseEvent} event */
function stopMouseup(event) {
  if (pen || (pressed && isMouseupDue)) stopTrusted(event);
  if (event.isTrusted) isMouseupDue = false;
}

/**
 * Tells of each stroke from now on.
 * @param {Listener} listener
 * @returns {() => void} What ends that.
 */
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Returns how long it takes until the canvas has sent the last stroke, in milliseconds. */
export function msUntilSent() {
  return Math.max(0, endedAt + SENT_MS - performance.now());
}

/**
 * Lets strokes that have begun in the meantime outlast what the page places on a canvas: they are
 * drawn again once the canvas has loaded it.
 * @param {Placed} now
 * @param {CanvasKey} key Which canvas.
 */
export function followPlacements(now, key) {
  const guard = guards[key];
  const before = guard.placed;
  guard.placed = now;
  if (before === null) guard.earlier = now.size;
  if (before !== null && before.number !== now.number) {
    clearTimeout(guard.loading);
    guard.loading = setTimeout(drawAgain, LOAD_MS, guard);
  }
  if (guard.loading !== undefined && now.isLoaded) drawAgain(guard);
}

/** @returns {Guard} */
function unplaced() {
  return { recent: [], earlier: 0, placed: null, loading: undefined };
}

/** @param {Guard} guard */
function drawAgain(guard) {
  clearTimeout(guard.loading);
  guard.loading = undefined;
  if (!guard.placed) return;
  const { contained, size } = guard.placed;
  if (contained !== null) guard.recent = guard.recent.slice(Math.max(0, contained - guard.earlier));
  guard.earlier = size;
  for (const stroke of guard.recent.filter(({ canvas }) => canvas.isConnected)) {
    stroke.points.forEach((point, index) => send(stroke, index ? "mousemove" : "mousedown", point));
    if (stroke.isEnded) send(stroke, "mouseup", stroke.points[stroke.points.length - 1]);
  }
}

/** What the person does elsewhere may place something: the strokes so far are part of what was. */
function forget() {
  if (pen) return;
  for (const guard of Object.values(guards)) {
    guard.earlier += guard.recent.length;
    guard.recent = [];
  }
}

/** @param {PointerEvent} event */
function putDown(event) {
  const canvas = canvasUnder(event);
  if (!canvas) {
    forget();
    return;
  }
  keepEventsFrom(canvas);
  if (event.button !== 0 || (pen && pen.restedAt === null)) return;
  const stroke = { canvas, points: [shareOf(canvas, event)], isEnded: false };
  const isFinger = event.pointerType === "touch";
  pen = { id: event.pointerId, stroke, restedAt: isFinger ? { x: event.x, y: event.y } : null };
  if (!isFinger) begin(stroke);
}

/** @param {PointerEvent} event */
function move(event) {
  if (pen?.id !== event.pointerId) return;
  if (event.pointerType === "mouse" && !(event.buttons & 1)) {
    lift(event);
    return;
  }
  if (pen.restedAt) {
    if (Math.hypot(event.x - pen.restedAt.x, event.y - pen.restedAt.y) < REST_PX) return;
    pen.restedAt = null;
    begin(pen.stroke);
  }
  const { stroke } = pen;
  const point = shareOf(stroke.canvas, event);
  stroke.points.push(point);
  tell(stroke, "mousemove", point);
  if (stroke.points.length < POINTS_MAX) {
    listeners.forEach((listener) => listener.move());
    return;
  }
  end(stroke);
  pen.stroke = { canvas: stroke.canvas, points: [point], isEnded: false };
  begin(pen.stroke);
}

/** @param {PointerEvent} event */
function lift(event) {
  if (pen?.id !== event.pointerId) return;
  const { stroke, restedAt } = pen;
  pen = null;
  isMouseupDue = event.pointerType === "mouse";
  if (restedAt) begin(stroke); // a tap
  end(stroke);
}

/** @param {Stroke} stroke */
function begin(stroke) {
  guards[keyOf(stroke.canvas)].recent.push(stroke);
  tell(stroke, "mousedown", stroke.points[0]);
  listeners.forEach((listener) => listener.begin(stroke.canvas));
}

/** @param {Stroke} stroke */
function end(stroke) {
  stroke.isEnded = true;
  endedAt = performance.now();
  tell(stroke, "mouseup", stroke.points[stroke.points.length - 1]);
  listeners.forEach((listener) => listener.end());
}

/**
 * Tells the canvas of its pen; while it is loading, it will be told later.
 * @param {Stroke} stroke
 * @param {"mousedown" | "mousemove" | "mouseup"} name
 * @param {Point} point
 */
function tell(stroke, name, point) {
  if (guards[keyOf(stroke.canvas)].loading === undefined) send(stroke, name, point);
}

/**
 * @param {Stroke} stroke
 * @param {"mousedown" | "mousemove" | "mouseup"} name
 * @param {Point} point
 */
function send({ canvas }, name, { x, y }) {
  pressed = name === "mouseup" ? null : canvas;
  const box = canvas.getBoundingClientRect();
  sendToCanvas(canvas, name, { x: box.left + x * box.width, y: box.top + y * box.height });
}

/** @param {HTMLCanvasElement} canvas @param {PointerEvent} event @returns {Point} */
function shareOf(canvas, event) {
  const box = canvas.getBoundingClientRect();
  return { x: (event.x - box.left) / box.width, y: (event.y - box.top) / box.height };
}
