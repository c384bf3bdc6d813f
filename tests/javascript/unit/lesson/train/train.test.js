import assert from "node:assert/strict";
import { test } from "node:test";

import { createNetwork, inPixelOrder } from "../../../../../pixelviz/page/browser/training/network.js";
import { tickText, ticksTo } from "../../../../../pixelviz/page/lesson/train/axis.js";
import { createHistory } from "../../../../../pixelviz/page/lesson/train/history.js";
import { learnedFrom, splitText } from "../../../../../pixelviz/page/lesson/train/learned_from.js";
import { BROKEN, remarksOn } from "../../../../../pixelviz/page/lesson/train/remarks.js";
import { countsUpTo, hiddenFrom } from "../../../../../pixelviz/page/lesson/train/settings.js";
import { changeOf, inkiest, rowsOf } from "../../../../../pixelviz/page/lesson/train/step_numbers.js";
import { variationsOf } from "../../../../../pixelviz/page/lesson/train/variations.js";

/** @param {number} step @param {number} loss @param {number | null} heldOutLoss */
function point(step, loss, heldOutLoss = null) {
  return { step, loss, accuracy: 0.5, heldOutLoss, heldOutAccuracy: null };
}

test("what is said of a training is true of its numbers", () => {
  assert.deepEqual(remarksOn([point(0, Math.log(10))], null, false), []);
  assert.deepEqual(remarksOn([point(0, 2.3), point(9, 0.4, 0.5)], null, false), []);
  assert.deepEqual(remarksOn([point(3, NaN)], point(3, 1), true), [BROKEN]);
  const [worse] = remarksOn([point(0, 2.303), point(60, 812.25)], null, false);
  assert.equal(worse, "The loss is 812.250: worse than ten equal probabilities, whose loss is 2.303.");
  // What is read correctly has a loss of at most the logarithm of 10, so what is not has one of at least
  // (812.25 - 0.95 * 2.303) / 0.05 on average: a probability of e to the power of -16,201.
  const [, sure] = remarksOn([point(0, 2.303), { ...point(60, 812.25), accuracy: 0.95 }], null, false);
  assert.match(sure, /^It reads 95\.0\u202f% correctly, but .* a probability of next to 0/);
  const mild = remarksOn([point(0, 2.303), { ...point(60, 2.5), accuracy: 0.55 }], null, false);
  assert.equal(mild.length, 1); // at least 2.74 each: a probability of 6 %
  const [none] = remarksOn([point(0, 2.303), point(60, 2.2981)], null, false);
  assert.equal(none, "The loss is 2.298: no better than ten equal probabilities, whose loss is 2.303.");
  assert.deepEqual(remarksOn([point(0, 2.303), point(2, 2.2981)], null, false), []); // it has hardly begun
  const [same] = remarksOn([point(0, 2.3), point(1, 1.5)], point(1, 1.5), false);
  assert.equal(same, "After 1 step the training before had a loss of 1.500, this one has 1.500.");
});

test("over-fitting is said where one loss rises and the other falls", () => {
  const rising = [point(0, 2.3, 2.3), point(9, 0.5, 2.0), point(300, 0.002, 2.25)];
  const [said] = remarksOn(rising, null, false);
  assert.match(said, /^Over-fitting: since step 9 .* from 2\.000 to 2\.250, .* from 0\.500 to 0\.002\.$/);
  const up = [...rising, point(310, 0.002, 2.26)];
  assert.match(remarksOn(up, null, false)[0], /^Over-fitting: since step 9 /);
  for (const points of [
    [point(0, 2.3, 2.3), point(9, 0.5, 2.0), point(300, 0.6, 2.25)], // both rise
    [point(0, 2.3, 2.3), point(9, 0.5, 2.0), point(300, 0.1, 2.01)], // hardly
    [point(0, 2.3, 2.3), point(9, 0.5, 2.4)], // it never fell
    [point(0, 2.3), point(9, 0.5)], // nothing is held out
    [point(0, 2.3, 2.3), point(90, 0.29, 0.434), point(93, 0.289, 0.448)], // a batch more or less
    [point(0, 2.3, 2.3), point(9, 0.5, 2.0), point(200, 0.4, 2.0), point(300, 0.1, 2.25)], // only just
    [point(0, 2.3, 2.3), point(9, 0.5, 2.0), point(300, 0.49, 2.25)], // the other one stays as it was
  ]) {
    assert.deepEqual(remarksOn(points, null, false), []);
  }
});

test("the training before stays to be compared", () => {
  const history = createHistory();
  history.add([point(0, 2.3)]);
  history.startAgain();
  assert.deepEqual(history.before, []); // it had hardly begun
  history.add([point(0, 2.3), point(1, 2)]);
  history.startAgain();
  history.startAgain();
  assert.equal(history.beforeAt(1)?.loss, 2);
  assert.equal(history.beforeAt(2), null);
  assert.equal(history.points.length, 0);
  for (let step = 0; step < 5000; step += 1) history.add([point(step, 1)]);
  assert.ok(history.points.length <= 1500);
  assert.equal(history.points.at(-1)?.step, 4999);
  assert.equal(history.points[0].step, 0);
});

test("the axis has round numbers up to the largest", () => {
  assert.deepEqual(ticksTo(1, 4), [0, 0.25, 0.5, 0.75, 1]);
  assert.deepEqual(ticksTo(2.303, 4), [0, 1, 2, 3]);
  assert.deepEqual(ticksTo(0.3, 4), [0, 0.1, 0.2, 0.3]);
  for (const largest of [0.01, 0.7, 3.3, 9.99, 60, 1948.6, 5e7]) {
    const ticks = ticksTo(largest, 4);
    assert.ok(ticks.length <= 5 && ticks[ticks.length - 1] >= largest, String(ticks));
    assert.ok(ticks[ticks.length - 1] < 2.1 * largest, String(ticks));
  }
  assert.deepEqual([0, 0.25, 2500, 20_000, 3e6].map(tickText), ["0", "0.25", "2,500", "20k", "3M"]);
});

test("what is typed for hidden units is a number of them", () => {
  assert.deepEqual(["", "x", "-3", "7", "6.6", "65", "1e9"].map(hiddenFrom), [0, 0, 0, 7, 7, 64, 64]);
  assert.deepEqual(countsUpTo(300), [10, 30, 100, 300]);
  assert.deepEqual(countsUpTo(7), [7]);
});

const SET = {
  kind: "file",
  name: "a file",
  source: "",
  grids: new Uint8Array(784),
  targets: Uint8Array.of(3),
  trainingCount: 1,
};

test("the chosen set is learned from, and the examples where that is not possible", () => {
  const samples = { ...SET, kind: "samples" };
  const all = new Map([["file", SET]]);
  assert.deepEqual(learnedFrom({ all, chosen: SET }, samples, false), { set: SET, why: "" });
  assert.equal(learnedFrom({ all, chosen: SET }, samples, true).set, samples);
  const none = learnedFrom({ all: new Map(), chosen: null }, samples, false);
  assert.equal(none.set, samples);
  assert.match(none.why, /No data set yet/);
  const without = learnedFrom({ all, chosen: { ...SET, targets: null } }, samples, false);
  assert.equal(without.set, samples);
  assert.match(without.why, /^a file has no targets/);
});

test("it says which pictures are held out", () => {
  const parts = { training: 60_000, heldOut: 10_000, isTestSet: true };
  assert.equal(splitText(parts, 60_000), "all 60,000 pictures; 10,000 others, the test set, are held out.");
  assert.match(splitText({ ...parts, isTestSet: false }, 10), /^10 of 60,000 pictures; .* about a sixth/);
  assert.match(splitText({ training: 1, heldOut: 0, isTestSet: false }, 1), /^all 1 picture; .*too few/);
});

test("probability minus target is the error, and probabilities add up, as written", () => {
  const probabilities = [0.11111, 0.22222, 0.00003, 0.3, 0.1, 0.1, 0.05, 0.05, 0.06664, 0];
  const rows = rowsOf(probabilities.map((each, digit) => each - (digit === 3 ? 1 : 0)), 3);
  assert.equal(rows.reduce((sum, { probability }) => sum + probability, 0), 10_000);
  rows.forEach((row, digit) => {
    assert.equal(row.error, row.probability - row.target);
    assert.equal(row.target, digit === 3 ? 10_000 : 0);
    assert.ok(Math.abs(row.probability / 10_000 - probabilities[digit]) <= 1e-4);
  });
});

test("old weight minus rate × gradient is the new weight, as written, also of shuffled pixels", () => {
  const order = Uint16Array.from({ length: 784 }, (_, index) => 783 - index);
  const vector = new Uint8Array(784);
  vector[5] = 200;
  const network = createNetwork({ hidden: 0, isRescaled: true, order, seed: 1 });
  const before = [{ kernel: new Float32Array(7840).fill(0.1234567), bias: new Float32Array(10) }];
  const deltas = new Float64Array(10).fill(-0.3);
  const gradient = -0.3 * (200 / 255);
  network.layers[0].kernel.set(before[0].kernel);
  network.layers[0].kernel[10 * 778 + 4] -= 0.07 * gradient; // pixel 5 is feature 778
  const change = changeOf({ number: 0, before, deltas }, network, vector, { pixel: 5, unit: 4 });
  assert.ok(Math.abs(change.feature - 200 / 255) < 1e-6);
  assert.ok(Math.abs(change.gradient - gradient) < 1e-6);
  assert.equal(change.before - change.moved, change.after);
  assert.ok(Math.abs(change.moved / 1e6 - 0.07 * gradient) < 2e-6);
  assert.equal(inPixelOrder(network).layers[0].kernel[10 * 5 + 4], network.layers[0].kernel[10 * 778 + 4]);
  assert.equal(inkiest(vector), 5);
});

test("the variations are framed digits, each another one, and the same each time", () => {
  /** @type {[number, number][][][]} */
  const samples = Array.from({ length: 10 }, (_, digit) => [
    [[0.3, 0.2], [0.3 + 0.04 * digit, 0.8]],
    [[0.2, 0.5], [0.7, 0.5]],
  ]);
  const set = variationsOf(samples, 4, 1);
  assert.equal(set.grids.length, 40 * 784);
  assert.deepEqual([...(set.targets ?? [])].slice(8, 12), [8, 9, 0, 1]);
  assert.deepEqual(variationsOf(samples, 4, 1).grids, set.grids);
  const seen = new Set();
  for (let number = 0; number < 40; number += 1) {
    const vector = set.grids.subarray(784 * number, 784 * (number + 1));
    seen.add(vector.join());
    const rows = [...vector.keys()].filter((index) => vector[index] > 0).map((index) => Math.floor(index / 28));
    const columns = [...vector.keys()].filter((index) => vector[index] > 0).map((index) => index % 28);
    const [height, width] = [rows, columns].map((each) => Math.max(...each) - Math.min(...each) + 1);
    assert.equal(Math.max(height, width), 20);
    assert.ok(Math.max(...vector) > 200);
    const mass = vector.reduce((sum, value) => sum + value, 0);
    const middle = vector.reduce((sum, value, index) => sum + value * Math.floor(index / 28), 0) / mass;
    assert.ok(Math.abs(middle - 14) <= 1.5);
  }
  assert.equal(seen.size, 40);
});
