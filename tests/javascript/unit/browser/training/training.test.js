import assert from "node:assert/strict";
import { test } from "node:test";

import { createNetwork, inPixelOrder, logitsOf } from "../../../../../pixelviz/page/browser/training/network.js";
import { createRandom, shuffle } from "../../../../../pixelviz/page/browser/training/random.js";
import { splitOf } from "../../../../../pixelviz/page/browser/training/split.js";
import { createTraining } from "../../../../../pixelviz/page/browser/training/training.js";
import { OPTIONS, bands } from "./pictures.js";

const pictures = bands(120);
const split = splitOf(pictures.targets, 100, 1);

/** @param {Partial<typeof OPTIONS>} [changes] */
function training(changes = {}) {
  return createTraining(pictures, split, { ...OPTIONS, ...changes });
}

test("softmax regression knows nothing at first, and the loss falls", () => {
  const one = training();
  const first = one.measure();
  assert.equal(first.loss.toFixed(9), Math.log(10).toFixed(9));
  assert.ok(one.network.layers[0].kernel.every((weight) => Object.is(weight, 0)));
  for (let step = 0; step < 60; step += 1) one.takeBatch();
  const now = one.measure();
  assert.ok(now.loss < 0.5 && now.accuracy > 0.95, JSON.stringify(now));
  assert.ok((now.heldOutAccuracy ?? 0) > 0.9);
  assert.equal(one.heldOutAccuracy(), now.heldOutAccuracy); // none is left out of so few
});

test("an epoch takes each picture once, in another order than the one before", () => {
  const one = training({ batch: 7, count: 20 });
  /** @type {number[][]} */ const epochs = [[], []];
  for (const numbers of epochs) {
    while (numbers.length < 20) numbers.push(one.takeOne().number);
  }
  assert.deepEqual(one.progress, { step: 40, epoch: 2, place: 0, count: 20, isBroken: false });
  for (const numbers of epochs) assert.deepEqual([...numbers].sort(), [...split.training.slice(0, 20)].sort());
  assert.notDeepEqual(epochs[0], epochs[1]);
  for (let step = 0; step < 3; step += 1) one.takeBatch();
  assert.deepEqual([one.progress.epoch, one.progress.place], [3, 0]); // 7 + 7 + 6 pictures
});

test("it goes the same way each time, also with hidden units", () => {
  for (const hidden of [0, 5]) {
    const [one, other] = [training({ hidden }), training({ hidden })];
    for (let step = 0; step < 15; step += 1) {
      one.takeBatch();
      other.takeBatch();
    }
    assert.deepEqual(one.network, other.network);
    assert.notDeepEqual(one.network, training({ hidden }).network);
  }
});

test("shuffled pixels make no difference to softmax regression, to the digit that is shown", () => {
  const moved = Uint32Array.from({ length: 784 }, (_, index) => index);
  shuffle(moved, createRandom(9));
  const order = Uint16Array.from(moved);
  const [plain, shuffled] = [training(), training({ order })];
  for (let step = 0; step < 50; step += 1) {
    plain.takeBatch();
    shuffled.takeBatch();
    assert.ok(Math.abs(plain.measure().loss - shuffled.measure().loss) < 1e-6);
  }
  const back = inPixelOrder(shuffled.network).layers[0].kernel;
  plain.network.layers[0].kernel.forEach((weight, index) => assert.ok(Math.abs(weight - back[index]) < 1e-6));
  assert.notDeepEqual(shuffled.network.layers[0].kernel, back);
});

test("a learning rate that is too large is noticed", () => {
  const one = training({ hidden: 8, rate: 1e30 });
  for (let step = 0; step < 10; step += 1) one.takeBatch();
  assert.ok(one.progress.isBroken);
  const other = training({ rate: 0.1 });
  for (let step = 0; step < 10; step += 1) other.takeBatch();
  assert.ok(!other.progress.isBroken);
});

test("the learning rate can change on the way", () => {
  const one = training();
  one.setRate(0);
  const before = one.network.layers[0].kernel.slice();
  one.takeBatch();
  assert.deepEqual(one.network.layers[0].kernel, before);
  one.setRate(0.1);
  one.takeBatch();
  assert.notDeepEqual(one.network.layers[0].kernel, before);
});

test("a step with one picture tells its errors and the weights before it", () => {
  const one = training();
  one.takeBatch();
  const { number, before, deltas } = one.takeOne();
  const vector = pictures.grids.subarray(784 * number, 784 * (number + 1));
  const logits = logitsOf({ layers: before, scale: 1 / 255, order: null }, vector);
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
  deltas.forEach((delta, digit) => {
    const error = Math.exp(logits[digit]) / total - (digit === pictures.targets[number] ? 1 : 0);
    assert.ok(Math.abs(delta - error) < 1e-6);
    const pixel = vector.findIndex((value) => value > 0);
    const weight = before[0].kernel[10 * pixel + digit] - 0.1 * error * (vector[pixel] / 255);
    assert.ok(Math.abs(one.network.layers[0].kernel[10 * pixel + digit] - weight) < 1e-6);
  });
});

test("points come at the same steps, closer together at first", () => {
  const one = training();
  /** @type {number[]} */ const marks = [];
  while (one.progress.step < 200) {
    one.takeBatch();
    if (one.isMarked()) marks.push(one.progress.step);
  }
  assert.deepEqual(marks.slice(0, 5), [1, 2, 3, 4, 5]);
  assert.ok(marks.length < 60 && marks.length > 30);
});

test("the digits take turns, and each picture is in one part of the set", () => {
  for (const [trainingCount, isTestSet] of /** @type {const} */ ([[100, true], [120, false]])) {
    const parts = splitOf(pictures.targets, trainingCount, 1);
    assert.equal(parts.isTestSet, isTestSet);
    const all = [...parts.training, ...parts.heldOut].sort((a, b) => a - b);
    assert.deepEqual(all, [...pictures.targets.keys()]);
    assert.deepEqual([...parts.training.slice(0, 10)].map((number) => pictures.targets[number]), [...Array(10).keys()]);
    if (isTestSet) assert.ok(parts.heldOut.every((number) => number >= trainingCount));
    else assert.equal(parts.heldOut.length, 20);
  }
  const few = splitOf(Uint8Array.from([3, 3, 8]), 3, 1);
  assert.deepEqual([few.training.length, few.heldOut.length], [3, 0]);
  const own = createTraining(pictures, few, { ...OPTIONS, count: 3 }).measure();
  assert.deepEqual([own.heldOutLoss, own.heldOutAccuracy], [null, null]);
});

test("of writers who are left out nothing is learned, and nothing else is held out", () => {
  const writtenBy = Uint16Array.from({ length: 90 }, (_, number) => number % 7); // the others are MNIST's
  for (const [trainingCount, writers] of /** @type {const} */ ([[120, [2, 5]], [100, [0]]])) {
    const { training: learned, heldOut, isTestSet } = splitOf(pictures.targets, trainingCount, 1, {
      writtenBy,
      writers: [...writers],
    });
    const all = [...pictures.targets.keys()].slice(0, trainingCount);
    const isLeftOut = (/** @type {number} */ number) =>
      number < 90 && /** @type {readonly number[]} */ (writers).includes(number % 7);
    assert.deepEqual([...heldOut].sort((a, b) => a - b), all.filter(isLeftOut));
    assert.deepEqual([...learned].sort((a, b) => a - b), all.filter((number) => !isLeftOut(number)));
    assert.equal(isTestSet, false);
    assert.equal(new Set([...learned.slice(0, 10)].map((number) => pictures.targets[number])).size, 10);
  }
});

test("hidden units start small, random and as far from 0 as Keras's", () => {
  const { layers } = createNetwork({ hidden: 16, isRescaled: true, seed: 1 });
  const farthest = Math.sqrt(6 / (784 + 16));
  const { kernel } = layers[0];
  assert.ok(kernel.every((weight) => Math.abs(weight) <= farthest));
  const spread = Math.sqrt(kernel.reduce((sum, weight) => sum + weight * weight, 0) / kernel.length);
  assert.ok(Math.abs(spread - farthest / Math.sqrt(3)) < 0.002);
  assert.deepEqual([layers[1].kernel.length, layers[1].bias.length], [160, 10]);
});

test("random numbers are spread evenly, and an order has everything once", () => {
  const random = createRandom(1);
  const counts = new Array(10).fill(0);
  for (let index = 0; index < 10_000; index += 1) counts[Math.floor(10 * random())] += 1;
  assert.ok(counts.every((count) => Math.abs(count - 1000) < 120), String(counts));
  const numbers = Uint32Array.from({ length: 50 }, (_, index) => index);
  shuffle(numbers, random);
  assert.notDeepEqual([...numbers], [...Array(50).keys()]);
  assert.deepEqual([...numbers].sort((a, b) => a - b), [...Array(50).keys()]);
});
