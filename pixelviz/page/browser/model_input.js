// What the models get at this moment: the pixel view tells it to whoever asks them.

import { createChannel } from "./channel.js";

/**
 * @typedef {object} ModelInput
 * @property {import("./arrays.js").Vector} vector The grid that the models get, framed as chosen.
 * @property {boolean} isDrawing Whether the pen is down.
 */

/** @type {ReturnType<typeof createChannel<ModelInput>>} */
export const modelInput = createChannel();
