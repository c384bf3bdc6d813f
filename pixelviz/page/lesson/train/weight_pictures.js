// The weights as pictures: of softmax regression one for each digit, else one for each hidden unit.

import { LENGTH, PIXEL_MAX, SIDE } from "../../browser/arrays.js";
import { write } from "../../browser/elements.js";
import { contextOf } from "../../browser/painter.js";
import { largestOf, signedColour } from "../../browser/signed_colours.js";

/** @typedef {import("../../browser/training/network.js").Network} Network */

/** Weights of features from 0 to 1 get the full colour from here on, so that the first are dark. */
const FULL_FROM = 0.3;

/** So many colours there are on each side of 0. */
const COLOURS = 256;

/** @type {Uint32Array} From -1 to 1, as the bytes of a point in a canvas. */
const PALETTE = new Uint32Array(
  Uint8Array.from({ length: 4 * (2 * COLOURS + 1) }, (_, byte) => {
    const [part, place] = [byte % 4, Math.floor(byte / 4)];
    return part === 3 ? PIXEL_MAX : signedColour(place - COLOURS, COLOURS)[part];
  }).buffer,
);

/**
 * @param {HTMLElement} list Where the pictures are.
 * @param {HTMLElement} note Where it says from which weight on they have the full colour.
 */
export function createWeightPictures(list, note) {
  /** @type {{context: CanvasRenderingContext2D, image: ImageData, points: Uint32Array}[]} */ let papers = [];

  /** @param {number} count @param {boolean} areDigits */
  function build(count, areDigits) {
    papers = [];
    list.replaceChildren();
    list.className = areDigits ? "pictures" : "pictures units";
    for (let number = 0; number < count; number += 1) {
      const figure = document.createElement("figure");
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = SIDE;
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", areDigits ? `Weights of digit ${number}` : `Weights of unit ${number + 1}`);
      figure.append(canvas);
      if (areDigits) figure.append(Object.assign(document.createElement("figcaption"), { textContent: number }));
      list.append(figure);
      const context = contextOf(canvas);
      const image = context.createImageData(SIDE, SIDE);
      papers.push({ context, image, points: new Uint32Array(image.data.buffer) });
    }
  }

  return {
    /** @param {Network} network */
    show({ layers, scale }) {
      const [{ kernel, bias }] = layers;
      const count = bias.length;
      const areDigits = layers.length === 1;
      if (papers.length !== count || list.classList.contains("units") === areDigits) build(count, areDigits);
      const full = Math.max(largestOf(kernel), FULL_FROM / (PIXEL_MAX * scale));
      papers.forEach(({ context, image, points }, unit) => {
        for (let index = 0; index < LENGTH; index += 1) {
          const share = Math.min(Math.max(kernel[index * count + unit] / full, -1), 1) || 0;
          points[index] = PALETTE[COLOURS + Math.round(COLOURS * share)];
        }
        context.putImageData(image, 0, 0);
      });
      write(note, `orange above 0, blue below, full at ${Number(full.toPrecision(2))}`);
    },
  };
}
