// Which picture of the chosen data set is shown large, for the parts of the chapter that work on it.

import { createChannel } from "../../browser/channel.js";

/**
 * @typedef {{set: import("../../browser/data_set/data_set.js").DataSet, number: number}} ChosenPicture
 */

/** @type {ReturnType<typeof createChannel<ChosenPicture>>} */
export const chosenPicture = createChannel();
