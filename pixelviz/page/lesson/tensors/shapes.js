// Shapes of tensors, and how much is in them, as numpy has it.

import { counted } from "../../browser/counts.js";

/** @type {Record<"uint8" | "float32", number>} How many bytes one number takes. */
export const BYTES = { uint8: 1, float32: 4 };

/** @param {number[]} shape @returns {number} How many numbers a tensor of this shape has. */
export function countOf(shape) {
  return shape.reduce((product, length) => product * length, 1);
}

/** @param {number[]} shape @returns {string} The shape as Python writes it: (), (28,), (28, 28). */
export function formatShape(shape) {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/** @param {number} count @returns {string} */
export function formatBytes(count) {
  return counted(count, "byte");
}
