// The Worker, run here: what it is told, and what it answers.

import assert from "node:assert/strict";
import { test } from "node:test";

import { createPace } from "../../../../../pixelviz/page/browser/training/pace.js";
import { OPTIONS, bands } from "./pictures.js";

/** @type {any[]} */ const said = [];
/** @type {(() => void)[]} */ const waiting = [];
const worker = {
  /** @type {(event: {data: unknown}) => void} */ onmessage: () => {},
  /** @param {unknown} message */
  postMessage(message) {
    said.push(message);
    waiting.splice(0).forEach((go) => go());
  },
};
Object.assign(globalThis, { self: worker });
await import("../../../../../pixelviz/page/browser/training/training_worker.js");

/** @param {string} kind @param {object} [more] */
function tell(kind, more = {}) {
  worker.onmessage({ data: { kind, ...more } });
}

/** @param {(message: any) => boolean} is @returns {Promise<any>} The first message that is so. */
async function until(is) {
  for (;;) {
    const found = said.find(is);
    if (found) return found;
    await new Promise((resolve) => {
      waiting.push(() => resolve(undefined));
    });
    tell("heard");
  }
}

/** @param {object} [changes] */
function start(changes = {}) {
  said.length = 0;
  tell("set", { ...bands(120), trainingCount: 100 });
  tell("start", { run: 7, options: { ...OPTIONS, ...changes } });
  tell("heard");
}

test("it tells how a training stands before anything is learned, and after each step", () => {
  start();
  const [first] = said;
  assert.equal(first.run, 7);
  assert.deepEqual(first.progress, { step: 0, epoch: 0, place: 0, count: 100, isBroken: false });
  assert.deepEqual(first.split, { training: 100, heldOut: 20, isTestSet: true });
  assert.equal(first.points.length, 1);
  tell("step", { isOne: false });
  tell("step", { isOne: true });
  const [, batch, one] = said;
  assert.deepEqual([batch.progress.step, batch.progress.place, batch.single], [1, 10, null]);
  assert.deepEqual([one.progress.step, one.progress.place], [2, 11]);
  assert.deepEqual(one.single.before, batch.network.layers);
  assert.notDeepEqual(one.single.before, one.network.layers);
  assert.ok(!one.isPlaying);
});

test("writers are held out where the set has such, and a set is not sent again for that", () => {
  start({ leftOut: [1] });
  assert.deepEqual(said[0].split, { training: 100, heldOut: 20, isTestSet: true }); // nobody knows who wrote them
  said.length = 0;
  tell("set", { ...bands(120), trainingCount: 120, writtenBy: Uint16Array.from({ length: 40 }, (_, at) => at % 4) });
  tell("start", { run: 8, options: { ...OPTIONS, count: Infinity, leftOut: [3] } });
  tell("start", { run: 9, options: { ...OPTIONS, count: Infinity, leftOut: null } });
  const [byWriters, byPictures] = said;
  assert.deepEqual(byWriters.split, { training: 110, heldOut: 10, isTestSet: false });
  assert.equal(byWriters.progress.count, 110);
  assert.deepEqual(byPictures.split, { training: 100, heldOut: 20, isTestSet: false });
});

test("one epoch ends by itself", async () => {
  start();
  tell("play", { perSecond: Infinity, isOneEpoch: true, reportMs: 0 });
  const { progress } = await until(({ isPlaying, progress: each }) => each.step > 0 && !isPlaying);
  assert.deepEqual([progress.epoch, progress.step], [1, 10]);
});

test("it plays until it is paused, and hears of the pause at once", async () => {
  start();
  tell("play", { perSecond: Infinity, isOneEpoch: false, reportMs: 0 });
  const { points } = await until(({ progress }) => progress.step > 30);
  assert.ok(points.length > 0);
  tell("pause");
  const last = said[said.length - 1];
  assert.ok(!last.isPlaying);
  const steps = said.flatMap((each) => each.points.map((/** @type {{step: number}} */ { step }) => step));
  assert.deepEqual(steps, [...new Set(steps)].sort((a, b) => a - b)); // each once, in their order
  assert.equal(steps[steps.length - 1], last.progress.step);
  assert.deepEqual(steps.slice(0, 6), [0, 1, 2, 3, 4, 5]);
});

test("without an answer of the page it goes on, but tells nothing", async () => {
  start();
  tell("play", { perSecond: Infinity, isOneEpoch: false, reportMs: 0 });
  await new Promise((resolve) => {
    waiting.push(() => resolve(undefined));
  });
  const count = said.length;
  await new Promise((resolve) => {
    setTimeout(resolve, 60);
  });
  assert.equal(said.length, count);
  tell("pause");
  assert.ok(said[said.length - 1].progress.step > said[count - 1].progress.step);
});

test("a loss that is no number ends it", async () => {
  start({ hidden: 8, rate: 1e30 });
  tell("play", { perSecond: Infinity, isOneEpoch: false, reportMs: 0 });
  const { progress, isPlaying } = await until(({ progress: each }) => each.isBroken);
  assert.ok(!isPlaying);
  tell("step", { isOne: true });
  tell("play", { perSecond: Infinity, isOneEpoch: false, reportMs: 0 });
  assert.equal(said[said.length - 1].progress.step, progress.step);
});

test("it gives what it has learned, for pixels in their own order", () => {
  const order = Uint16Array.from({ length: 784 }, (_, index) => 783 - index);
  start({ order });
  tell("step", { isOne: false });
  tell("give", { number: 3 });
  const { kernel } = said[1].network.layers[0];
  const given = said[2];
  assert.deepEqual([given.kind, given.number, given.network.order], ["given", 3, null]);
  assert.equal(given.step, 1);
  for (const pixel of [0, 100, 783]) {
    assert.deepEqual(
      given.network.layers[0].kernel.slice(10 * pixel, 10 * pixel + 10),
      kernel.slice(10 * (783 - pixel), 10 * (784 - pixel)),
    );
  }
  assert.ok(given.accuracy >= 0 && given.accuracy <= 1);
});

test("steps are due at an even pace, and what was missed for long is not made up for", () => {
  const pace = createPace(10, 1000);
  assert.ok(pace.take(1000));
  assert.ok(!pace.take(1050));
  assert.equal(pace.wait(1050), 50);
  assert.ok(pace.take(1100));
  assert.ok(pace.take(1400)); // of 1200
  assert.ok(pace.take(1400));
  let taken = 0;
  while (pace.take(60_000)) taken += 1;
  assert.ok(taken <= 12);
  const fast = createPace(Infinity, 0);
  assert.ok([1, 1, 1, 2].every((time) => fast.take(time)));
  assert.equal(fast.wait(2), 0);
});
