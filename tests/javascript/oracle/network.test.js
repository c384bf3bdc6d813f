// The browser's networks answer as Keras does; test_network.py writes the networks and Keras's answers.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { logitsOf, outputsOf } from "../../../pixelviz/page/browser/network/network.js";
import { COMPUTE } from "../../../pixelviz/page/browser/network/layers.js";
import { read } from "../../../pixelviz/page/browser/network/network_file.js";
import { originOf } from "../../../pixelviz/page/lesson/convolution/network_view/origin.js";

/**
 * @typedef {object} Small A network of few layers, and Keras's output of each layer.
 * @property {string} what
 * @property {string} network Its file, in base64.
 * @property {number[]} vector
 * @property {number[][]} outputs
 * @property {number[][]} shapes
 */

const LENGTH = 784;
const DIGITS = 10;
const WITHIN = 1e-4;
const LAYERS_WITHIN = 1e-5; // as a share of the largest value

const folder = process.env.PIXELVIZ_NETWORKS ?? "";
if (!folder) throw new Error("Run this test with: pytest tests/javascript/test_network.py");

/** @param {Uint8Array} buffer @returns {ArrayBuffer} Nothing but its bytes. */
function bytesOf(buffer) {
  return Uint8Array.from(buffer).buffer;
}

/** @param {string} name */
function fileOf(name) {
  return bytesOf(readFileSync(join(folder, name)));
}

/** @param {Float32Array} logits @returns {number[]} */
function softmax(logits) {
  const largest = Math.max(...logits);
  const exponentials = Array.from(logits, (logit) => Math.exp(logit - largest));
  const sum = exponentials.reduce((one, other) => one + other);
  return exponentials.map((exponential) => exponential / sum);
}

/** @param {ArrayLike<number>} one @param {ArrayLike<number>} other @returns {number} */
function largestDifference(one, other) {
  assert.equal(one.length, other.length);
  return Array.from(one, (value, index) => Math.abs(value - other[index])).reduce(
    (largest, difference) => (difference <= largest ? largest : difference), // NaN is not
    0,
  );
}

const pictures = new Uint8Array(fileOf("pictures"));

for (const name of ["softmax", "dense", "convolutional"]) {
  test(`the ${name} model gives Keras's logits, digit and certainty`, () => {
    const network = read(fileOf(`${name}.network`));
    const expected = new Float32Array(fileOf(`${name}.logits`));
    const count = pictures.length / LENGTH;
    assert.ok(count >= 2000);
    let worst = 0;
    const times = [];
    for (let index = 0; index < count; index += 1) {
      const vector = pictures.subarray(index * LENGTH, (index + 1) * LENGTH);
      const start = performance.now();
      const logits = logitsOf(network, vector);
      times.push(performance.now() - start);
      const keras = expected.subarray(index * DIGITS, (index + 1) * DIGITS);
      const difference = largestDifference(logits, keras);
      assert.ok(difference < WITHIN, `picture ${index}: ${difference}`);
      worst = Math.max(worst, difference);
      const [own, its] = [softmax(logits), softmax(keras)];
      const [confidence, kerasConfidence] = [Math.max(...own), Math.max(...its)];
      assert.equal(own.indexOf(confidence), its.indexOf(kerasConfidence), `picture ${index}`);
      const isSure = confidence >= network.threshold;
      assert.equal(isSure, kerasConfidence >= network.threshold, `picture ${index}`);
    }
    times.sort((one, other) => one - other);
    const median = times[Math.floor(count / 2)].toFixed(2);
    console.log(`${name}: ${count} pictures within ${worst.toExponential(1)}, ${median} ms each`);
  });
}

/** @type {Small[]} */
const small = JSON.parse(readFileSync(join(folder, "small.json"), "utf-8"));
assert.ok(small.length > 8);

/** How many numbers of each layer are traced back, and in how many of the pictures. */
const [TRACED, TRACED_PICTURES] = [40, 20];

/** @type {Set<string>} The kinds of layers whose numbers were traced back. */
const kinds = new Set();

for (const { what, network, vector, outputs, shapes } of small) {
  test(`each layer's output is Keras's: ${what}`, () => {
    const parsed = read(bytesOf(Buffer.from(network, "base64")));
    const found = outputsOf(parsed, Uint8Array.from(vector));
    assert.equal(found.length, outputs.length);
    found.forEach(({ shape, values }, index) => {
      assert.deepEqual(shape, shapes[index]);
      const largest = Math.max(1, ...outputs[index].map(Math.abs));
      const difference = largestDifference(values, outputs[index]) / largest;
      assert.ok(difference < LAYERS_WITHIN, `${parsed.layers[index].name}: ${difference}`);
    });
    assert.deepEqual(logitsOf(parsed, Uint8Array.from(vector)), found[found.length - 1].values);
    const features = { shape: [LENGTH], values: Float32Array.from(vector, (value) => value / 255) };
    parsed.layers.forEach((layer, number) => {
      kinds.add(layer.kind);
      const input = number === 0 ? features : found[number - 1];
      const largest = Math.max(1, ...outputs[number].map(Math.abs));
      for (let turn = 0; turn < TRACED; turn += 1) {
        const index = (turn * 7919) % outputs[number].length;
        const difference = Math.abs(originOf(layer, input, index).output - outputs[number][index]);
        assert.ok(difference / largest < WITHIN, `${layer.name}, number ${index}: ${difference}`);
      }
    });
  });
}

test("every layer gives what it gives in Keras", () => {
  const { names, pictures: chosen } = JSON.parse(readFileSync(join(folder, "layers.json"), "utf-8"));
  for (const name of names) {
    const network = read(fileOf(`${name}.network`));
    const expected = network.layers.map((layer) => new Float32Array(fileOf(`${name}.layer.${layer.name}`)));
    chosen.forEach((/** @type {number} */ picture, /** @type {number} */ place) => {
      const vector = pictures.subarray(LENGTH * picture, LENGTH * (picture + 1));
      outputsOf(network, vector).forEach(({ values }, layer) => {
        const start = place * values.length;
        const keras = expected[layer].subarray(start, start + values.length);
        const difference = largestDifference(values, keras);
        assert.ok(difference < WITHIN, `${name}, ${network.layers[layer].name}: ${difference}`);
      });
    });
  }
});

test("the numbers of layers of all kinds were traced back", () => {
  assert.deepEqual([...kinds].sort(), Object.keys(COMPUTE).sort());
});

test("each number of a layer comes from where it is said to come from", () => {
  const { names, pictures: chosen } = JSON.parse(readFileSync(join(folder, "layers.json"), "utf-8"));
  for (const name of names) {
    const network = read(fileOf(`${name}.network`));
    const expected = network.layers.map((layer) => new Float32Array(fileOf(`${name}.layer.${layer.name}`)));
    for (const [place, picture] of chosen.slice(0, TRACED_PICTURES).entries()) {
      const vector = pictures.subarray(LENGTH * picture, LENGTH * (picture + 1));
      const features = Float32Array.from(vector, (/** @type {number} */ value) => value / 255);
      const tensors = [{ shape: [LENGTH], values: features }, ...outputsOf(network, vector)];
      network.layers.forEach((layer, number) => {
        const output = tensors[number + 1].values;
        for (let turn = 0; turn < TRACED; turn += 1) {
          const index = (turn * 7919 + place * 104729) % output.length;
          const origin = originOf(layer, tensors[number], index);
          const keras = expected[number][place * output.length + index];
          assert.ok(Math.abs(origin.output - keras) < WITHIN, `${layer.name}, number ${index}`);
          const sum = origin.terms.reduce((all, { value }) => all + value, origin.bias);
          const worked = { sum: origin.hasRelu ? Math.max(sum, 0) : sum, relu: Math.max(sum, 0), same: sum };
          if (origin.kind !== "largest") assert.ok(Math.abs(worked[origin.kind] - origin.output) < WITHIN);
          else assert.equal(Math.max(...origin.terms.map(({ value }) => value)), origin.output);
        }
      });
    }
  }
});
