// A picture as a small canvas.

import { SIDE } from "../browser/arrays.js";
import { createPainter } from "../browser/painter.js";

/**
 * @param {import("../browser/arrays.js").Vector} vector
 * @returns {HTMLCanvasElement} Of 28 × 28 points; what stands beside it says what it shows.
 */
export function smallPicture(vector) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  canvas.setAttribute("aria-hidden", "true");
  createPainter(canvas)(vector);
  return canvas;
}
