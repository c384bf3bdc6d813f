import assert from "node:assert/strict";
import { test } from "node:test";

import { createQuestionQueue } from "../../../../../pixelviz/page/browser/network/question_queue.js";

/** Returns a queue that notes what is answered, and goes on when the test says so. */
function queueOf() {
  /** @type {string[]} */ const answered = [];
  /** @type {(() => void)[]} */ const waiting = [];
  const { ask } = createQuestionQueue((next) => waiting.push(next));
  return {
    answered,
    waiting,
    /** @param {number} value @param {string[]} names */
    ask: (value, ...names) => ask(names.map((name) => () => answered.push(`${name} ${value}`))),
    goOn: () => waiting.shift()?.(),
  };
}

test("the models answer one after the other, in the order in which they were named", () => {
  const { answered, waiting, ask, goOn } = queueOf();
  ask(1, "a", "b", "c");
  assert.deepEqual(answered, []); // not before what else is said
  for (let turn = 0; turn < 3; turn += 1) {
    assert.equal(waiting.length, 1);
    goOn();
  }
  assert.deepEqual(answered, ["a 1", "b 1", "c 1"]);
  assert.equal(waiting.length, 0);
});

test("of several drawings only the newest is answered", () => {
  const { answered, waiting, ask, goOn } = queueOf();
  ask(1, "a");
  ask(2, "a");
  ask(3, "a");
  assert.equal(waiting.length, 1);
  goOn();
  assert.deepEqual(answered, ["a 3"]);
  assert.equal(waiting.length, 0);
});

test("a newer drawing comes before the other models' answers to an older one", () => {
  const { answered, waiting, ask, goOn } = queueOf();
  ask(1, "a", "b", "c");
  goOn();
  goOn();
  ask(2, "a", "b");
  for (let turn = 0; turn < 5; turn += 1) goOn();
  assert.deepEqual(answered, ["a 1", "b 1", "a 2", "b 2"]);
  assert.equal(waiting.length, 0);
});

test("what is said while a model answers is heard before the next one answers", () => {
  /** @type {(() => void)[]} */ const events = [];
  /** @type {string[]} */ const answered = [];
  const { ask } = createQuestionQueue((next) => events.push(next));
  const first = () => {
    answered.push("a 1");
    events.push(() => ask([() => answered.push("a 2")]));
  };
  ask([first, () => answered.push("b 1")]);
  while (events.length > 0) events.shift()?.();
  assert.deepEqual(answered, ["a 1", "a 2"]);
});

test("a question to nobody only drops the one before", () => {
  const { answered, ask, goOn } = queueOf();
  ask(1, "a");
  ask(2);
  goOn();
  ask(3, "b");
  goOn();
  assert.deepEqual(answered, ["b 3"]);
});
