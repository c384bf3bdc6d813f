// What a person has set for the convolution by hand: it outlasts a reload.

import { createKeptChoice, wholeNumbers } from "../../../browser/kept_choice.js";
import { unitsOf } from "./exact.js";
import { WINDOW } from "./places.js";

export const LARGEST_WEIGHT = 99;
export const LARGEST_BIAS = 9999;

/**
 * @typedef {object} Settings
 * @property {number[]} weights Nine, in ten-thousandths, as the bias.
 * @property {number} bias
 * @property {boolean} isRelu
 * @property {import("./places.js").Padding} padding
 * @property {number} stride
 */

export const keptSettings = createKeptChoice("convolution", check);

/** @param {unknown} read @returns {Settings | null} */
function check(read) {
  if (typeof read !== "object" || read === null) return null;
  const { weights, bias, isRelu, padding, stride } = /** @type {Partial<Settings>} */ (read);
  const checked = numbers(weights, WINDOW ** 2, LARGEST_WEIGHT);
  if (!checked || !numbers([bias], 1, LARGEST_BIAS)) return null;
  if (typeof isRelu !== "boolean" || (padding !== "valid" && padding !== "same")) return null;
  if (stride !== 1 && stride !== 2) return null;
  return { weights: checked, bias: Number(bias), isRelu, padding, stride };
}

/** @param {unknown} read @param {number} count @param {number} largest */
function numbers(read, count, largest) {
  return wholeNumbers(read, { count, least: -unitsOf(largest), most: unitsOf(largest) });
}
