// What the names in a table's header say of its columns.

import { LENGTH, SIDE } from "../arrays.js";

const LABELS = new Set(
  "label labels class classes target targets digit digits y category answer ziffer klasse".split(
    " ",
  ),
);
const INDICES = new Set(
  "id ids index idx imageid image_id image name filename file row rows line no nr rowid row_id"
    .split(" ")
    .concat("unnamed: 0", ""),
);

/** @param {string} name @returns {boolean} */
export function isLabelName(name) {
  return LABELS.has(name.toLowerCase());
}

/** @param {string} name @returns {boolean} Whether a column of this name numbers or names the rows. */
export function isIndexName(name) {
  return INDICES.has(name.toLowerCase());
}

/**
 * @param {string[]} names Those of all columns.
 * @returns {{pixels: Int32Array, isReordered: boolean} | null} By the index of each pixel, its column,
 *   where exactly 784 names say which pixel each column has: `pixel0`, `1x1`, `p_0_0`, `12`.
 */
export function namedPixels(names) {
  const parts = names.map((name) => /^(\D*?)(\d+)(?:(\D+)(\d+))?\D?$/.exec(name));
  for (const prefix of new Set(parts.flatMap((part) => (part ? [part[1]] : [])))) {
    const columns = parts.flatMap((part, column) => (part?.[1] === prefix ? [column] : []));
    if (columns.length !== LENGTH) continue;
    const found = columns.map((column) => /** @type {RegExpExecArray} */ (parts[column]));
    const pixels = byNumber(columns, found) ?? byRowAndColumn(columns, found);
    if (pixels) {
      return {
        pixels,
        isReordered: pixels.some((column, index) => index > 0 && column < pixels[index - 1]),
      };
    }
  }
  return null;
}

/** @param {number[]} columns @param {RegExpExecArray[]} found */
function byNumber(columns, found) {
  if (found.some((part) => part[4] !== undefined)) return null;
  const numbers = found.map((part) => Number(part[2]));
  return permuted(columns, numbers, Math.min(...numbers));
}

/** @param {number[]} columns @param {RegExpExecArray[]} found */
function byRowAndColumn(columns, found) {
  if (found.some((part) => part[4] === undefined)) return null;
  let [rows, across] = [2, 4].map((at) => found.map((part) => Number(part[at])));
  if (/x$/i.test(found[0][1]) && /y/i.test(found[0][3])) [rows, across] = [across, rows];
  const [firstRow, firstColumn] = [Math.min(...rows), Math.min(...across)];
  if (across.some((column) => column - firstColumn >= SIDE)) return null;
  return permuted(
    columns,
    rows.map((row, at) => SIDE * (row - firstRow) + across[at] - firstColumn),
    0,
  );
}

/**
 * @param {number[]} columns
 * @param {number[]} numbers Of the pixels in these columns.
 * @param {number} first The number of the first pixel.
 */
function permuted(columns, numbers, first) {
  if (first > 1) return null;
  const pixels = new Int32Array(LENGTH).fill(-1);
  numbers.forEach((number, at) => {
    if (number - first < LENGTH) pixels[number - first] = columns[at];
  });
  return pixels.includes(-1) ? null : pixels;
}
