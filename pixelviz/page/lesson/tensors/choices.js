// What a person has chosen in one part of the chapter, for its other parts to show. It outlasts the
// chapter, until the page is left.

import { createChannel } from "../../browser/channel.js";

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
