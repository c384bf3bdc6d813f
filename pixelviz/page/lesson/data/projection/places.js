// Where on the paper the points are, and which of them is meant.

/** @typedef {{x: number, y: number}} Place In shares of the paper: from the left, from the top. */

/** So much of the paper is left free on each side, as a share. */
const MARGIN = 0.05;

/**
 * @param {ArrayLike<number>} coordinates Across and up, in turns.
 * @param {number} aspect The paper's width over its height.
 * @returns {(across: number, up: number) => Place} The same length on the paper for both directions, as
 *   otherwise distances would mean nothing.
 */
export function scaleFor(coordinates, aspect) {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = 0; at < coordinates.length; at += 2) {
    left = Math.min(left, coordinates[at]);
    right = Math.max(right, coordinates[at]);
    low = Math.min(low, coordinates[at + 1]);
    high = Math.max(high, coordinates[at + 1]);
  }
  const width = Math.max(right - left, (high - low) * aspect) / (1 - 2 * MARGIN);
  return (across, up) => ({
    x: 0.5 + (across - (left + right) / 2) / width,
    y: 0.5 - ((up - (low + high) / 2) / width) * aspect,
  });
}

/** @param {Place} place @returns {Place} The nearest place on the paper. */
export function onPaper({ x, y }) {
  return { x: Math.min(Math.max(x, 0), 1), y: Math.min(Math.max(y, 0), 1) };
}

/**
 * @param {Place[]} places
 * @param {Place} place
 * @param {number} aspect
 * @param {number} within In shares of the paper's width.
 * @param {(at: number) => boolean} isMeant Whether a point can be meant.
 * @returns {number | null} Which of them is the nearest, if any is near.
 */
export function nearestTo(places, place, aspect, within, isMeant) {
  /** @type {number | null} */ let nearest = null;
  let least = within;
  places.forEach(({ x, y }, at) => {
    const distance = Math.hypot(x - place.x, (y - place.y) / aspect);
    if (distance > least || !isMeant(at)) return;
    nearest = at;
    least = distance;
  });
  return nearest;
}

/** @type {Record<string, [number, number]>} By the arrow keys, right and down. */
export const DIRECTIONS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * @param {Place[]} places
 * @param {Place} from
 * @param {[number, number]} direction
 * @param {number} aspect
 * @param {(at: number) => boolean} isMeant
 * @returns {number | null} The nearest point on that side of a place, among those that are not farther
 *   sideways than ahead.
 */
export function nextIn(places, from, [right, down], aspect, isMeant) {
  /** @type {number | null} */ let next = null;
  let least = Infinity;
  places.forEach(({ x, y }, at) => {
    const [across, along] = [x - from.x, (y - from.y) / aspect];
    const ahead = across * right + along * down;
    const sideways = Math.abs(across * down) + Math.abs(along * right);
    const distance = Math.hypot(across, along);
    if (ahead <= 0 || sideways > ahead || distance >= least || !isMeant(at)) return;
    next = at;
    least = distance;
  });
  return next;
}
