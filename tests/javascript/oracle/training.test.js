// What is learned here is what Keras learns; test_training.py writes what that is.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { createDescent } from "../../../pixelviz/page/browser/training/descent.js";
import { inPixelOrder, logitsOf } from "../../../pixelviz/page/browser/training/network.js";
import { kerasLines, weightsFile } from "../../../pixelviz/page/browser/training/take_away.js";

/**
 * @typedef {object} Case
 * @property {boolean} scaled
 * @property {number} rate
 * @property {number[] | null} order
 * @property {number[][]} before Kernel and bias of each layer.
 * @property {number[][]} after
 * @property {number} firstLoss
 * @property {number} loss That of all pictures in the end.
 * @property {number} accuracy
 * @property {number[]} probabilities Those of the first picture in the end.
 */

const WITHIN = 1e-4;

const folder = process.env.PIXELVIZ_TRAINING ?? "";
if (!folder) throw new Error("Run this test with: pytest tests/javascript/test_training.py");

/** @param {string} name */
function bytesOf(name) {
  return Uint8Array.from(readFileSync(join(folder, name)));
}

const pictures = { grids: bytesOf("pictures"), targets: bytesOf("targets") };
/** @type {{batches: number[][], cases: Record<string, Case>}} */
const { batches, cases } = JSON.parse(readFileSync(join(folder, "cases.json"), "utf-8"));
assert.ok(batches.length >= 50);

/** @param {number[][]} weights */
function layersOf(weights) {
  return Array.from({ length: weights.length / 2 }, (_, index) => ({
    kernel: Float32Array.from(weights[2 * index]),
    bias: Float32Array.from(weights[2 * index + 1]),
  }));
}

for (const [name, each] of Object.entries(cases)) {
  test(`${name}: the weights after ${batches.length} steps are Keras's`, () => {
    const network = {
      layers: layersOf(each.before),
      scale: each.scaled ? 1 / 255 : 1,
      order: each.order && Uint16Array.from(each.order),
    };
    const descent = createDescent(network, pictures, batches[0].length);
    const losses = batches.map((batch) => descent.step(batch, each.rate));
    assert.ok(Math.abs(losses[0] - each.firstLoss) < WITHIN * Math.max(1, each.firstLoss));
    let [worst, moved] = [0, 0];
    layersOf(each.after).forEach((layer, number) => {
      for (const part of /** @type {const} */ (["kernel", "bias"])) {
        const start = layersOf(each.before)[number][part];
        layer[part].forEach((value, index) => {
          worst = Math.max(worst, Math.abs(value - network.layers[number][part][index]));
          moved = Math.max(moved, Math.abs(value - start[index]));
        });
      }
    });
    assert.ok(worst < WITHIN, `${worst}`);
    assert.ok(moved > 10 * worst, `moved by ${moved} only`);
    const measured = descent.measure(Uint32Array.from(pictures.targets, (_, number) => number));
    assert.ok(Math.abs(measured.loss - each.loss) < WITHIN * Math.max(1, each.loss));
    assert.ok(Math.abs(measured.accuracy - each.accuracy) < 0.003);
    const inOrder = inPixelOrder(network);
    const first = pictures.grids.subarray(0, 784);
    const [own, other] = [logitsOf(network, first), logitsOf(inOrder, first)];
    own.forEach((logit, digit) => assert.ok(Math.abs(logit - other[digit]) < WITHIN));
    console.log(`${name}: within ${worst.toExponential(1)}, moved by up to ${moved.toExponential(1)}`);
    writeFileSync(join(folder, `${name}.npz`), weightsFile(inOrder));
    writeFileSync(join(folder, `${name}.py`), `${kerasLines(inOrder)}\n`);
  });
}
