// The way from the component that the server sends grids to, messenger.js, to the pixel view.

import { createChannel } from "../browser/channel.js";

/**
 * @typedef {object} SentGrid
 * @property {string} pixels A grid's 784 bytes in base64.
 * @property {string | null} drawn Those of the same drawing as drawn, where they differ.
 * @property {import("../browser/raster.js").Framing} framing How a drawing becomes a grid.
 * @property {number} number The number of what the page placed on the canvas last.
 */

/** @type {ReturnType<typeof createChannel<SentGrid>>} */
export const sentGrids = createChannel();
