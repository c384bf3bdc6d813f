// A picture with a cell for each number: it is pointed at, walked over by keys, and has a mark.

import { find } from "../../../browser/elements.js";
import { contextOf } from "../../../browser/painter.js";
import { signedColour } from "../../../browser/signed_colours.js";
import { cellAt } from "../../../pixel_view/marks.js";
import { indexAfterKey } from "./places.js";

const EMPTY = "#30363d"; // where no number is yet, unlike black for 0

/**
 * @typedef {object} Listener All indices are those of the map's own cells.
 * @property {(index: number | null) => void} onPoint
 * @property {(index: number) => void} onClick
 * @property {(event: KeyboardEvent) => boolean} onKey Returns whether the key was used.
 */

/** @param {HTMLElement} element Has a canvas, and marks. @param {Listener} listener */
export function createMap(element, { onPoint, onClick, onKey }) {
  let side = 1;
  /** @param {MouseEvent} event */
  const indexAt = ({ offsetX, offsetY }) =>
    cellAt(offsetY, element.clientHeight, side) * side + cellAt(offsetX, element.clientWidth, side);

  element.addEventListener("pointermove", (event) => onPoint(indexAt(event)));
  element.addEventListener("pointerleave", () => onPoint(null));
  element.addEventListener("click", (event) => onClick(indexAt(event)));
  element.addEventListener("keydown", (event) => {
    if (onKey(event)) event.preventDefault();
  });

  return {
    /** @param {number} cells Rows and columns. @param {number} share Of its frame that it fills. */
    setSide(cells, share) {
      side = cells;
      const size = `${100 * share}%`;
      if (element.style.width !== size) element.style.width = size;
    },

    /**
     * Puts a mark round some cells.
     * @param {string} name Its class.
     * @param {{row: number, column: number} | null} first Null hides it.
     * @param {number} [size] How many rows and columns it goes round.
     */
    mark(name, first, size = 1) {
      const { style } = find(element, `.mark.${name}`, HTMLElement);
      style.display = first ? "" : "none";
      if (!first) return;
      style.left = `${(100 * first.column) / side}%`;
      style.top = `${(100 * first.row) / side}%`;
      style.width = style.height = `${(100 * size) / side}%`;
    },
  };
}

/**
 * Returns what handles the keys of a map: arrows, Home and End lead on, Enter pins, Escape unpins.
 * @param {() => {index: number, side: number}} here
 * @param {(index: number) => void} goTo
 * @param {(key: "Enter" | "Escape") => void} [pin]
 * @returns {(event: KeyboardEvent) => boolean}
 */
export function keysOf(here, goTo, pin) {
  return ({ key, ctrlKey, metaKey, altKey, shiftKey }) => {
    if (ctrlKey || metaKey || altKey || shiftKey) return false;
    if (pin && (key === "Enter" || key === "Escape")) {
      pin(key);
      return true;
    }
    const { index, side } = here();
    const to = indexAfterKey(key, index, side);
    if (to !== null) goTo(to);
    return to !== null;
  };
}

/**
 * Returns what paints signed numbers, as many of them as there are so far.
 * @param {HTMLCanvasElement} canvas
 */
export function createMapPainter(canvas) {
  const context = contextOf(canvas);
  /** @param {ArrayLike<number>} values @param {number} side @param {number} farthest */
  return (values, side, farthest, shown = values.length) => {
    if (canvas.width !== side) canvas.width = canvas.height = side;
    const image = context.createImageData(side, side);
    for (let index = 0; index < values.length; index += 1) {
      image.data.set(signedColour(values[index], farthest), 4 * index);
      image.data[4 * index + 3] = index < shown ? OPAQUE : 0;
    }
    context.putImageData(image, 0, 0);
    context.globalCompositeOperation = "destination-over";
    context.fillStyle = EMPTY;
    context.fillRect(0, 0, side, side);
  };
}

const OPAQUE = 0xff;
