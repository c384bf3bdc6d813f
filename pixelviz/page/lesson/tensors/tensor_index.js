// What is written in square brackets after a tensor's name: which one number it names.

import { grouped } from "../../browser/counts.js";
import { countOf, formatShape } from "./shapes.js";

/**
 * @typedef {{index: number[]} | {problem: string}} Parsed `index` counts from 0 along each axis;
 *   `problem` says in a sentence what was expected.
 */

/** So much of what is typed is repeated in a message, in characters. */
const SHOWN_MAX = 20;

export const NAME = "tensor";
const AXES = ["picture", "row", "column", "channel"];
const BRACKETS = new RegExp(`^\\s*${NAME}\\s*\\[([^[\\]]*)\\]\\s*$`);

/** @param {number[]} index @returns {string} For example tensor[2, 14, 9, 0]. */
export function formatIndex(index) {
  return `${NAME}[${index.join(", ")}]`;
}

/**
 * Reads what a person has typed. As in Python, a number below 0 counts from the end of its axis.
 * @param {string} text
 * @param {number[]} shape The tensor's: pictures, rows, columns, channels.
 * @returns {Parsed}
 */
export function parseIndex(text, shape) {
  const example = formatIndex(shape.map((length) => Math.floor(length / 2)));
  const expected = `Expected four whole numbers in brackets, for example ${example}`;
  const inside = BRACKETS.exec(text)?.[1];
  if (inside === undefined) return { problem: `${expected}.` };
  const parts = inside.split(",").map((part) => part.trim());
  if (parts.length > 1 && parts.at(-1) === "") parts.pop(); // as Python allows it
  const odd = parts.find((part) => !/^[-+\u2212]?\d+$/.test(part));
  if (odd !== undefined) return { problem: `${expected}; got ${odd ? `“${shortened(odd)}”` : "a gap"}.` };
  if (parts.length > shape.length) {
    return { problem: `This tensor has ${shape.length} axes; you typed ${parts.length} numbers.` };
  }
  const typed = parts.map((part) => Number(part.replace("\u2212", "-")));
  const outside = typed.findIndex((at, axis) => at >= shape[axis] || at < -shape[axis]);
  if (outside >= 0) return { problem: beyond(AXES[outside], parts[outside], shape[outside]) };
  if (typed.length < shape.length) return { problem: several(typed, shape.slice(typed.length)) };
  return { index: typed.map((at, axis) => (at < 0 ? at + shape[axis] : at + 0)) };
}

/**
 * @param {number[]} index
 * @param {number[]} shape
 * @returns {number} How many numbers come before it in memory.
 */
export function positionOf(index, shape) {
  return index.reduce((position, at, axis) => position * shape[axis] + at, 0);
}

/** @param {string} axis @param {string} at As it is typed. @param {number} length @returns {string} */
function beyond(axis, at, length) {
  const only = `there is only ${axis} 0`;
  const known = length === 1 ? only : `${axis}s go from 0 to ${length - 1}`;
  return `There is no ${axis} ${shortened(at).replace("-", "\u2212")}: ${known}.`;
}

/** @param {number[]} typed @param {number[]} rest The shape that is left. @returns {string} */
function several(typed, rest) {
  const missing = AXES.slice(typed.length).join(", ");
  const numbers = `${grouped(countOf(rest))} numbers of shape ${formatShape(rest)}`;
  const names = countOf(rest) === 1 ? `a tensor of shape ${formatShape(rest)}` : numbers;
  return `${formatIndex(typed)} names ${names}. To name one number, add: ${missing}.`;
}

/** @param {string} text What a person has typed. @returns {string} As much of it as a message has room for. */
function shortened(text) {
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
}
