// The Worker that reads a file of pictures, so that the page never waits for it. data_file_client.js
// starts it and says what the messages are.

import { openDataFile } from "./data_file.js";

/** @typedef {import("./outcome.js").Answerable} Answerable */

/** Progress is told so often, in shares of the whole. */
const STEP = 0.01;

const page = /** @type {Worker} */ (/** @type {unknown} */ (self));
/** @type {((option: number) => Promise<Answerable>) | undefined} Of the last question. */ let answer;
let told = 0;

page.onmessage = async ({ data }) => {
  if (data.kind === "open") tell(await openDataFile(data.file, tellProgress));
  else if (answer) tell(await answer(data.option));
};

/** @param {number} share */
function tellProgress(share) {
  if (share < told + STEP && share < 1) return;
  told = share;
  page.postMessage({ kind: "progress", share });
}

/** @param {Answerable} outcome */
function tell(outcome) {
  const { answer: next, ...message } = outcome;
  answer = next;
  const large = "grids" in message ? [message.grids.buffer] : [];
  page.postMessage(message, large);
}
