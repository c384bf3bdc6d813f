import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { createThrottle } from "../../../../pixelviz/page/browser/throttle.js";

const MS = 100;
let now = 1000;
/** @type {{call: () => void, at: number} | null} What a timer is to call, and when. */
let waiting = null;
/** @type {number[]} */ let called = [];
/** @type {ReturnType<typeof createThrottle<number>>} */ let throttle;

/** @param {number} ms Lets time pass. */
function pass(ms) {
  now += ms;
  if (waiting === null || waiting.at > now) return;
  const { call } = waiting;
  waiting = null;
  call();
}

beforeEach(() => {
  [waiting, called] = [null, []];
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
  throttle = createThrottle((value) => called.push(value), MS);
});
afterEach(() => mock.restoreAll());

test("of many values in a short time the first and the last come through", () => {
  for (const value of [1, 2, 3]) {
    throttle.set(value, false);
    pass(10);
  }
  assert.deepEqual(called, [1]);
  pass(MS);
  assert.deepEqual(called, [1, 3]);
});

test("what is urgent comes through at once, and nothing older after it", () => {
  throttle.set(1, false);
  throttle.set(2, false);
  throttle.set(3, true);
  pass(2 * MS);
  assert.deepEqual(called, [1, 3]);
});

test("nothing comes through after the end", () => {
  throttle.set(1, false);
  throttle.set(2, false);
  throttle.end();
  pass(2 * MS);
  assert.deepEqual(called, [1]);
});
