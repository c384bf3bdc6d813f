// What the pupils' page says.

import { aDigit } from "../browser/our_class/pupil_words.js";

/** @param {number} digit @param {number | null} last What was given last. @returns {string} */
export function askFor(digit, last) {
  return `Write ${digit === last ? `another ${digit}` : aDigit(digit)}`;
}

/**
 * @param {import("../browser/our_class/device_state.js").DeviceState} state
 * @param {boolean} isDrawn
 * @returns {string} Why nothing can be drawn now, written over the paper; empty if it can.
 */
export function coverOf({ status, waiting }, isDrawn) {
  if (!status?.isPaused) return "";
  if (waiting) return `Your teacher has paused. Your ${waiting.label} is given when it goes on.`;
  return `Your teacher has paused.${isDrawn ? " Your drawing stays here." : ""}`;
}
