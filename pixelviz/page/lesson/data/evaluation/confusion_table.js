// The confusion matrix as a table whose cells are buttons; the arrow keys go from one to the next.

import { counted, grouped } from "../../../browser/counts.js";
import { write } from "../../../browser/elements.js";
import { signedColour, textColourOn } from "../../../browser/signed_colours.js";
import { DIGITS } from "./confusion.js";

/** @typedef {{target: number, digit: number}} Cell */

/** @type {Record<string, (row: number, column: number) => [number, number]>} */
const KEYS = {
  ArrowUp: (row, column) => [row - 1, column],
  ArrowDown: (row, column) => [row + 1, column],
  ArrowLeft: (row, column) => [row, column - 1],
  ArrowRight: (row, column) => [row, column + 1],
  Home: (row) => [row, 0],
  End: (row) => [row, DIGITS - 1],
};

/**
 * @param {HTMLTableElement} table Empty but for a caption.
 * @param {(cell: Cell) => void} onChoice
 */
export function createConfusionTable(table, onChoice) {
  const buttons = build(table);
  let current = 0;

  /** @param {number} at The cell that the Tab key comes to. */
  function moveTo(at) {
    buttons[current].tabIndex = -1;
    current = at;
    buttons[current].tabIndex = 0;
  }

  table.addEventListener("keydown", (event) => {
    const go = KEYS[event.key];
    if (!go) return;
    event.preventDefault();
    const [row, column] = go(Math.floor(current / DIGITS), current % DIGITS);
    if (Math.min(row, column) < 0 || Math.max(row, column) >= DIGITS) return;
    moveTo(DIGITS * row + column);
    buttons[current].focus();
  });

  table.addEventListener("click", ({ target }) => {
    const at = buttons.findIndex((button) => button === target);
    if (at < 0) return;
    moveTo(at);
    onChoice({ target: Math.floor(at / DIGITS), digit: at % DIGITS });
  });

  moveTo(0);
  return {
    /** @param {Uint32Array} counts (100,) @param {Cell | null} chosen */
    show(counts, chosen) {
      const largest = counts.reduce((most, count) => Math.max(most, count), 0);
      buttons.forEach((button, at) => {
        const [target, digit] = [Math.floor(at / DIGITS), at % DIGITS];
        write(button, grouped(counts[at]));
        const colour = colourOf(counts[at], largest);
        button.style.background = `rgb(${colour.join(" ")})`;
        button.style.color = textColourOn(colour);
        const pictures = counted(counts[at], "picture");
        button.ariaLabel = `target ${target}, read as ${digit}: ${pictures}`;
        button.ariaPressed = String(chosen?.target === target && chosen.digit === digit);
        button.classList.toggle("none", counts[at] === 0);
      });
    },
  };
}

/**
 * @param {number} count
 * @param {number} largest The count that gets the full colour.
 * @returns {import("../../../browser/signed_colours.js").Colour} Of the one scale for numbers; by the
 *   logarithm, as a single mistake would not be seen beside a thousand right answers.
 */
export function colourOf(count, largest) {
  const strength = largest > 0 ? Math.log1p(count) / Math.log1p(largest) : 0;
  return signedColour(strength ** 2, 1);
}

/** @param {HTMLTableElement} table @returns {HTMLButtonElement[]} One for each cell, row by row. */
function build(table) {
  const head = table.createTHead().insertRow();
  head.append(document.createElement("td"), ...digits("col"));
  const body = table.createTBody();
  return digits("row").flatMap((header) => {
    const row = body.insertRow();
    row.append(header);
    return Array.from({ length: DIGITS }, () => {
      const button = document.createElement("button");
      button.type = "button";
      button.tabIndex = -1;
      row.insertCell().append(button);
      return button;
    });
  });
}

/** @param {"row" | "col"} scope @returns {HTMLTableCellElement[]} A header for each digit. */
function digits(scope) {
  return Array.from({ length: DIGITS }, (_, digit) => {
    const header = document.createElement("th");
    header.scope = scope;
    header.textContent = String(digit);
    return header;
  });
}
