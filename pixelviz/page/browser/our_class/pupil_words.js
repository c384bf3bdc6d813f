// What a pupil is told, on the pupils' page and in the chapter.

export const NO_CODE = "A code has eight letters, such as KRTW MXBD. Look at it again.";

/** @param {number} digit @returns {string} "a 3", "an 8". */
export function aDigit(digit) {
  return `${digit === 8 ? "an" : "a"} ${digit}`;
}

/** @param {import("./device_state.js").Mark} mark @returns {string} "blue fox". */
export function nameOf({ colour, animal }) {
  return `${colour} ${animal}`;
}

/**
 * @param {import("./device_state.js").DeviceState} state
 * @returns {string} What is wrong, and what becomes of the drawing; empty where nothing is.
 */
export function problemOf({ reason, problem, waiting }) {
  if (!reason) return "";
  if (waiting) return `${problem} Your ${waiting.label} is kept here until the class has it.`;
  return problem;
}

/** @param {number} label @param {number} own How many this device has given. @returns {string} */
export function thanks(label, own) {
  if (own === 1) return `Your ${label} is in the class: look at the teacher's screen.`;
  if (own % 10 === 0) return `Your ${label} is in the class: that makes ${own} of yours.`;
  return `Your ${label} is in the class.`;
}
