// Lets words change at most a few times a second, so that they can be read while the pen draws.

import { createDelay } from "../browser/throttle.js";

/** Words stay at least this long, in milliseconds. */
export const STAY_MS = 150;

/**
 * @typedef {object} Words
 * @property {string} title What is said.
 * @property {string} why More about it. Another title does not wait for it.
 */

/**
 * @template {Words} Saying
 * @param {(saying: Saying) => void} write
 */
export function createSteady(write) {
  /** @type {Saying | null} */ let written = null;
  let [titleStays, allStays] = [0, 0];

  /** @param {Saying} saying */
  function now(saying) {
    const until = performance.now() + STAY_MS;
    if (saying.title !== written?.title) [titleStays, allStays] = [until, until];
    else if (saying.why !== written.why) allStays = until;
    written = saying;
    write(saying);
  }

  return createDelay(
    now,
    ({ title }) => (title === written?.title ? allStays : titleStays) - performance.now(),
  );
}
