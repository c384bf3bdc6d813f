// A box drawn from one corner to the opposite one.

/**
 * @typedef {[top: number, left: number, height: number, width: number]} Box In shares of the
 *   paper's height and width, 0 to 1.
 */

/** The smallest box that is meant as one, in shares of the paper; less is a click. */
const SIDE_MIN = 0.01;

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

/** @param {number[]} shares @returns {[number, number]} The smaller first, both within 0 to 1. */
function ordered(shares) {
  const [one, other] = shares.map((share) => Math.min(1, Math.max(0, share)));
  return one < other ? [one, other] : [other, one];
}
