// Hears of one pen on an element, whatever else touches the screen: as strokes.js in browser/ does for
// the main page's canvas.

/** @typedef {import("./strokes.js").Point} Point */

/** A finger or a palm that has moved less than this, in the window's pixels, is resting. */
const REST_PX = 4;

/**
 * @typedef {object} Listener
 * @property {(point: Point) => void} begin
 * @property {(point: Point) => void} move
 * @property {() => void} end
 * @property {() => boolean} isLocked Whether nothing can be drawn.
 */

/** @param {HTMLElement} element @param {Listener} listener */
export function hearOnePen(element, { begin, move, end, isLocked }) {
  /** @type {{id: number, start: Point, restedAt: {x: number, y: number} | null} | null} */ let pen = null;

  /** @param {PointerEvent} event @returns {Point} */
  function pointOf(event) {
    const box = element.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  }

  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || isLocked() || (pen && pen.restedAt === null)) return;
    const isFinger = event.pointerType === "touch";
    const restedAt = isFinger ? { x: event.clientX, y: event.clientY } : null;
    pen = { id: event.pointerId, start: pointOf(event), restedAt };
    if (!isFinger) begin(pen.start);
  });

  addEventListener("pointermove", (event) => {
    if (pen?.id !== event.pointerId) return;
    if (event.pointerType === "mouse" && !(event.buttons & 1)) {
      lift(event);
      return;
    }
    if (pen.restedAt) {
      const { x, y } = pen.restedAt;
      if (Math.hypot(event.clientX - x, event.clientY - y) < REST_PX) return;
      pen.restedAt = null;
      begin(pen.start);
    }
    move(pointOf(event));
  });

  /** @param {PointerEvent} event */
  function lift(event) {
    if (pen?.id !== event.pointerId) return;
    if (pen.restedAt && event.type === "pointerup") begin(pen.start); // a tap
    const isDrawn = !pen.restedAt || event.type === "pointerup";
    pen = null;
    if (isDrawn) end();
  }

  addEventListener("pointerup", lift);
  addEventListener("pointercancel", lift);
  // A palm beside the paper would scroll the page under the pen.
  document.addEventListener("touchmove", (event) => pen && event.cancelable && event.preventDefault(), {
    passive: false,
  });
  element.addEventListener("contextmenu", (event) => event.preventDefault());
}
