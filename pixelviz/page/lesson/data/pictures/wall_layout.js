// Where each picture stands on a wall of many, row by row, and which of them are in sight.

/** @typedef {{columns: number, cell: number, count: number}} Wall `cell` is a picture's side and the gap
 *   after it, in the window's pixels. */

/** @param {Wall} wall @returns {number} How high all of it is, in the window's pixels. */
export function heightOf({ columns, cell, count }) {
  return Math.ceil(count / columns) * cell;
}

/**
 * @param {Wall} wall
 * @param {number} top How far it is scrolled, in the window's pixels.
 * @param {number} height How much of it is in sight.
 * @returns {{start: number, end: number}} The first picture in sight, and the one after the last.
 */
export function inSight({ columns, cell, count }, top, height) {
  const start = Math.min(Math.floor(top / cell) * columns, count);
  return { start: Math.max(start, 0), end: Math.min(Math.ceil((top + height) / cell) * columns, count) };
}

/**
 * @param {Wall} wall
 * @param {number} x In the window's pixels, from the wall's left edge.
 * @param {number} y From its upper edge, which may be scrolled out of sight.
 * @returns {number | null} Which picture is there; null beside them.
 */
export function pictureAt({ columns, cell, count }, x, y) {
  const column = Math.floor(x / cell);
  const at = Math.floor(y / cell) * columns + column;
  return column < 0 || column >= columns || at < 0 || at >= count ? null : at;
}

/**
 * @param {Wall} wall
 * @param {number} at
 * @param {string} key A KeyboardEvent's.
 * @param {number} rows How many of them are in sight.
 * @returns {number | null} Where the key leads; null for all other keys.
 */
export function afterKey({ columns, count }, at, key, rows) {
  const page = Math.max(rows - 1, 1) * columns;
  const steps = new Map([
    ["ArrowLeft", at - 1],
    ["ArrowRight", at + 1],
    ["ArrowUp", at - columns],
    ["ArrowDown", at + columns],
    ["PageUp", at - page],
    ["PageDown", at + page],
    ["Home", 0],
    ["End", count - 1],
  ]);
  const to = steps.get(key);
  if (to === undefined) return null;
  if (to >= 0 && to < count) return to;
  return key.startsWith("Page") ? Math.min(Math.max(to, 0), count - 1) : at;
}
