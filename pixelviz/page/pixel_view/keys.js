// What keys do in the views: some lead to another pixel, some change a pixel's value.

import { LENGTH, PIXEL_MAX, SIDE, indexOf, placeOf } from "../browser/arrays.js";

const STEPS = new Map([
  ["ArrowLeft", -1],
  ["ArrowRight", 1],
  ["ArrowUp", -SIDE],
  ["ArrowDown", SIDE],
]);

/**
 * @param {string} key A KeyboardEvent's.
 * @param {number | null} from The pixel to start from; null where there is none yet.
 * @param {boolean} inLine Whether the view is the strip: there, the next pixel after a row's last is
 *   the next row's first. That is unrolling.
 * @returns {number | null} The pixel that the key leads to; null for all other keys.
 */
export function indexAfterKey(key, from, inLine) {
  if (key === "Home" || key === "End") {
    return indexOf(placeOf(from ?? 0).row, key === "Home" ? 0 : SIDE - 1);
  }
  const step = STEPS.get(key);
  if (step === undefined) return null;
  if (from === null) return 0;
  const to = from + step;
  const leavesRow = placeOf(to).row !== placeOf(from).row;
  const isSideways = Math.abs(step) === 1;
  if (to < 0 || to >= LENGTH || (isSideways && leavesRow && !inLine)) return from;
  return to;
}

/**
 * @param {string} key A KeyboardEvent's.
 * @param {number} value The pixel's value.
 * @param {string} typed The digits typed before, of the same value.
 * @returns {{value: number, typed: string} | null} The pixel's new value and the digits typed so
 *   far; null if the key changes nothing. Digits that would exceed 255 start a new value.
 */
export function valueAfterKey(key, value, typed) {
  if (/^[0-9]$/.test(key)) {
    const digits = Number(typed + key) <= PIXEL_MAX ? typed + key : key;
    return { value: Number(digits), typed: digits };
  }
  if (key === " ") return { value: value === PIXEL_MAX ? 0 : PIXEL_MAX, typed: "" };
  if (key === "Backspace" || key === "Delete") return { value: 0, typed: "" };
  return null;
}
