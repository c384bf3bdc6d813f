// Whether the first line of a table is a header, also where it looks like data.

import { SIDE } from "../arrays.js";
import { numberOf } from "./number_text.js";

/** A header that is made of numbers is as long as a picture. */
const LONG = 100;

/** So many columns before the pixels may have a label, an id or nothing. */
const BEFORE = 2;

/**
 * @typedef {object} Header
 * @property {string[]} names
 * @property {boolean} isLostRow Whether it was the first row before pandas took it for names.
 */

/**
 * @param {string[]} cells Those of the first line.
 * @param {(column: number) => boolean} isText Whether a column of the lines below holds text.
 * @param {number} rowsBelow How many lines are below.
 * @returns {Header | null} Null where the first line is data.
 */
export function headerOf(cells, isText, rowsBelow) {
  const isNumber = cells.map(
    (cell) =>
      cell === "" || !Number.isNaN(numberOf(cell, ".")) || !Number.isNaN(numberOf(cell, ",")),
  );
  const named = isNumber.flatMap((is, column) => (is ? [] : [column]));
  if (isMangled(cells)) return { names: cells, isLostRow: true };
  const isNamed = rowsBelow
    ? named.some((column) => !isText(column))
    : named.length > cells.length / 2;
  const isNumbered =
    isSequence(cells, LONG) ||
    (cells.length === SIDE && rowsBelow % SIDE === 0 && isSequence(cells, SIDE));
  if (isNamed || isNumbered) return { names: cells, isLostRow: false };
  return null;
}

/**
 * @param {string[]} cells
 * @param {number} least How many there have to be.
 * @returns {boolean} Whether they count up by 1, from the first, second or third on, as the names do
 *   that pandas gives to columns without names.
 */
function isSequence(cells, least) {
  if (cells.length < least) return false;
  const numbers = cells.map(Number);
  const counted = numbers.findIndex((number, at) => numbers[at + 1] === number + 1);
  if (counted < 0 || counted > BEFORE) return false;
  let end = counted;
  while (numbers[end + 1] === numbers[end] + 1) end += 1;
  return cells.length - 1 - end <= BEFORE && new Set(cells).size === cells.length;
}

/**
 * @param {string[]} cells
 * @returns {boolean} Whether they are a row of which pandas has made names: it tells equal values apart
 *   by a number behind them, 0, 0.1, 0.2 and so on.
 */
export function isMangled(cells) {
  if (cells.length < LONG || new Set(cells).size !== cells.length) return false;
  /** @type {Map<string, number>} How often each value came so far. */ const seen = new Map();
  let repeated = 0;
  for (const cell of cells) {
    const [, value, number] = /^(.*?)(?:\.(\d+))?$/s.exec(cell) ?? [];
    const before = seen.get(value);
    if (number !== undefined && before !== undefined && Number(number) === before) {
      seen.set(value, before + 1);
      repeated += 1;
    } else {
      seen.set(cell, 1);
    }
  }
  return (
    repeated > cells.length / 2 &&
    cells.every(
      (cell) =>
        !Number.isNaN(numberOf(cell.replace(/\.\d+$/, ""), ".")) || cell.startsWith("Unnamed"),
    )
  );
}
