import assert from "node:assert/strict";
import { test } from "node:test";

import { LENGTH } from "../../../../../pixelviz/page/browser/arrays.js";

const DIGITS = 10;
const COUNT = 20_000; // more than are read in one part

/** @type {any[]} */ const told = [];
/** @type {{onmessage: (event: {data: unknown}) => void, postMessage: (message: any) => void}} */
const worker = { onmessage: () => {}, postMessage: (message) => told.push(message) };
Object.assign(globalThis, { self: worker });
await import("../../../../../pixelviz/page/lesson/data/evaluation/evaluation_worker.js");

/** @returns {ArrayBuffer} A network whose logit of each digit is a hundred times one of the features. */
function network() {
  const layer = { kind: "Dense", name: "logits", shape: [DIGITS], settings: {} };
  const weights = { kernel: [LENGTH, DIGITS], bias: [DIGITS] };
  const header = { name: "n", title: "N", threshold: 0.8, layers: [{ ...layer, weights }] };
  const text = JSON.stringify(header);
  const padded = text + " ".repeat((4 - (text.length % 4)) % 4);
  const bytes = Buffer.alloc(12 + padded.length + 4 * DIGITS * (LENGTH + 1));
  bytes.write("pixelviz", "latin1");
  bytes.writeUInt32LE(padded.length, 8);
  bytes.write(padded, 12, "latin1");
  for (let digit = 0; digit < DIGITS; digit += 1) {
    bytes.writeFloatLE(100, 12 + padded.length + 4 * (DIGITS * digit + digit));
  }
  return Uint8Array.from(bytes).buffer;
}

/** @param {unknown} data */
function say(data) {
  worker.onmessage({ data });
}

/** @param {() => boolean} isSo */
async function until(isSo) {
  while (!isSo()) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

/** Comes back after what the Worker has told itself to do before. */
async function roundTrip() {
  const { port1, port2 } = new MessageChannel();
  await new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(null);
  });
  port1.close();
}

/** @param {number} count @returns {Uint8Array} Picture n has ink in the feature n % 10. */
function pictures(count) {
  const grids = new Uint8Array(count * LENGTH);
  for (let at = 0; at < count; at += 1) grids[at * LENGTH + (at % DIGITS)] = 255;
  return grids;
}

test("a range is read in parts, from its first picture to its last", async () => {
  say({ kind: "load", name: "n", file: network() });
  assert.deepEqual(told.pop(), { kind: "loaded", name: "n" });
  say({ kind: "load", name: "broken", file: new ArrayBuffer(3) });
  assert.equal(told.pop().kind, "refused");
  say({ kind: "set", grids: pictures(COUNT) });
  say({ kind: "read", name: "n", number: 1, range: { start: 5, end: COUNT } });
  await until(() => told.at(-1)?.isLast);
  assert.ok(told.length > 1);
  let at = 5;
  for (const { kind, number, start, answers } of told) {
    assert.deepEqual([kind, number, start], ["answers", 1, at]);
    const digits = Array.from(answers.digits, (_, index) => (start + index) % DIGITS);
    assert.deepEqual([...answers.digits], digits);
    at += answers.digits.length;
  }
  assert.equal(at, COUNT);
});

test("it stops when it is told to, and a newer question takes the place of the one before", async () => {
  told.length = 0;
  say({ kind: "read", name: "n", number: 2, range: { start: 0, end: COUNT } });
  await until(() => told.length > 0);
  say({ kind: "stop" });
  told.length = 0;
  for (let turn = 0; turn < 5; turn += 1) await roundTrip();
  assert.equal(told.length, 0);
  say({ kind: "read", name: "n", number: 3, range: { start: 0, end: COUNT } });
  say({ kind: "read", name: "n", number: 4, range: { start: 7, end: 9 } });
  await until(() => told.length > 0);
  assert.deepEqual([told[0].number, [...told[0].answers.digits], told[0].isLast], [4, [7, 8], true]);
});
