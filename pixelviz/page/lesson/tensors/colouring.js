// A grey picture in a colour: three vectors, one each for red, green and blue.

import { PIXEL_MAX } from "../../browser/arrays.js";

/** @typedef {import("../../browser/arrays.js").Vector} Vector */
/** @typedef {import("../../browser/signed_colours.js").Colour} Colour */

export const CHANNELS = ["red", "green", "blue"];

/** @type {Colour} */ export const FIRST_COLOUR = [255, 140, 64];

/** @param {string} hex As an input of the type color has it: #ff8c40. @returns {Colour} */
export function parseColour(hex) {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return [red, green, blue];
}

/** @param {Colour} colour @returns {string} */
export function formatColour(colour) {
  return `#${colour.map((each) => each.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * @param {Vector} vector
 * @param {Colour} colour That of full ink; paper stays black.
 * @returns {Vector[]} Red, green and blue.
 */
export function channelsOf(vector, colour) {
  return colour.map((each) => vector.map((value) => Math.round((value * each) / PIXEL_MAX)));
}

/** @param {Vector[]} channels @returns {number} At how many pixels the three are not all equal. */
export function countDifferent([red, green, blue]) {
  let count = 0;
  red.forEach((value, index) => {
    if (value !== green[index] || value !== blue[index]) count += 1;
  });
  return count;
}

/**
 * Returns what paints three channels on a canvas, one point for each pixel.
 * @param {CanvasRenderingContext2D} context
 * @returns {(channels: (Vector | null)[]) => void} A channel that is null is left dark.
 */
export function createColourPainter(context) {
  const { width, height } = context.canvas;
  const image = context.createImageData(width, height);
  image.data.fill(PIXEL_MAX);
  return (channels) => {
    channels.forEach((channel, place) => {
      for (let index = 0; index < width * height; index += 1) {
        image.data[4 * index + place] = channel?.[index] ?? 0;
      }
    });
    context.putImageData(image, 0, 0);
  };
}
