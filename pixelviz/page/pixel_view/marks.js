// The two marks that picture and strip have: on the pixel that is pointed at, and on the pinned one.

import { find } from "../browser/elements.js";

/**
 * @typedef {object} LinkedView A view of the grid, linked to the others by linking.js.
 * @property {HTMLElement} element What is pointed at, and has the keyboard's focus.
 * @property {(index: number | null) => void} point Marks the pixel that is pointed at.
 * @property {(index: number | null) => void} pin Marks the pinned pixel.
 * @property {(index: number) => void} reveal Scrolls so that a pixel can be seen.
 * @property {(event: MouseEvent) => number | null} indexAt Returns the pixel under the pointer.
 */

/**
 * @param {HTMLElement} element The view; its HTML has both marks.
 * @param {(index: number) => {left: number, top?: number}} place Where a pixel lies, in shares of
 *   the view's width and height.
 */
export function createMarks(element, place) {
  return {
    point: mover(find(element, ".mark.point", HTMLElement), place),
    pin: mover(find(element, ".mark.pin", HTMLElement), place),
  };
}

/**
 * @param {HTMLElement} mark
 * @param {(index: number) => {left: number, top?: number}} place
 * @returns {(index: number | null) => void} What moves the mark, or hides it.
 */
function mover(mark, place) {
  return (index) => {
    mark.hidden = index === null;
    if (index === null) return;
    const { left, top } = place(index);
    mark.style.left = `${100 * left}%`;
    if (top !== undefined) mark.style.top = `${100 * top}%`;
  };
}

/**
 * @param {number} point
 * @param {number} length
 * @param {number} count
 * @returns {number} Which of `count` equal cells along a length a point lies in.
 */
export function cellAt(point, length, count) {
  return Math.min(Math.max(Math.floor((point / length) * count), 0), count - 1);
}
