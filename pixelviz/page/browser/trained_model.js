// The model that a person has trained in the chapter Train: the prediction shows what it reads, until it is
// thrown away or the page is reloaded.

import { createChannel } from "./channel.js";

/** @typedef {{network: import("./training/network.js").Network | null}} TrainedModel Null where there is
 *   none. */

/** @type {ReturnType<typeof createChannel<TrainedModel>>} */
export const trainedModel = createChannel();

/** From this probability on it is sure of a digit, as the page's own models are. */
export const SURE_FROM = 0.8;
