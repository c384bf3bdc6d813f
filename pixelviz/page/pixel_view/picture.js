// The picture: a canvas with one point for each pixel.

import { SIDE, indexOf, placeOf } from "../browser/arrays.js";
import { find } from "../browser/elements.js";
import { createPainter } from "../browser/painter.js";
import { boundingBox } from "./bounding_box.js";
import { cellAt, createMarks } from "./marks.js";

/** @typedef {import("../browser/arrays.js").Vector} Vector */

const MOVE_MS = 300;

/** @param {HTMLElement} element */
export function createPicture(element) {
  const canvas = find(element, "canvas", HTMLCanvasElement);
  const marks = createMarks(element, (index) => {
    const { row, column } = placeOf(index);
    return { left: column / SIDE, top: row / SIDE };
  });
  return {
    element,
    draw: createPainter(canvas),
    point: marks.point,
    pin: marks.pin,
    reveal: () => {},

    /** @param {MouseEvent} event */
    indexAt(event) {
      const box = element.getBoundingClientRect();
      const column = cellAt(event.clientX - box.left, box.width, SIDE);
      const row = cellAt(event.clientY - box.top, box.height, SIDE);
      return indexOf(row, column);
    },

    /**
     * Shows the digit moving from where it was to where it is.
     * @param {Vector} before
     * @param {Vector} now What the picture shows already.
     */
    move(before, now) {
      const from = boundingBox(before);
      const to = boundingBox(now);
      if (!from || !to || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
      const scale = Math.max(from.width, from.height) / Math.max(to.width, to.height);
      const [right, down] = [from.x - scale * to.x, from.y - scale * to.y];
      if (scale === 1 && right === 0 && down === 0) return;
      const translate = `${(100 * right) / SIDE}% ${(100 * down) / SIDE}%`;
      canvas.animate(
        [
          { translate, scale: String(scale) },
          { translate: "0 0", scale: "1" },
        ],
        { duration: MOVE_MS, easing: "ease-in-out" },
      );
    },
  };
}
