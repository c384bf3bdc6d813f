// The digit with the pixels that a search has changed: a frame round each, in the colours of signed
// numbers.

import { SIDE, placeOf } from "../../browser/arrays.js";
import { contextOf, createPainter } from "../../browser/painter.js";
import { signedColour } from "../../browser/signed_colours.js";
import { changed } from "./greedy.js";

/** The canvas has so many points for each pixel. */
const CELL = 12;
const FRAME = 2;
/** @param {number} sign */
const colourOf = (sign) => `rgb(${signedColour(sign, 1).join(" ")})`;
const [INKED, GONE] = [1, -1].map(colourOf);

/** @param {HTMLCanvasElement} canvas */
export function createChangedPicture(canvas) {
  canvas.width = canvas.height = SIDE * CELL;
  const context = contextOf(canvas);
  const small = document.createElement("canvas");
  small.width = small.height = SIDE;
  const paint = createPainter(small);

  /**
   * @param {import("./greedy.js").Vector} vector The digit.
   * @param {import("./greedy.js").Change[]} changes The last one stands out.
   */
  return (vector, changes) => {
    paint(changed(vector, changes));
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, canvas.width, canvas.height);
    changes.forEach(({ index, value }, at) => {
      const { row, column } = placeOf(index);
      const width = at === changes.length - 1 ? 2 * FRAME : FRAME;
      context.strokeStyle = value === 0 ? GONE : INKED;
      context.lineWidth = width;
      const side = CELL - width;
      context.strokeRect(column * CELL + width / 2, row * CELL + width / 2, side, side);
    });
  };
}
