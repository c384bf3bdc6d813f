// Tensors of rank 0 to 4, all of the person's own digit: a pixel, its row, the picture, the picture in
// colour, and a batch. Each with its shape, how many numbers it has, and how many bytes they take.

import { grouped } from "../../browser/counts.js";
import { SIDE, indexOf, placeOf } from "../../browser/arrays.js";
import { find, write } from "../../browser/elements.js";
import { endInstance, instanceFor } from "../../browser/instances.js";
import { contextOf, createPainter } from "../../browser/painter.js";
import { shade } from "../../pixel_view/shade.js";
import { createBatchPile } from "./batch_pile.js";
import { batchExamples, inkColour } from "./choices.js";
import { CHANNELS, FIRST_COLOUR, channelsOf, createColourPainter } from "./colouring.js";
import { createMark } from "./mark.js";
import { createPixelPicture } from "./pixel_picture.js";
import { BYTES, countOf, formatBytes, formatShape } from "./shapes.js";
import { createShownDigit } from "./shown_digit.js";
import { formatIndex } from "./tensor_index.js";

/** @typedef {import("./shown_digit.js").ShownDigit} ShownDigit */

/**
 * @param {{data: {pixels: string}, parentElement: ShadowRoot}} component `pixels` is the grid's 784
 *   bytes, row by row, in base64.
 */
export default function show({ data, parentElement }) {
  instanceFor(parentElement, createRanks).receive(data.pixels);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createRanks(root) {
  const cards = [...root.querySelectorAll("section")].map(createCard);
  const codes = [...root.querySelectorAll("code")];
  const number = find(root, ".number", HTMLElement);
  const row = createRow(root);
  const picture = createPixelPicture(find(root, ".picture", HTMLElement));
  const paintPicture = createPainter(find(root, ".picture canvas", HTMLCanvasElement));
  const paintColours = createColourPile(find(root, ".colours", HTMLElement));
  const pile = createBatchPile(find(root, ".batch", HTMLElement));
  const reading = find(root, ".reading", HTMLElement);
  let colour = FIRST_COLOUR;
  let pictures = 1;
  /** @type {ShownDigit | null} */ let shown = null;

  /** @param {ShownDigit} digit */
  function paint(digit) {
    const isOther = digit.vector !== shown?.vector;
    shown = digit;
    const { vector, index } = digit;
    const place = placeOf(index);
    write(number, String(vector[index]));
    shade(number, vector[index]);
    row(vector, place.row, place.column);
    picture.mark(digit);
    if (isOther) {
      paintPicture(vector);
      paintColours(vector, colour);
      pile.paint(vector);
    }
    write(codes[0], `picture[${place.row}, ${place.column}]`);
    write(codes[1], `picture[${place.row}]`);
    reading.ariaLive = digit.isDrawing ? "off" : "polite";
    write(reading, inWords(digit));
  }

  function tellOfShapes() {
    const grid = [SIDE, SIDE];
    const shapes = [[], [SIDE], grid, [...grid, CHANNELS.length], [pictures, ...grid, 1]];
    shapes.forEach((shape, rank) => cards[rank](shape));
  }

  tellOfShapes();
  const stopColour = inkColour.subscribe((chosen) => {
    colour = chosen.colour;
    if (shown) paintColours(shown.vector, colour);
  });
  const stopBatch = batchExamples.subscribe(({ vectors }) => {
    pictures = 1 + vectors.length;
    pile.set(vectors);
    if (shown) pile.paint(shown.vector);
    tellOfShapes();
  });
  const digit = createShownDigit(paint, find(root, ".cards", Element));
  return {
    receive: digit.receive,

    end() {
      stopColour();
      stopBatch();
      digit.end();
    },
  };
}

/**
 * @param {HTMLElement} section
 * @returns {(shape: number[]) => void} What says what there is to say of a shape.
 */
function createCard(section) {
  const list = find(section, "dl", HTMLElement);
  const facts = ["shape", "numbers", ...Object.keys(BYTES).map((type) => `as ${type}`)].map((name) => {
    list.appendChild(document.createElement("dt")).textContent = name;
    return list.appendChild(document.createElement("dd"));
  });
  return (shape) => {
    const count = countOf(shape);
    const bytes = Object.values(BYTES).map((size) => formatBytes(size * count));
    const said = [formatShape(shape), grouped(count), ...bytes];
    facts.forEach((fact, place) => write(fact, said[place]));
  };
}

/**
 * @param {ShadowRoot} root
 * @returns {(vector: ShownDigit["vector"], row: number, column: number) => void} What shows a row, and
 *   marks a column of it.
 */
function createRow(root) {
  const paper = find(root, ".line", HTMLElement);
  const paint = createPainter(find(paper, "canvas", HTMLCanvasElement));
  const mark = createMark(paper, SIDE, 1);
  const values = find(root, ".values", HTMLElement);
  const parts = Array.from({ length: SIDE }, (_, column) => {
    values.append(column > 0 ? ", " : "");
    return values.appendChild(document.createElement("span"));
  });
  return (vector, row, column) => {
    const numbers = vector.subarray(indexOf(row, 0), indexOf(row, 0) + SIDE);
    paint(numbers);
    mark(column);
    parts.forEach((part, place) => {
      write(part, String(numbers[place]));
      part.classList.toggle("marked", place === column);
    });
  };
}

/**
 * @param {HTMLElement} pile
 * @returns {(vector: ShownDigit["vector"], colour: import("./colouring.js").Colour) => void}
 */
function createColourPile(pile) {
  const painters = [...pile.querySelectorAll("canvas")].map((canvas, place) => {
    canvas.style.setProperty("--place", String(place));
    return createColourPainter(contextOf(canvas));
  });
  return (vector, colour) => {
    const channels = channelsOf(vector, colour);
    painters.forEach((paint, place) =>
      paint(channels.map((channel, other) => (other === place ? channel : null))),
    );
  };
}

/** @param {ShownDigit} digit @returns {string} */
function inWords({ vector, index, pinned }) {
  const { row, column } = placeOf(index);
  const names = `picture[${row}, ${column}] and ${formatIndex([0, row, column, 0])}`;
  const pin = index === pinned ? " · pinned" : "";
  return `Row ${row}, column ${column}: ${names} are the same number, ${vector[index]}${pin}`;
}
