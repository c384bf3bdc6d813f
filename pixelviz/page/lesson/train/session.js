// The training that is shown: the experiment tells the other parts of the chapter how it stands.

import { createChannel } from "../../browser/channel.js";

/**
 * @typedef {object} Session
 * @property {import("../../browser/training/trainer.js").Report | null} report The latest one; null where
 *   nothing is trained.
 * @property {import("../../browser/data_set/data_set.js").DataSet | null} set What is learned from.
 * @property {number} rate The learning rate.
 * @property {() => void} takeOne Takes a step with one picture.
 * @property {(take: (given: import("../../browser/training/trainer.js").Given) => void) => void} give Calls
 *   a function with what has been learned by now.
 */

/** @type {ReturnType<typeof createChannel<Session>>} */
export const sessions = createChannel();
