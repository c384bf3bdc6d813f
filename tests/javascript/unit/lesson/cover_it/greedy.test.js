import assert from "node:assert/strict";
import { mock, test } from "node:test";

import {
  TRIED,
  changed,
  changesOf,
  isOther,
  logOdds,
  search,
} from "../../../../../pixelviz/page/lesson/cover_it/greedy.js";
import { createSearching } from "../../../../../pixelviz/page/lesson/cover_it/searching.js";
import { createTurns } from "../../../../../pixelviz/page/lesson/cover_it/turns.js";
import { pass, useClock } from "../../clock.js";
import { createFakeNetworks } from "./fake_networks.js";

/** @typedef {import("../../../../../pixelviz/page/lesson/cover_it/greedy.js").Step} Step */
/** @typedef {import("../../../../../pixelviz/page/lesson/cover_it/greedy.js").Change} Change */

const THRESHOLD = 0.8;
const DIGIT = Uint8Array.from({ length: 784 }, (_, index) => {
  const [row, column] = [Math.floor(index / 28), index % 28];
  return row >= 8 && row < 20 && column >= 13 && column < 16 ? 100 + 10 * (row - 8) : 0;
});

/** @param {number} index @returns {number} Some weight, another one for nearly each pixel. */
const weightOf = (index) => Math.sin(index * 12.9898) / 255;

/** @param {Uint8Array} vector @returns {number[]} A linear model of three digits; it is sure of 2. */
function linear(vector) {
  const sum = vector.reduce((total, value, index) => total + value * weightOf(index), 0);
  const whole = DIGIT.reduce((total, value, index) => total + value * weightOf(index), 0);
  return [0, -1, 5 + sum - whole];
}

/**
 * @param {(vector: Uint8Array) => number[]} model
 * @param {Uint8Array} [vector]
 */
function run(model, vector = DIGIT) {
  /** @type {Step[]} */ const steps = [];
  /** @type {ArrayLike<number>[]} */ const first = [];
  /** @type {number[]} */ const tried = [];
  const searching = search(vector, THRESHOLD, (step) => steps.push(step), (each) => first.push(each));
  let result = searching.next();
  while (!result.done) {
    tried.push(result.value.length);
    result = searching.next(result.value.map(model));
  }
  return { steps, first, tried, end: result.value };
}

test("each pixel of ink is taken away, and each of paper beside ink is inked", () => {
  const changes = changesOf(DIGIT);
  assert.equal(changes.length, (12 + 2) * (3 + 2));
  for (const { index, value } of changes) assert.equal(value, DIGIT[index] > 0 ? 0 : 255);
  assert.deepEqual(changesOf(new Uint8Array(784)), []);
});

test("of a linear model it finds what sorting finds: the largest changes first", () => {
  const { steps, first, tried, end } = run(linear);
  const sorted = changesOf(DIGIT)
    .map((change) => ({ ...change, by: weightOf(change.index) * (change.value - DIGIT[change.index]) }))
    .sort((a, b) => a.by - b.by);
  assert.equal(end, "changed");
  assert.deepEqual(first, [linear(DIGIT)]);
  assert.ok(steps.length > 3);
  assert.deepEqual(
    steps.map(({ change }) => change.index),
    sorted.slice(0, steps.length).map(({ index }) => index),
  );
  let logit = 5;
  steps.forEach(({ change, from, logits }, number) => {
    logit += sorted[number].by;
    assert.equal(from, DIGIT[change.index]);
    assert.ok(Math.abs(logits[2] - logit) < 1e-9);
    const probability = Math.exp(logit) / (Math.exp(logit) + 1 + Math.exp(-1));
    assert.equal(probability < THRESHOLD, number === steps.length - 1); // it ends at "not sure"
  });
  assert.deepEqual(tried.slice(0, 3), [1, changesOf(DIGIT).length, TRIED]);
  assert.deepEqual(run(linear), { steps, first, tried, end }); // always the same
});

test("a step is the best of all that it tries, worked out anew", () => {
  /** @param {Uint8Array} vector A model in which pixels count only together. */
  const model = (vector) => {
    const pairs = vector.slice(1).reduce((sum, value, index) => sum + value * vector[index], 0);
    return [0, pairs / 100000, 0.5];
  };
  const { steps } = run(model);
  /** @type {Change[]} */ const done = [];
  const best = changesOf(DIGIT)
    .map((change) => ({ change, odds: logOdds(model(changed(DIGIT, [change])), 1) }))
    .sort((a, b) => a.odds - b.odds)[0];
  assert.deepEqual(steps[0].change, best.change);
  for (const { change, logits } of steps) {
    done.push(change);
    assert.deepEqual(Array.from(logits), model(changed(DIGIT, done)));
  }
});

test("it ends where nothing helps", () => {
  const { steps, end } = run(() => [0, 1, 9]);
  assert.deepEqual([steps.length, end], [0, "stuck"]);
  assert.equal(run(linear, new Uint8Array(784)).end, "stuck"); // nothing to change
});

test("the answer is another one when the digit is, or when a sure model is no longer sure", () => {
  /** @param {number} digit @param {boolean} isSure @returns {any} */
  const said = (digit, isSure) => ({ digit, isSure });
  assert.ok(isOther(said(3, true), said(3, false)));
  assert.ok(isOther(said(3, true), said(8, true)));
  assert.ok(isOther(said(3, false), said(8, false)));
  assert.ok(!isOther(said(3, true), said(3, true)));
  assert.ok(!isOther(said(3, false), said(3, false)));
});

test("the log-odds are those of the probability, also where that is nearly 1", () => {
  const logits = [1, 2, 4];
  const sum = Math.exp(1) + Math.exp(2) + Math.exp(4);
  const share = Math.exp(4) / sum;
  assert.ok(Math.abs(logOdds(logits, 2) - Math.log(share / (1 - share))) < 1e-9);
  assert.ok(logOdds([0, 90, 0], 1) > logOdds([0, 80, 0], 1));
  assert.ok(Math.abs(logOdds([0, 80, 0], 1) - (80 - Math.log(2))) < 1e-9);
});

/** @param {number} together */
function start(together) {
  const networks = createFakeNetworks((_, vector) => linear(vector), together);
  const turns = createTurns(networks.askMany);
  /** @type {string[]} */ const told = [];
  let steps = 0;
  const searching = createSearching(turns, {
    onFirst: () => told.push("first"),
    onStep: () => (steps += 1),
    onTried: (tried, count) => told.push(`${tried} of ${count}`),
    onEnd: (ending) => told.push(ending),
  });
  const answer = () => {
    const part = networks.nextPart();
    if (part) turns.receive(part);
    return Boolean(part);
  };
  return { networks, searching, told, answer, steps: () => steps };
}

test("a network answers until the search ends", () => {
  const { searching, told, answer, steps } = start(8);
  searching.start(DIGIT, "linear", THRESHOLD);
  while (answer());
  assert.equal(steps(), run(linear).steps.length);
  assert.deepEqual(told.slice(0, 4), ["1 of 1", "first", "8 of 70", "16 of 70"]);
  assert.equal(told.at(-1), "changed");
  assert.ok(!searching.isRunning);
});

test("after 3 seconds it ends, and at once where it is stopped or begun anew", () => {
  useClock();
  const { networks, searching, told, answer, steps } = start(8);
  searching.start(DIGIT, "linear", THRESHOLD);
  for (let part = 0; part < 12; part += 1) answer();
  assert.equal(steps(), 1);
  pass(2999);
  assert.ok(searching.isRunning);
  pass(1);
  assert.equal(told.at(-1), "time");
  assert.deepEqual(networks.asked.at(-1)?.vectors, []); // the Worker stops
  answer();
  assert.equal(steps(), 1);

  searching.start(DIGIT, "linear", THRESHOLD);
  answer();
  searching.stop();
  assert.equal(told.at(-1), "stopped");
  searching.start(DIGIT, "linear", THRESHOLD);
  while (answer());
  assert.equal(told.at(-1), "changed");
  const count = told.length;
  pass(10000);
  searching.stop();
  assert.equal(told.length, count); // it has ended once
  mock.restoreAll();
});

test("the time of one search does not end the next", () => {
  /** @type {Map<number, () => void>} */ const timers = new Map();
  /** @param {(given: unknown) => void} call @param {number} _ @param {unknown} given */
  const wait = (call, _, given) => {
    timers.set(timers.size + 1, () => call(given));
    return timers.size;
  };
  mock.method(globalThis, "setTimeout", wait);
  mock.method(globalThis, "clearTimeout", (/** @type {number} */ timer) => timers.set(timer, () => {}));
  const { searching, told } = start(8);
  searching.start(DIGIT, "linear", THRESHOLD);
  searching.stop();
  searching.start(DIGIT, "linear", THRESHOLD);
  timers.get(1)?.();
  assert.ok(searching.isRunning);
  timers.get(2)?.();
  assert.equal(told.at(-1), "time");
  mock.restoreAll();
});
