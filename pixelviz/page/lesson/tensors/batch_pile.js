// The pictures of the batch one behind the other, the person's own digit in front.

import { SIDE } from "../../browser/arrays.js";
import { createPainter } from "../../browser/painter.js";

/** @typedef {import("../../browser/arrays.js").Vector} Vector */

/** How far the last picture lies from the first one, in percent of the pile. */
const DEPTH = 40;

/** @param {HTMLElement} pile */
export function createBatchPile(pile) {
  const paintFirst = add(0);

  /** @param {number} place @returns {(vector: Vector) => void} What paints the picture there. */
  function add(place) {
    const canvas = pile.appendChild(document.createElement("canvas"));
    canvas.width = canvas.height = SIDE;
    canvas.style.setProperty("--place", String(place));
    return createPainter(canvas);
  }

  return {
    paint: paintFirst,

    /** @param {Vector[]} vectors Those of the others. */
    set(vectors) {
      for (const canvas of [...pile.querySelectorAll("canvas")].slice(1)) canvas.remove();
      vectors.forEach((vector, place) => add(place + 1)(vector));
      pile.style.setProperty("--step", `${DEPTH / Math.max(vectors.length, 1)}%`);
    },
  };
}
