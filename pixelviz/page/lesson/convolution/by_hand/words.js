// What the convolution by hand says of a place of the window, and of its output.

import { placeOf } from "../../../browser/arrays.js";
import { formatShort } from "./exact.js";
import { centreOf } from "./places.js";

/** @typedef {import("./places.js").Places} Places */

/** @param {Places} places @param {number} place An index into the output. */
export function rowAndColumn({ side }, place) {
  return { row: Math.floor(place / side), column: place % side };
}

/**
 * @param {Places} places
 * @param {number} place An index into the output.
 * @param {number | null} pinned The pinned pixel.
 * @param {string} output The number there.
 * @returns {string} Where the window is, and what came of it.
 */
export function placeText(places, place, pinned, output) {
  const centre = centreOf(places, place);
  const from = placeOf(centre);
  const to = rowAndColumn(places, place);
  const isPinned = centre === pinned ? " (pinned)" : "";
  return (
    `Window around row ${from.row}, column ${from.column}${isPinned} → ` +
    `output row ${to.row}, column ${to.column}: ${output}`
  );
}

/**
 * @param {number} side Of the output.
 * @param {number} farthest The largest distance from 0 that an output can have, in ten-thousandths.
 * @param {boolean} isRelu
 * @returns {string} How large the output is, and which numbers its colours stand for.
 */
export function coloursText(side, farthest, isRelu) {
  return `${side} × ${side}, colours from ${isRelu ? 0 : formatShort(-farthest)} to ${formatShort(farthest)}`;
}
