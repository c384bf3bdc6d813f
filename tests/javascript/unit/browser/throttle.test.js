import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { createThrottle } from "../../../../pixelviz/page/browser/throttle.js";
import { pass, useClock } from "../clock.js";

const MS = 100;
/** @type {number[]} */ let called = [];
/** @type {ReturnType<typeof createThrottle<number>>} */ let throttle;

beforeEach(() => {
  called = [];
  useClock();
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
