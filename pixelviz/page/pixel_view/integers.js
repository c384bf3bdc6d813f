// The integers: a real table, so that they can be selected, copied and read aloud.

import { SIDE, indexOf, placeOf } from "../browser/arrays.js";
import { find } from "../browser/elements.js";
import { letTableBeCopied } from "./copying.js";
import { shade } from "./shade.js";

/** @typedef {import("../browser/arrays.js").Vector} Vector */
/** @typedef {import("./value_text.js").Format} Format */

/** @param {HTMLElement} element */
export function createIntegers(element) {
  const table = find(element, "table", HTMLTableElement);
  const { cells, rowHeads, columnHeads } = build(table);
  const copy = letTableBeCopied(element, find(table, "tbody", HTMLTableSectionElement), cells);
  /** @type {Vector | null} */ let shown = null;
  /** @type {Format | null} */ let shownAs = null;

  /**
   * @param {string} name A class.
   * @returns {(index: number | null) => void} What gives the class to a pixel's cell and to the
   *   heads of its row and column, and takes it from those that had it.
   */
  function marker(name) {
    /** @type {Element[]} */ let marked = [];
    return (index) => {
      marked.forEach((part) => part.classList.remove(name));
      marked = [];
      if (index === null) return;
      const { row, column } = placeOf(index);
      marked = [cells[index], rowHeads[row], columnHeads[column]];
      marked.forEach((part) => part.classList.add(name));
    };
  }

  return {
    element,
    copy,

    /** @param {Vector} vector @param {Format} format */
    draw(vector, format) {
      cells.forEach((cell, index) => {
        if (shown?.[index] === vector[index] && shownAs === format) return;
        cell.textContent = format(vector[index]);
        shade(cell, vector[index]);
      });
      shown = vector;
      shownAs = format;
    },
    point: marker("point"),
    pin: marker("pin"),

    /** @param {number} index */
    reveal: (index) => cells[index].scrollIntoView({ block: "nearest", inline: "nearest" }),

    /** @param {MouseEvent} event */
    indexAt(event) {
      const cell = event.target instanceof Element ? event.target.closest("tbody td") : null;
      return cell instanceof HTMLElement ? Number(cell.dataset.index) : null;
    },
  };
}

/** @param {HTMLTableElement} table */
function build(table) {
  const head = find(table, "thead", HTMLTableSectionElement).insertRow();
  const corner = head.appendChild(document.createElement("td"));
  corner.setAttribute("aria-label", "row and column");
  const columnHeads = Array.from({ length: SIDE }, (_, column) => heading(head, "col", column));
  /** @type {HTMLElement[]} */ const rowHeads = [];
  /** @type {HTMLElement[]} */ const cells = [];
  const body = find(table, "tbody", HTMLTableSectionElement);
  for (let row = 0; row < SIDE; row += 1) {
    const line = body.insertRow();
    rowHeads.push(heading(line, "row", row));
    for (let column = 0; column < SIDE; column += 1) {
      const cell = line.insertCell();
      cell.dataset.index = String(indexOf(row, column));
      cells.push(cell);
    }
  }
  return { cells, rowHeads, columnHeads };
}

/** @param {HTMLTableRowElement} line @param {"row" | "col"} scope @param {number} number */
function heading(line, scope, number) {
  const head = line.appendChild(document.createElement("th"));
  head.scope = scope;
  head.textContent = String(number);
  return head;
}
