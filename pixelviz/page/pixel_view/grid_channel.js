// The way from the component that the server sends grids to, grid_messenger.js, to the views.

/**
 * @typedef {{pixels: string, drawn: string | null, number: number}} SentGrid A grid's 784 bytes in
 *   base64, those of the same drawing as drawn, where they differ, and the number of what the page
 *   placed on the canvas last.
 */

/** @type {SentGrid | null} */
let latest = null;

/** @type {Set<(sent: SentGrid) => void>} */
const receivers = new Set();

/** @param {SentGrid} sent */
export function publish(sent) {
  latest = sent;
  for (const receive of receivers) receive(sent);
}

/**
 * Calls a function with each grid that is sent, and at once with the latest one.
 * @param {(sent: SentGrid) => void} receive
 * @returns {() => void} What ends that.
 */
export function subscribe(receive) {
  receivers.add(receive);
  if (latest) receive(latest);
  return () => receivers.delete(receive);
}
