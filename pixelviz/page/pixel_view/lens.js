// The lens: the few cells around one pixel, large enough for the last row of a classroom.

import { SIDE, indexOf, isInside, placeOf } from "../browser/arrays.js";
import { write } from "../browser/elements.js";
import { shade } from "./shade.js";

/** @typedef {import("../browser/arrays.js").Vector} Vector */
/** @typedef {import("./value_text.js").Format} Format */

const LENS_SIDE = 7;
const HALF = Math.floor(LENS_SIDE / 2);
const MIDDLE = indexOf(SIDE / 2, SIDE / 2); // where the lens lies while nothing is pointed at

/**
 * @param {HTMLElement} element Gets the cells.
 * @param {Element} caption Gets which rows and columns they are.
 */
export function createLens(element, caption) {
  const cells = Array.from({ length: LENS_SIDE * LENS_SIDE }, () =>
    element.appendChild(document.createElement("b")),
  );
  /** @type {(number | null)[]} */ const shown = [];
  /** @type {Format | null} */ let shownAs = null;

  return {
    /** @param {Vector} vector @param {number | null} index @param {Format} format */
    draw(vector, index, format) {
      const middle = placeOf(index ?? MIDDLE);
      cells.forEach((cell, number) => {
        const row = middle.row - HALF + Math.floor(number / LENS_SIDE);
        const column = middle.column - HALF + (number % LENS_SIDE);
        const value = isInside(row, column) ? vector[indexOf(row, column)] : null;
        cell.classList.toggle("outside", value === null);
        cell.classList.toggle("point", value !== null && indexOf(row, column) === index);
        if (shown[number] === value && shownAs === format) return;
        cell.textContent = value === null ? "" : format(value);
        shade(cell, value ?? 0);
        shown[number] = value;
      });
      shownAs = format;
      write(caption, `rows ${around(middle.row)}, columns ${around(middle.column)}, enlarged`);
    },
  };
}

/** @param {number} middle A row or a column. @returns {string} From which to which the lens shows. */
function around(middle) {
  return `${Math.max(middle - HALF, 0)} to ${Math.min(middle + HALF, SIDE - 1)}`;
}
