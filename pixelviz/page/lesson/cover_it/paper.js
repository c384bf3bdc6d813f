// Pictures of the grid on which a patch lies: its place is pointed at, dragged, or moved by keys.

import { SIDE, indexOf, placeOf } from "../../browser/arrays.js";
import { find } from "../../browser/elements.js";
import { placeAfterKey } from "./patches.js";

/**
 * Shows where the patch lies on a picture.
 * @param {HTMLElement} picture It gets an element of the class `patch`.
 */
export function createPatchMark(picture) {
  const mark = document.createElement("div");
  mark.className = "patch";
  picture.append(mark);
  let shown = "";
  return {
    /** @param {number} place @param {number} size @param {boolean} isPinned */
    show(place, size, isPinned) {
      const next = `${place} ${size} ${isPinned}`;
      if (next === shown) return; // a style that is set is computed anew
      shown = next;
      const { row, column } = placeOf(place);
      const [left, top] = [column - (size - 1) / 2, row - (size - 1) / 2];
      mark.style.width = mark.style.height = `${(100 * size) / SIDE}%`;
      mark.style.transform = `translate(${(100 * left) / size}%, ${(100 * top) / size}%)`;
      mark.classList.toggle("pinned", isPinned);
    },

    /** @param {boolean} isHidden */
    setHidden(isHidden) {
      mark.hidden = isHidden;
    },
  };
}

/** @param {PointerEvent | MouseEvent} event @param {Element} picture @returns {number} The place. */
export function placeAt(event, picture) {
  const box = picture.getBoundingClientRect();
  /** @param {number} point @param {number} length */
  const cell = (point, length) =>
    Math.min(Math.max(Math.floor((SIDE * point) / length), 0), SIDE - 1);
  return indexOf(
    cell(event.clientY - box.top, box.height),
    cell(event.clientX - box.left, box.width),
  );
}

/**
 * Listens for another place of the patch on a picture.
 * @param {HTMLElement} picture
 * @param {object} listener
 * @param {(place: number) => void} listener.onPlace
 * @param {() => void} listener.onLeave Called when the pointer leaves the picture.
 */
export function listenForPointer(picture, { onPlace, onLeave }) {
  picture.addEventListener("pointermove", (event) => onPlace(placeAt(event, picture)));
  picture.addEventListener("pointerdown", (event) => onPlace(placeAt(event, picture)));
  picture.addEventListener("pointerleave", onLeave);
}

/**
 * Listens for keys on a picture that has the focus.
 * @param {HTMLElement} picture
 * @param {object} listener
 * @param {() => number} listener.placeNow
 * @param {(place: number) => void} listener.onPlace
 * @param {Record<string, () => void>} listener.keys What other keys do.
 */
export function listenForKeys(picture, { placeNow, onPlace, keys }) {
  picture.addEventListener("keydown", (event) => {
    // With these the page's own buttons and the browser listen.
    if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    const place = placeAfterKey(event.key, placeNow());
    if (place !== null) onPlace(place);
    else if (Object.hasOwn(keys, event.key)) keys[event.key]();
    else return;
    event.preventDefault();
  });
}

/** @param {ParentNode} root @returns {HTMLElement} The picture of the digit. */
export function paperIn(root) {
  return find(root, ".paper", HTMLElement);
}
