// The way from the component that the server sends its answers to, messenger.js, to the panel.

import { createChannel } from "../browser/channel.js";

/**
 * @typedef {object} SentAnswer What the server sends after each stroke.
 * @property {string} pixels The grid that the models were asked about, in base64.
 * @property {Record<string, number[]>} logits What they say, by name.
 * @property {string[]} unavailable The names of those that the server does not have.
 * @property {string} said What the server says where it has no answer, to the grid that it has seen.
 * @property {string} inWords The chosen model's answer in words, or the same as `said`.
 */

/** @type {ReturnType<typeof createChannel<SentAnswer>>} */
export const sentAnswers = createChannel();
