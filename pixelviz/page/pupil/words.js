// What the page says.

/** @typedef {import("../browser/our_class/device_state.js").DeviceState} DeviceState */

/** @param {number} digit @returns {string} "a 3", "an 8". */
export function aDigit(digit) {
  return `${digit === 8 ? "an" : "a"} ${digit}`;
}

/** @param {number} digit @param {number | null} last What was given last. @returns {string} */
export function askFor(digit, last) {
  return `Write ${digit === last ? `another ${digit}` : aDigit(digit)}`;
}

/** @param {import("../browser/our_class/device_state.js").Mark} mark @returns {string} "blue fox". */
export function nameOf({ colour, animal }) {
  return `${colour} ${animal}`;
}

/**
 * @param {DeviceState} state
 * @returns {string} What is wrong, and what becomes of the drawing; empty where nothing is.
 */
export function problemOf({ reason, problem, waiting }) {
  if (!reason) return "";
  if (waiting) return `${problem} Your ${waiting.label} is kept here until the class has it.`;
  return problem;
}

/**
 * @param {DeviceState} state
 * @param {boolean} isDrawn
 * @returns {string} Why nothing can be drawn now, written over the paper; empty if it can.
 */
export function coverOf({ status, waiting }, isDrawn) {
  if (!status?.isPaused) return "";
  if (waiting) return `Your teacher has paused. Your ${waiting.label} is given when it goes on.`;
  return `Your teacher has paused.${isDrawn ? " Your drawing stays here." : ""}`;
}

/** @param {number} label @param {number} own How many this device has given. @returns {string} */
export function thanks(label, own) {
  if (own === 1) return `Your ${label} is in the class: look at the teacher’s screen.`;
  if (own % 10 === 0) return `Your ${label} is in the class: that makes ${own} of yours.`;
  return `Your ${label} is in the class.`;
}
