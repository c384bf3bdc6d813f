// What the kernel made of the digit: the part above tells it to the part about pooling.

import { createChannel } from "../../../browser/channel.js";

/**
 * @typedef {object} Convolved
 * @property {Float64Array} values The output as it is shown, in ten-thousandths, row by row.
 * @property {number} side Its rows and columns.
 * @property {number} decimals How many decimals its numbers need.
 * @property {number} farthest The largest distance from 0 that its numbers can have.
 * @property {number} place The index of the number that is worked out above.
 * @property {boolean} isLive Whether it changes while the pen draws.
 */

/** @type {ReturnType<typeof createChannel<Convolved>>} */
export const convolved = createChannel();
