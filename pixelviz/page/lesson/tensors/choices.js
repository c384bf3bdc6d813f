// What a person has chosen in one part of the chapter, for its other parts to show. It outlasts the
// chapter, and a reload of the page.

import { PIXEL_MAX } from "../../browser/arrays.js";
import { createChannel } from "../../browser/channel.js";
import { createKeptChoice, wholeNumbers } from "../../browser/kept_choice.js";

/** @typedef {import("../../browser/arrays.js").Vector} Vector */

/** @type {ReturnType<typeof createChannel<{colour: import("./colouring.js").Colour}>>} */
export const inkColour = createChannel();

/**
 * @typedef {object} Examples Those in the batch, after the person's own digit.
 * @property {number[]} digits
 * @property {Vector[]} vectors Of the same number.
 */

/** @type {ReturnType<typeof createChannel<Examples>>} */
export const batchExamples = createChannel();

const keptColour = createKeptChoice("ink_colour", (read) => {
  const found = wholeNumbers(read, { count: 3, least: 0, most: PIXEL_MAX });
  return found && /** @type {import("./colouring.js").Colour} */ (found);
});
const colour = keptColour.read();
if (colour) inkColour.publish({ colour });
inkColour.subscribe((chosen) => keptColour.keep(chosen.colour));

/** How many examples there are to choose from: one of each digit. */
export const EXAMPLES = 10;

/** The digits of the examples in the batch, from the smallest to the largest. */
export const keptExamples = createKeptChoice("batch", (read) => {
  const digits = wholeNumbers(read, { least: 0, most: EXAMPLES - 1 });
  const isRising = digits?.every((digit, place) => place === 0 || digit > digits[place - 1]);
  return isRising ? digits : null;
});
