// The paper of a photo, with a frame and a number at each digit found. A box can be drawn on it, with
// the pointer or by keys.

import { find } from "../browser/elements.js";
import { endInstance, instanceFor } from "../browser/instances.js";
import { afterKey, boxBetween, described, isMeant } from "./box.js";
import { sidesOfLabels } from "./labels.js";

/**
 * @typedef {import("./box.js").Box} Box
 * @typedef {{paper: string, marks: [number, ...Box][]}} Data `paper` is the picture's address; each
 *   of the `marks` has the digit's number and place.
 */

const KEYS =
  "Box around a digit: arrow keys move it, with Shift they size it, Enter reads what is in it, " +
  "Escape drops it";

/**
 * @param {{data: Data, parentElement: ShadowRoot,
 *          setTriggerValue: (name: string, value: unknown) => void}} component The trigger "box" is
 *   a box that has just been drawn.
 */
export default function show({ data, parentElement, setTriggerValue }) {
  const photo = instanceFor(parentElement, createPhoto);
  photo.onBox = (box) => setTriggerValue("box", box);
  photo.set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createPhoto(root) {
  // The dialog's Tab key knows no elements inside of a shadow root, only the one that has it.
  const host = /** @type {HTMLElement} */ (root.host);
  const paper = find(root, ".paper", HTMLElement);
  const picture = find(root, "img", HTMLImageElement);
  const marks = find(root, ".marks", HTMLElement);
  const frame = find(root, ".box", HTMLElement);
  const where = find(root, ".where", HTMLElement);
  const ended = new AbortController();
  const photo = { set, end: () => ended.abort(), onBox: (/** @type {Box} */ _box) => {} };
  /** @type {Box[]} */ let boxes = []; // of the marks
  /** @type {{x: number, y: number} | null} */ let start = null;
  /** @type {Box | null} */ let drawn = null; // which keys can change

  /** @param {Data} data */
  function set(data) {
    if (picture.src !== data.paper) picture.src = data.paper;
    picture.alt = `The photo's paper with ${data.marks.length} digits marked`;
    marks.replaceChildren(...data.marks.map(([number, ...box]) => markOf(number, box)));
    boxes = data.marks.map(([, ...box]) => box);
    arrangeLabels();
    drop();
  }

  function arrangeLabels() {
    const labels = [...marks.querySelectorAll("b")];
    const sizes = labels.map((label) => label.getBoundingClientRect());
    const sides = sidesOfLabels(boxes, picture.getBoundingClientRect(), sizes);
    labels.forEach((label, index) => (label.className = sides[index]));
  }

  function drop() {
    drawn = null;
    frame.hidden = true;
    where.textContent = "";
  }

  /** @param {PointerEvent} event */
  function begin(event) {
    if (!event.isPrimary || event.button) return;
    drop();
    start = { x: event.clientX, y: event.clientY };
    paper.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event @returns {Box | null} */
  function boxTo(event) {
    if (!start || !event.isPrimary) return null;
    const end = { x: event.clientX, y: event.clientY };
    return boxBetween(start, end, picture.getBoundingClientRect());
  }

  /** @param {PointerEvent} event */
  function stretch(event) {
    const box = boxTo(event);
    if (!box) return;
    place(frame, box);
    frame.hidden = !isMeant(box);
  }

  /** @param {PointerEvent} event */
  function finish(event) {
    const box = boxTo(event);
    start = null;
    if (!box || !isMeant(box)) return;
    drawn = box;
    photo.onBox(box);
  }

  function cancel() {
    start = null;
    drop();
  }

  /** @param {KeyboardEvent} event */
  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const after = afterKey(drawn, event.key, event.shiftKey);
    if (after) {
      drawn = after;
      place(frame, drawn);
      frame.hidden = false;
      where.textContent = described(drawn);
    } else if (drawn && event.key === "Enter") {
      photo.onBox(drawn);
    } else if (drawn && event.key === "Escape") {
      drop();
      where.textContent = described(null);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation(); // Escape would close the dialog
  }

  paper.addEventListener("pointerdown", begin);
  paper.addEventListener("pointermove", stretch);
  paper.addEventListener("pointerup", finish);
  paper.addEventListener("pointercancel", cancel);
  host.addEventListener("keydown", press, { signal: ended.signal });
  const resizing = new ResizeObserver(arrangeLabels);
  resizing.observe(picture);
  ended.signal.addEventListener("abort", () => resizing.disconnect());
  host.tabIndex = 0;
  host.role = "application"; // so that a screen reader leaves the arrow keys to it
  host.ariaLabel = KEYS;
  return photo;
}

/** @param {number} number @param {Box} box */
function markOf(number, box) {
  const mark = document.createElement("span");
  const label = document.createElement("b");
  label.textContent = String(number);
  mark.append(label);
  place(mark, box);
  return mark;
}

/** @param {HTMLElement} element @param {Box} box */
function place(element, [top, left, height, width]) {
  Object.assign(element.style, {
    top: percent(top),
    left: percent(left),
    height: percent(height),
    width: percent(width),
  });
}

/** @param {number} share */
function percent(share) {
  return `${100 * share}%`;
}
