// A box drawn from one corner to the opposite one, or moved and sized by keys.

/**
 * @typedef {[top: number, left: number, height: number, width: number]} Box In shares of the
 *   paper's height and width, 0 to 1.
 */

/** The smallest box that is meant as one, in shares of the paper; less is a click. */
const SIDE_MIN = 0.01;

/** How far a key moves a side of the box, in percent of the paper. */
const STEP = 1;

/** @type {Box} Where a box is that is begun by a key. */
const FIRST = [0.4, 0.4, 0.2, 0.2];

/** @type {Record<string, [down: number, right: number]>} */
const DIRECTIONS = {
  ArrowUp: [-STEP, 0],
  ArrowDown: [STEP, 0],
  ArrowLeft: [0, -STEP],
  ArrowRight: [0, STEP],
};

/**
 * @param {{x: number, y: number}} start
 * @param {{x: number, y: number}} end
 * @param {{left: number, top: number, width: number, height: number}} paper In the same unit.
 * @returns {Box} The part of it that lies on the paper.
 */
export function boxBetween(start, end, paper) {
  const [left, right] = ordered([start.x, end.x].map((x) => (x - paper.left) / paper.width));
  const [top, bottom] = ordered([start.y, end.y].map((y) => (y - paper.top) / paper.height));
  return [top, left, bottom - top, right - left];
}

/** @param {Box} box @returns {boolean} Whether it is large enough to be meant. */
export function isMeant([, , height, width]) {
  return height >= SIDE_MIN && width >= SIDE_MIN;
}

/**
 * @param {Box | null} box The box before; null for none.
 * @param {string} key The name of a key.
 * @param {boolean} resizes Whether an arrow moves the lower right corner alone.
 * @returns {Box | null} The box after that key, on the paper; null if it is no arrow.
 */
export function afterKey(box, key, resizes) {
  if (!Object.hasOwn(DIRECTIONS, key)) return null;
  if (!box) return FIRST;
  const [top, left, height, width] = box.map((share) => Math.round(100 * share));
  const [down, right] = DIRECTIONS[key];
  const after = resizes
    ? [top, left, within(height + down, STEP, 100 - top), within(width + right, STEP, 100 - left)]
    : [within(top + down, 0, 100 - height), within(left + right, 0, 100 - width), height, width];
  return /** @type {Box} */ (after.map((percent) => percent / 100));
}

/** @param {Box | null} box @returns {string} Where it is, for who does not see it. */
export function described(box) {
  if (!box) return "No box";
  const [top, left, height, width] = box.map((share) => `${Math.round(100 * share)} %`);
  return `Box: ${left} from the left, ${top} from the top, ${width} wide, ${height} high`;
}

/** @param {number} value @param {number} least @param {number} most */
function within(value, least, most) {
  return Math.max(least, Math.min(most, value));
}

/** @param {number[]} shares @returns {[number, number]} The smaller first, both within 0 to 1. */
function ordered(shares) {
  const [one, other] = shares.map((share) => within(share, 0, 1));
  return one < other ? [one, other] : [other, one];
}
