// Where groups of pictures stand on the wall: each has a label, and its pictures beside it in rows.

/**
 * @typedef {object} Room What there is for the wall, in the window's pixels.
 * @property {number} width
 * @property {number} height As high it is to be at most, where the pictures can be small enough.
 * @property {number} columns So many groups stand side by side.
 * @property {number} labelWidth
 * @property {number} labelHeight As high a group is at least.
 *
 * @typedef {{x: number, y: number, height: number, count: number}} Box A group: where its label begins,
 *   how high it is, and how many pictures it has.
 *
 * @typedef {object} Layout
 * @property {number} side How large a picture is shown.
 * @property {number} perRow So many of them stand in a row of a group.
 * @property {number} labelWidth
 * @property {Box[]} boxes
 * @property {number} height
 *
 * @typedef {{group: number, at: number}} Place One of the pictures of a group.
 */

/** How large pictures can be, the largest first. */
const SIDES = [112, 98, 84, 70, 56, 42, 35, 28, 21, 14];

export const [GAP, BETWEEN_GROUPS, BETWEEN_COLUMNS] = [2, 8, 24];

/**
 * @param {number[]} counts How many pictures each group has.
 * @param {Room} room
 * @returns {Layout} With pictures as large as the height allows, or as the smallest would need, too: the
 *   labels may be higher than those.
 */
export function layOut(counts, room) {
  const layouts = SIDES.map((side) => arranged(counts, side, room));
  const least = layouts[layouts.length - 1].height;
  return /** @type {Layout} */ (layouts.find(({ height }) => height <= Math.max(room.height, least)));
}

/**
 * @param {number[]} counts
 * @param {number} side
 * @param {Room} room
 * @returns {Layout}
 */
function arranged(counts, side, { width, columns, labelWidth, labelHeight }) {
  const columnWidth = (width - BETWEEN_COLUMNS * (columns - 1)) / columns;
  const pitch = side + GAP;
  const perRow = Math.max(Math.floor((columnWidth - labelWidth + GAP) / pitch), 1);
  const perColumn = Math.ceil(counts.length / columns);
  const boxes = [];
  let [y, highest] = [0, 0];
  for (const [index, count] of counts.entries()) {
    if (index % perColumn === 0) y = 0;
    const height = Math.max(Math.ceil(count / perRow) * pitch - GAP, side, labelHeight);
    const x = Math.floor(index / perColumn) * (columnWidth + BETWEEN_COLUMNS);
    boxes.push({ x, y, height, count });
    highest = Math.max(highest, y + height);
    y += height + BETWEEN_GROUPS;
  }
  return { side, perRow, labelWidth, boxes, height: highest };
}

/**
 * @param {Layout} one
 * @param {Layout} other
 * @returns {boolean} Whether a picture that is in both stands at the same place.
 */
export function isSameFrame(one, other) {
  const frameOf = (/** @type {Layout} */ { side, perRow, labelWidth, height, boxes }) =>
    [side, perRow, labelWidth, height, ...boxes.flatMap(({ x, y }) => [x, y])].join();
  return frameOf(one) === frameOf(other);
}

/** @param {Layout} layout @param {Place} place @returns {{x: number, y: number}} Its upper left corner. */
export function cornerOf({ side, perRow, labelWidth, boxes }, { group, at }) {
  const pitch = side + GAP;
  const { x, y } = boxes[group];
  return { x: x + labelWidth + (at % perRow) * pitch, y: y + Math.floor(at / perRow) * pitch };
}

/** @param {Layout} layout @param {number} x @param {number} y @returns {Place | null} What is there. */
export function placeAt({ side, perRow, labelWidth, boxes }, x, y) {
  const pitch = side + GAP;
  for (const [group, box] of boxes.entries()) {
    const column = Math.floor((x - box.x - labelWidth) / pitch);
    const at = Math.floor((y - box.y) / pitch) * perRow + column;
    if (column >= 0 && column < perRow && at >= 0 && at < box.count && y < box.y + box.height) {
      return { group, at };
    }
  }
  return null;
}

/**
 * @param {Layout} layout
 * @param {Place | null} from
 * @param {string} key A KeyboardEvent's.
 * @returns {Place | null} Where the key leads, to where there is a picture; from nowhere to the first, or
 *   the last. Null for all other keys, and where there is no picture.
 */
export function afterKey(layout, from, key) {
  const places = layout.boxes.flatMap(({ count }, group) => [...Array(count).keys()].map((at) => ({ group, at })));
  const [first, last] = [places[0] ?? null, places[places.length - 1] ?? null];
  const index = places.findIndex(({ group, at }) => group === from?.group && at === from.at);
  const steps = new Map([
    ["ArrowLeft", () => places[index - 1]],
    ["ArrowRight", () => places[index + 1]],
    ["ArrowUp", () => from && inRow(layout, from, -1)],
    ["ArrowDown", () => from && inRow(layout, from, 1)],
    ["Home", () => first],
    ["End", () => last],
  ]);
  const step = steps.get(key);
  return step ? (step() ?? from ?? first) : null;
}

/**
 * @param {Layout} layout
 * @param {Place} from
 * @param {1 | -1} step Down or up.
 * @returns {Place | null} In the next row that has a picture, as near as can be.
 */
function inRow({ perRow, boxes }, { group, at }, step) {
  const column = at % perRow;
  const row = Math.floor(at / perRow) + step;
  const rows = (/** @type {number} */ of) => Math.ceil(boxes[of].count / perRow);
  if (row >= 0 && row < rows(group)) return nearest(group, row);
  for (let next = group + step; next >= 0 && next < boxes.length; next += step) {
    if (boxes[next].count > 0) return nearest(next, step === 1 ? 0 : rows(next) - 1);
  }
  return null;

  /** @param {number} of @param {number} to @returns {Place} */
  function nearest(of, to) {
    return { group: of, at: Math.min(to * perRow + column, boxes[of].count - 1) };
  }
}
