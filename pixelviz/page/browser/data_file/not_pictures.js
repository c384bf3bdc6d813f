// What a table is that holds no pictures of 28 × 28, in one sentence.

import { counted, grouped } from "../counts.js";
import { LENGTH, SIDE } from "../arrays.js";
import { formatValue, quoted } from "./refusal.js";

/** @typedef {import("./statistics.js").ColumnStatistics} ColumnStatistics */

/** A table of so few columns has no pixels. */
export const FEW = 12;

const WANTED = `A picture of ${SIDE} × ${SIDE} takes ${LENGTH} columns`;

/**
 * @param {ColumnStatistics} statistics
 * @param {Int32Array} pixels The columns of the pixels, one of which has a cell that is no number.
 * @returns {string}
 */
export function oddCell(statistics, pixels) {
  const column = pixels.find((each) => !statistics.hasNumbers(each)) ?? 0;
  const odd = statistics.odd.get(column);
  const line = odd?.line ?? statistics.firstEmpty.get(column) ?? 0;
  const what = odd ? `${quoted(odd.text)}, which is no number,` : "nothing";
  return `Line ${grouped(line)} has ${what} as value ${grouped(column + 1)}.`;
}

/**
 * @param {ColumnStatistics} statistics
 * @param {number[]} columns One or two more than there are pixels.
 * @returns {string}
 */
export function noLabel(statistics, columns) {
  const [first, last] = [columns[0], columns[columns.length - 1]].map((column) => {
    if (statistics.odd.has(column)) return "has text";
    return `goes from ${formatValue(statistics.min[column])} to ${formatValue(statistics.max[column])}`;
  });
  return (
    `Each line has ${columns.length} values, ${LENGTH} of them pixels, but none is a label: the first ` +
    `column ${first} and the last one ${last}, where labels are the digits 0 to 9.`
  );
}

/**
 * @param {ColumnStatistics} statistics
 * @param {number[]} columns
 * @param {string[] | null} names
 * @param {string} [beside] What else there is.
 * @returns {string}
 */
export function notPictures(statistics, columns, names, beside = "") {
  const width = columns.length;
  const lines = counted(statistics.count, "line");
  const table = `This is a table of ${lines} with ${counted(width, "column")}${beside}`;
  if (width <= FEW) {
    const few = names?.slice(0, 3).map(quoted).join(", ") ?? "";
    const named = names ? `, ${few}${names.length > 3 ? " and others" : ""}` : "";
    return `${table}${named}: it has no pixels. ${WANTED}.`;
  }
  const side = [width, width - 1].map(Math.sqrt).find(Number.isInteger);
  if (side) return `${table}, which may be pictures of ${side} × ${side} pixels. ${WANTED}.`;
  const colour = [width / 3, (width - 1) / 3].map(Math.sqrt).find(Number.isInteger);
  if (colour) {
    return `${table}, which may be pictures in colour of ${colour} × ${colour} pixels. ${WANTED}.`;
  }
  return `${table}. ${WANTED}, and one more with its label.`;
}
