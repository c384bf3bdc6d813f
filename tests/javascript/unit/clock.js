// A clock that a test lets go on, with one timer: that of whatever waits.

import { mock } from "node:test";

let now = 1000;
/** @type {{call: () => void, at: number} | null} What the timer is to call, and when. */
let waiting = null;

/** Takes the place of the real clock, until `mock.restoreAll`. */
export function useClock() {
  waiting = null;
  mock.method(
    globalThis,
    "setTimeout",
    (
      /** @type {(given: unknown) => void} */ call,
      /** @type {number} */ ms,
      /** @type {unknown} */ given,
    ) => {
      waiting = { call: () => call(given), at: now + ms };
    },
  );
  mock.method(globalThis, "clearTimeout", () => (waiting = null));
  mock.method(performance, "now", () => now);
}

/** @param {number} ms Lets time pass. */
export function pass(ms) {
  now += ms;
  if (waiting === null || waiting.at > now) return;
  const { call } = waiting;
  waiting = null;
  call();
}
