import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { STAY_MS, createSteady } from "../../../../pixelviz/page/prediction/steady.js";
import { pass, useClock } from "../clock.js";

beforeEach(useClock);
afterEach(() => mock.restoreAll());

/** @type {string[]} */ let written = [];
/** @type {ReturnType<typeof createSteady<{title: string, why: string}>>} */ let steady;

/** @param {string} title @param {string} [why] @param {boolean} [isUrgent] */
const say = (title, why = "", isUrgent = false) => steady.set({ title, why }, isUrgent);

beforeEach(() => {
  written = [];
  steady = createSteady(({ title, why }) => written.push(title + why));
});

test("words stay for some time, then the latest ones follow", () => {
  say("3");
  pass(10);
  say("5");
  pass(10);
  say("8");
  assert.deepEqual(written, ["3"]);
  pass(STAY_MS - 21);
  assert.deepEqual(written, ["3"]);
  pass(1);
  assert.deepEqual(written, ["3", "8"]);
  pass(STAY_MS);
  say("9");
  assert.deepEqual(written, ["3", "8", "9"]);
});

test("the same words again keep no others waiting", () => {
  for (let frame = 0; frame < 20; frame += 1) {
    say("3");
    pass(16);
  }
  written = [];
  say("8");
  assert.deepEqual(written, ["8"]);
});

test("another title does not wait for how sure it is", () => {
  say("3", " 90 %");
  pass(STAY_MS);
  say("3", " 91 %");
  pass(10);
  say("3", " 92 %");
  assert.deepEqual(written, ["3 90 %", "3 91 %"]);
  say("8", " 85 %");
  assert.deepEqual(written, ["3 90 %", "3 91 %", "8 85 %"]);
});

test("what comes back while another title is waiting stays", () => {
  say("3");
  say("8");
  say("3");
  pass(10 * STAY_MS);
  assert.deepEqual(new Set(written), new Set(["3"]));
});

test("what is urgent is written at once, and nothing older after it", () => {
  say("3");
  say("5");
  say("8", "", true);
  pass(10 * STAY_MS);
  assert.deepEqual(written, ["3", "8"]);
});

test("nothing is written after the end", () => {
  say("3");
  say("5");
  steady.end();
  pass(10 * STAY_MS);
  assert.deepEqual(written, ["3"]);
});
