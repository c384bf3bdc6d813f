import assert from "node:assert/strict";
import { test } from "node:test";

import { read } from "../../../../../pixelviz/page/browser/network/network_file.js";

const LAYER = { kind: "Dense", name: "logits", shape: [2], settings: { activation: "linear" } };
const HEADER = {
  name: "small",
  title: "Small network",
  threshold: 0.8,
  sha256: "0",
  layers: [{ ...LAYER, weights: { kernel: [3, 2], bias: [2] } }],
};
const WEIGHTS = [1, 2, 3, 4, 5, 6, 0.5, -0.5];

/**
 * @param {string} magic
 * @param {unknown} header
 * @param {number[]} weights
 * @returns {ArrayBuffer}
 */
function fileOf(magic, header, weights) {
  const text = typeof header === "string" ? header : JSON.stringify(header);
  const padded = text + " ".repeat((4 - (text.length % 4)) % 4);
  const bytes = Buffer.alloc(12 + padded.length + 4 * weights.length);
  bytes.write(magic, "latin1");
  bytes.writeUInt32LE(padded.length, 8);
  bytes.write(padded, 12, "latin1");
  weights.forEach((weight, index) => bytes.writeFloatLE(weight, 12 + padded.length + 4 * index));
  return Uint8Array.from(bytes).buffer;
}

const FILE = fileOf("pixelviz", HEADER, WEIGHTS);

test("a file gives the network's layers with their weights", () => {
  const { name, title, threshold, layers } = read(FILE);
  assert.deepEqual([name, title, threshold], ["small", "Small network", 0.8]);
  const { weights, ...layer } = layers[0];
  assert.deepEqual(layer, LAYER);
  assert.deepEqual(weights.kernel, { shape: [3, 2], values: new Float32Array([1, 2, 3, 4, 5, 6]) });
  assert.deepEqual(weights.bias, { shape: [2], values: new Float32Array([0.5, -0.5]) });
});

test("a file that is cut off anywhere, or too long, is an error", () => {
  for (let length = 0; length < FILE.byteLength; length += 1) {
    assert.throws(() => read(FILE.slice(0, length)), /^Error: Expected the file of a network, got /);
  }
  assert.throws(() => read(fileOf("pixelviz", HEADER, [...WEIGHTS, 1])), /do not fit its 8 weights/);
});

test("a file that is not a network's is an error", () => {
  const page = new TextEncoder().encode("<!doctype html><title>Not found</title>").buffer;
  const lambda = { ...HEADER, layers: [{ ...LAYER, kind: "Lambda", weights: {} }] };
  const inherited = { ...HEADER, layers: [{ ...LAYER, kind: "toString", weights: {} }] };
  /** @type {[ArrayBuffer, RegExp][]} */ const cases = [
    [page, /got another file\. Reload the page\.$/],
    [fileOf("pixelvix", HEADER, WEIGHTS), /got another file/],
    [fileOf("pixelviz", "{", WEIGHTS), /a header that is not JSON/],
    [fileOf("pixelviz", "{}", WEIGHTS), /a header without layers/],
    [fileOf("pixelviz", "null", WEIGHTS), /a header without layers/],
    [fileOf("pixelviz", { layers: [null] }, []), /a header without layers/],
    [fileOf("pixelviz", lambda, []), /a layer of the kind Lambda/],
    [fileOf("pixelviz", inherited, []), /a layer of the kind toString/],
  ];
  for (const [file, message] of cases) assert.throws(() => read(file), message);
});
