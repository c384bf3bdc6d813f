// Paints an occlusion map: a colour for each place, and the outline of the digit.

import { LENGTH, PIXEL_MAX, SIDE, indexOf, placeOf } from "../../browser/arrays.js";
import { contextOf } from "../../browser/painter.js";
import { signedColour } from "../../browser/signed_colours.js";

/** @typedef {import("../../browser/arrays.js").Vector} Vector */

/** The canvas has so many points for each pixel. */
const CELL = 12;
const OUTLINE = "rgb(255 255 255 / 65%)";
/** Half as bright as ink: from here on, a pixel is inside the outline. */
const INSIDE_FROM = Math.ceil(PIXEL_MAX / 2);

/** Where nothing is known yet, unlike black, which is 0. @type {[number, number, number]} */
const UNKNOWN = [48, 54, 61];

/** @param {HTMLCanvasElement} canvas */
export function createMapPainter(canvas) {
  canvas.width = canvas.height = SIDE * CELL;
  const context = contextOf(canvas);
  const small = document.createElement("canvas");
  small.width = small.height = SIDE;
  const cells = contextOf(small);
  const image = cells.createImageData(SIDE, SIDE);

  image.data.fill(PIXEL_MAX); // opaque

  /**
   * @param {ArrayLike<number>} values For each pixel; NaN where it is not known.
   * @param {number} largest The value that gets the full colour.
   * @param {Path2D} outline That of the digit.
   */
  return (values, largest, outline) => {
    const { data } = image;
    for (let index = 0; index < LENGTH; index += 1) {
      const value = values[index];
      const [red, green, blue] = Number.isNaN(value) ? UNKNOWN : signedColour(value, largest);
      const at = 4 * index;
      data[at] = red;
      data[at + 1] = green;
      data[at + 2] = blue;
    }
    cells.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, canvas.width, canvas.height);
    context.strokeStyle = OUTLINE;
    context.lineWidth = CELL / 8;
    context.stroke(outline);
  };
}

/**
 * @param {Vector} vector The digit.
 * @returns {Path2D} The edges between ink and paper, on the canvas.
 */
export function outlineOf(vector) {
  const path = new Path2D();
  for (let index = 0; index < LENGTH; index += 1) {
    if (vector[index] < INSIDE_FROM) continue;
    const { row, column } = placeOf(index);
    const [left, top] = [column * CELL, row * CELL];
    /** @param {number} y @param {number} x */
    const isPaper = (y, x) =>
      y < 0 || y >= SIDE || x < 0 || x >= SIDE || vector[indexOf(y, x)] < INSIDE_FROM;
    /** @param {number} x @param {number} y @param {number} across @param {number} down */
    const line = (x, y, across, down) => {
      path.moveTo(x, y);
      path.lineTo(x + across, y + down);
    };
    if (isPaper(row - 1, column)) line(left, top, CELL, 0);
    if (isPaper(row + 1, column)) line(left, top + CELL, CELL, 0);
    if (isPaper(row, column - 1)) line(left, top, 0, CELL);
    if (isPaper(row, column + 1)) line(left + CELL, top, 0, CELL);
  }
  return path;
}
