// The digit in three shapes, (784,), (28, 28) and (28, 28, 1): the same bytes in the same order, and
// the index that one of them has in each shape.

import { SIDE, placeOf } from "../../browser/arrays.js";
import { find, write } from "../../browser/elements.js";
import { endInstance, instanceFor } from "../../browser/instances.js";
import { createPainter } from "../../browser/painter.js";
import { shade } from "../../pixel_view/shade.js";
import { beginsRow, namesOf, neighboursOf } from "./memory.js";
import { createPixelPicture } from "./pixel_picture.js";
import { createShownDigit } from "./shown_digit.js";

/** @typedef {import("./shown_digit.js").ShownDigit} ShownDigit */

/** How many bytes are shown around the pixel. */
const BYTES_SHOWN = 5;

/**
 * @param {{data: {pixels: string}, parentElement: ShadowRoot}} component `pixels` is the grid's 784
 *   bytes, row by row, in base64.
 */
export default function show({ data, parentElement }) {
  instanceFor(parentElement, createShapes).receive(data.pixels);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createShapes(root) {
  const shapes = /** @type {const} */ (["vector", "picture", "tensor"]).map((name) => {
    const figure = find(root, `.${name}`, HTMLElement);
    return {
      name,
      code: find(figure, "code", HTMLElement),
      paint: createPainter(find(figure, "canvas", HTMLCanvasElement)),
      view: createPixelPicture(find(figure, ".paper", HTMLElement), name === "vector" ? 1 : SIDE),
    };
  });
  const tellBytes = createTable(find(root, "tbody", HTMLElement));
  const facts = find(root, ".facts", HTMLElement);
  /** @type {ShownDigit | null} */ let shown = null;

  const digit = createShownDigit((now) => {
    const isOther = now.vector !== shown?.vector;
    shown = now;
    const { vector, index } = now;
    const { row, column } = placeOf(index);
    for (const { name, code, paint, view } of shapes) {
      if (isOther) paint(vector);
      view.mark(now);
      write(code, name + namesOf(index)[name]);
    }
    tellBytes(vector, index);
    write(facts, `${SIDE} × ${row} + ${column} = ${index}, and (${SIDE} × ${row} + ${column}) × 1 + 0 = ${index}.`);
  }, find(root, ".shapes", Element));
  return digit;
}

/** @param {HTMLElement} body @returns {(vector: ShownDigit["vector"], index: number) => void} */
function createTable(body) {
  const titles = ["byte", "value", "vector", "picture", "tensor"];
  const lines = titles.map((title) => {
    const line = body.appendChild(document.createElement("tr"));
    const head = line.appendChild(document.createElement("th"));
    head.scope = "row";
    head.textContent = title;
    return Array.from({ length: BYTES_SHOWN }, () => line.appendChild(document.createElement("td")));
  });
  return (vector, middle) => {
    neighboursOf(middle, BYTES_SHOWN).forEach((index, place) => {
      const names = namesOf(index);
      const texts = [`${index}`, `${vector[index]}`, names.vector, names.picture, names.tensor];
      lines.forEach((cells, line) => {
        write(cells[place], texts[line]);
        cells[place].classList.toggle("middle", index === middle);
        cells[place].classList.toggle("starts", beginsRow(index));
      });
      shade(lines[1][place], vector[index]);
    });
  };
}
