// Where the number of each mark stands: beside it, and not on the ink of another digit.

/**
 * @typedef {import("./box.js").Box} Box
 * @typedef {"above" | "left" | "right" | "below"} Side
 * @typedef {{top: number, left: number, bottom: number, right: number}} Rectangle In pixels.
 * @typedef {{width: number, height: number}} Size In pixels.
 */

/** @type {Side[]} The sides that a number may stand on; the first one is the best. */
const SIDES = ["above", "left", "right", "below"];

/** How much of the frame around a digit lies outside of its box, in pixels. */
const FRAME_PX = 4;

/**
 * @param {Box[]} boxes Where the marks are.
 * @param {Size} paper How large the paper is shown.
 * @param {Size[]} labels How large the number of each mark is.
 * @returns {Side[]} For each mark the side on which its number covers the least of the other marks
 *   and of the numbers before.
 */
export function sidesOfLabels(boxes, paper, labels) {
  const marks = boxes.map((box) => framed(box, paper));
  /** @type {Rectangle[]} */ const placed = [];
  return marks.map((mark, index) => {
    const others = [...marks.slice(0, index), ...marks.slice(index + 1), ...placed];
    const places = SIDES.map((side) => labelAt(side, mark, labels[index]));
    const covered = places.map((place) => {
      const outside = isOnPaper(place, paper) ? 0 : labels[index].width * labels[index].height;
      return others.reduce((sum, other) => sum + shared(place, other), outside);
    });
    const best = covered.indexOf(Math.min(...covered));
    placed.push(places[best]);
    return SIDES[best];
  });
}

/** @param {Box} box @param {Size} paper @returns {Rectangle} */
function framed([top, left, height, width], paper) {
  return {
    top: top * paper.height - FRAME_PX,
    left: left * paper.width - FRAME_PX,
    bottom: (top + height) * paper.height + FRAME_PX,
    right: (left + width) * paper.width + FRAME_PX,
  };
}

/** @param {Side} side @param {Rectangle} mark @param {Size} label @returns {Rectangle} */
function labelAt(side, mark, { width, height }) {
  const top = { above: mark.top - height, below: mark.bottom, left: mark.top, right: mark.top };
  const left = { above: mark.left, below: mark.left, left: mark.left - width, right: mark.right };
  return {
    top: top[side],
    left: left[side],
    bottom: top[side] + height,
    right: left[side] + width,
  };
}

/** @param {Rectangle} place @param {Size} paper Above it there is room for a number. */
function isOnPaper({ left, bottom, right }, paper) {
  return left >= 0 && right <= paper.width && bottom <= paper.height;
}

/** @param {Rectangle} one @param {Rectangle} other @returns {number} The area that both cover. */
function shared(one, other) {
  const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  return Math.max(0, down) * Math.max(0, across);
}
