// Where each number of a layer's output stands on its sheet: its maps side by side, in lines, with a gap
// of one point between them. Numbers that make no picture stand one after the other.

/**
 * @typedef {object} SheetLayout
 * @property {number} height Of one map.
 * @property {number} width
 * @property {number} channels How many maps.
 * @property {number} columns How many of them stand in one line.
 * @property {number} gap Between two maps, in points.
 */

/** @param {number[]} shape (height, width, channels) or (count). @param {number} columns */
export function layoutOf(shape, columns) {
  const [height, width, channels] = shape.length === 3 ? shape : [1, 1, shape[0]];
  const gap = height * width > 1 ? 1 : 0;
  return { height, width, channels, columns: Math.min(columns, channels), gap };
}

/** @param {SheetLayout} layout @returns {{width: number, height: number}} Of the sheet, in points. */
export function sizeOf({ height, width, channels, columns, gap }) {
  const lines = Math.ceil(channels / columns);
  return { width: columns * (width + gap) - gap, height: lines * (height + gap) - gap };
}

/**
 * @param {SheetLayout} layout
 * @param {number} index Of a number, in the order in which a layer has them.
 * @returns {{x: number, y: number}} Its point on the sheet.
 */
export function pointOf({ height, width, channels, columns, gap }, index) {
  const [place, map] = [Math.floor(index / channels), index % channels];
  return {
    x: (map % columns) * (width + gap) + (place % width),
    y: Math.floor(map / columns) * (height + gap) + Math.floor(place / width),
  };
}

/**
 * @param {SheetLayout} layout
 * @param {number} x Between the left edge of the sheet and its right one, in points.
 * @param {number} y
 * @returns {number | null} The index of the number there; null in a gap, and where the last line ends.
 */
export function indexAt({ height, width, channels, columns, gap }, x, y) {
  const [column, line] = [Math.floor(x / (width + gap)), Math.floor(y / (height + gap))];
  const [right, down] = [Math.floor(x - column * (width + gap)), Math.floor(y - line * (height + gap))];
  const map = line * columns + column;
  if (right >= width || down >= height || column >= columns || map >= channels) return null;
  return (down * width + right) * channels + map;
}

/**
 * @param {SheetLayout} layout
 * @param {number} index
 * @param {string} key A KeyboardEvent's.
 * @returns {number | null} The number that an arrow key leads to, over gaps too; null for all other keys.
 */
export function indexAfterKey(layout, index, key) {
  const step = STEPS.get(key);
  if (!step) return null;
  const { x, y } = pointOf(layout, index);
  for (let far = 1; far <= layout.gap + 1; far += 1) {
    const [toX, toY] = [x + far * step[0], y + far * step[1]];
    const to = toX < 0 || toY < 0 ? null : indexAt(layout, toX, toY);
    if (to !== null) return to;
  }
  return index;
}

const STEPS = new Map([
  ["ArrowLeft", [-1, 0]],
  ["ArrowRight", [1, 0]],
  ["ArrowUp", [0, -1]],
  ["ArrowDown", [0, 1]],
]);

/** How much room a map has at least: in the window's pixels, and for each of its columns. */
const [MAP_PX, MAP_COLUMN_PX, SMALL_MAP_COLUMN_PX, NUMBER_PX] = [31, 2.4, 5, 7];

/**
 * @param {number[]} shape
 * @param {number} width Of a line, in the window's pixels.
 * @returns {number} How many maps stand in one line, or numbers that make no picture: as many as leave
 *   each large enough to be seen, and all lines equally long.
 */
export function columnsFor(shape, width) {
  const { width: side, channels, gap } = layoutOf(shape, 1);
  const needed = gap
    ? Math.max(Math.min(MAP_PX, SMALL_MAP_COLUMN_PX * (side + gap)), MAP_COLUMN_PX * (side + gap))
    : NUMBER_PX;
  const most = Math.max(Math.floor(width / needed), 1);
  for (let columns = channels; columns >= 1; columns /= 2) {
    if (!Number.isInteger(columns)) break;
    if (columns <= most) return columns;
  }
  return most;
}
