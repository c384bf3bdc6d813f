// Paints a vector on a canvas, one point of the canvas for each pixel.

import { PIXEL_MAX } from "./arrays.js";

/** @typedef {import("./arrays.js").Vector} Vector */

/**
 * Returns what paints a vector, white ink on black paper.
 * @param {HTMLCanvasElement} canvas Of 28 × 28 points for a picture, of 784 × 1 for a strip.
 * @returns {(vector: Vector) => void}
 */
export function createPainter(canvas) {
  const context = contextOf(canvas);
  const image = context.createImageData(canvas.width, canvas.height);
  image.data.fill(PIXEL_MAX); // opaque
  return (vector) => {
    vector.forEach((value, index) => image.data.fill(value, 4 * index, 4 * index + 3));
    context.putImageData(image, 0, 0);
  };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2DSettings} [settings]
 * @returns {CanvasRenderingContext2D}
 */
export function contextOf(canvas, settings) {
  const context = canvas.getContext("2d", settings);
  if (!context) throw new TypeError("Expected a canvas that can be drawn on in 2D.");
  return context;
}
