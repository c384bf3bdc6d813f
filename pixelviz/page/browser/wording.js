// How the page words what a model says, as in wording.py.

/** @typedef {import("./prediction.js").Prediction} Prediction */

export const NOTHING_DRAWN = "Draw a digit";
export const NOT_SURE = "not sure";
const CANNOT_TELL = "cannot tell; perhaps not a digit";

/**
 * @param {number} probability 0 to 1.
 * @returns {string} Never rounded to a certainty that it is not.
 */
export function percent(probability) {
  if (probability < 0.0005) return "<\u202f0.1\u202f%";
  if (probability >= 0.9995) return ">\u202f99.9\u202f%";
  return `${(100 * probability).toFixed(1)}\u202f%`;
}

/** @param {Prediction} prediction @returns {string} The digit, or that the model is not sure of one. */
export function digitOrDoubt({ isSure, digit }) {
  return isSure ? String(digit) : NOT_SURE;
}

/** @param {Prediction} prediction @returns {string} */
export function headline(prediction) {
  return `Prediction: ${digitOrDoubt(prediction)}`;
}

/** @param {Prediction} prediction @returns {string} What a model says in one line. */
export function inWords(prediction) {
  return `${digitOrDoubt(prediction)}, ${reason(prediction)}`;
}

/**
 * @param {Prediction} prediction
 * @returns {string} How sure a model is, or what it would rather say.
 */
export function reason({ isSure, isProbable, digit, confidence, candidates }) {
  if (isSure) return `${percent(confidence)} sure`;
  if (isProbable) return `probably ${digit}, ${percent(confidence)}`;
  if (candidates.length === 0) return CANNOT_TELL;
  return `looks like ${candidates.slice(0, -1).join(", ")} or ${candidates.at(-1)}`;
}
