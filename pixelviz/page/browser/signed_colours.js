// Signed numbers as colours, as figures.py shows them: orange above 0, blue below, black at 0.

import { PIXEL_MAX } from "./arrays.js";
import { contextOf } from "./painter.js";

/** @typedef {[red: number, green: number, blue: number]} Colour Each 0 to 255. */

/** @type {Colour} */ const ABOVE = [250, 158, 44];
/** @type {Colour} */ const BELOW = [88, 166, 250];

/** From this relative luminance up, black text has the better contrast; at it, black and white both
 * have 4.6 : 1. */
const BRIGHT_FROM = 0.179;

/**
 * @param {number} value
 * @param {number} largest The distance from 0 that gets the full colour.
 * @returns {Colour}
 */
export function signedColour(value, largest) {
  // The square root keeps small numbers visible on a projector; the order of all stays.
  const strength = largest > 0 ? Math.sqrt(Math.min(Math.abs(value) / largest, 1)) : 0;
  const [red, green, blue] = value > 0 ? ABOVE : BELOW;
  return [Math.round(strength * red), Math.round(strength * green), Math.round(strength * blue)];
}

/** @param {ArrayLike<number>} values @returns {number} The largest distance from 0. */
export function largestOf(values) {
  let largest = 0;
  // A loop: there can be tens of thousands of them, in many a frame.
  for (let at = 0; at < values.length; at += 1) largest = Math.max(largest, Math.abs(values[at]));
  return largest;
}

/**
 * Returns what paints signed numbers on a canvas, one point for each.
 * @param {HTMLCanvasElement} canvas With as many points as there are numbers.
 * @returns {(values: ArrayLike<number>, largest: number) => void}
 */
export function createSignedPainter(canvas) {
  const context = contextOf(canvas);
  const image = context.createImageData(canvas.width, canvas.height);
  return (values, largest) => {
    for (let index = 0; index < values.length; index += 1) {
      image.data.set([...signedColour(values[index], largest), PIXEL_MAX], 4 * index);
    }
    context.putImageData(image, 0, 0);
  };
}

/**
 * @param {Colour} colour
 * @returns {"#000" | "#fff"} The colour of text that can be read on it.
 */
export function textColourOn(colour) {
  const [red, green, blue] = colour.map((each) => {
    const share = each / PIXEL_MAX; // sRGB, as WCAG 2 has it
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue >= BRIGHT_FROM ? "#000" : "#fff";
}
