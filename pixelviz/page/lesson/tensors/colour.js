// The digit in a colour of the person's choice: three grids of numbers, for red, green and blue.

import { LENGTH, PIXEL_MAX, SIDE, placeOf } from "../../browser/arrays.js";
import { find, write } from "../../browser/elements.js";
import { endInstance, instanceFor } from "../../browser/instances.js";
import { contextOf } from "../../browser/painter.js";
import { inkColour } from "./choices.js";
import {
  CHANNELS,
  FIRST_COLOUR,
  channelsOf,
  countDifferent,
  createColourPainter,
  formatColour,
  parseColour,
} from "./colouring.js";
import { createMark } from "./mark.js";
import { createPixelPicture } from "./pixel_picture.js";
import { createShownDigit } from "./shown_digit.js";

/** @type {import("./colouring.js").Colour} */ const WHITE = [PIXEL_MAX, PIXEL_MAX, PIXEL_MAX];

/**
 * @param {{data: {pixels: string}, parentElement: ShadowRoot}} component `pixels` is the grid's 784
 *   bytes, row by row, in base64.
 */
export default function show({ data, parentElement }) {
  instanceFor(parentElement, createColouring).receive(data.pixels);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createColouring(root) {
  const input = find(root, ".colour", HTMLInputElement);
  const said = find(root, "output", HTMLElement);
  const [whole, ...parts] = [...root.querySelectorAll("figure")].map(createFigure);
  const picture = createPixelPicture(find(root, ".paper", HTMLElement));
  let colour = FIRST_COLOUR;
  /** @type {import("./shown_digit.js").ShownDigit | null} */ let shown = null;

  function paint() {
    if (!shown) return;
    const { vector, index } = shown;
    const channels = channelsOf(vector, colour);
    const values = channels.map((channel) => channel[index]);
    const { row, column } = placeOf(index);
    whole.paint(channels);
    whole.tell(`colour[${row}, ${column}] = ${values.join(", ")}`);
    picture.mark(shown);
    parts.forEach((part, place) => {
      part.paint(channels.map((channel, other) => (other === place ? channel : null)));
      part.tell(`${CHANNELS[place]}: colour[${row}, ${column}, ${place}] = ${values[place]}`);
      part.mark(index, index === shown?.pinned);
    });
    said.ariaLive = shown.isDrawing ? "off" : "polite";
    write(said, inWords(countDifferent(channels)));
  }

  const stopColour = inkColour.subscribe((chosen) => {
    colour = chosen.colour;
    input.value = formatColour(colour);
    paint();
  });
  input.value = formatColour(colour);
  input.addEventListener("input", () => inkColour.publish({ colour: parseColour(input.value) }));
  find(root, ".white", HTMLButtonElement).addEventListener("click", () => {
    inkColour.publish({ colour: WHITE });
  });
  const digit = createShownDigit((now) => {
    shown = now;
    paint();
  }, find(root, ".channels", Element));
  return {
    receive: digit.receive,

    end() {
      stopColour();
      digit.end();
    },
  };
}

/** @param {HTMLElement} figure */
function createFigure(figure) {
  const caption = find(figure, "figcaption", HTMLElement);
  const paper = find(figure, ".paper", HTMLElement);
  return {
    paint: createColourPainter(contextOf(find(figure, "canvas", HTMLCanvasElement))),
    tell: (/** @type {string} */ text) => write(caption, text),
    mark: paper.tabIndex < 0 ? createMark(paper, SIDE, SIDE) : () => {}, // else it has its own
  };
}

/** @param {number} different At how many pixels red, green and blue are not all equal. */
function inWords(different) {
  if (different > 0) {
    return `Red, green and blue differ at ${different} of ${LENGTH} pixels: all three are needed.`;
  }
  return `Red, green and blue are equal at all ${LENGTH} pixels: one of them says everything.`;
}
