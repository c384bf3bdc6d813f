// Thousands of odd files: each is read, asked about or refused, in a sentence and in little memory.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { openDataFile } from "../../../pixelviz/page/browser/data_file/data_file.js";

/** @typedef {import("../../../pixelviz/page/browser/data_file/outcome.js").Answerable} Answerable */

const folder = process.env.PIXELVIZ_DATA_FILES ?? "";
if (!folder) throw new Error("Run this test with: pytest tests/javascript/test_data_file.py");

const CASES = 3000;
const LENGTH = 784;
const COUNT_MAX = 70_000;

/** All pictures, a part of the file, and what the engine itself holds. */
const MEMORY_MAX = COUNT_MAX * LENGTH + 150_000_000;

/** @type {{seeds: string[], bombs: string[]}} */
const { seeds, bombs } = JSON.parse(readFileSync(join(folder, "odd.json"), "utf-8"));
const random = randomFrom(18);

/** @param {number} seed @returns {() => number} Numbers from 0 to 1, the same ones each time. */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** @param {number} end @returns {number} */
function below(end) {
  return Math.floor(random() * end);
}

const PIECES = [
  "",
  ",",
  ";",
  "\n",
  "\r\n",
  "\t",
  " ",
  '"',
  "'",
  "#",
  "-",
  "1e999",
  "1e-5",
  "NaN",
  "label",
  "\0",
  "\ufeff",
  "256",
  "0.5",
  "999999999999999999999",
];

/** @type {((bytes: Buffer) => Buffer)[]} */
const EDITS = [
  (bytes) => bytes.subarray(0, below(bytes.length)),
  (bytes) => bytes.subarray(below(Math.min(bytes.length, 200))),
  (bytes) => replaced(bytes, below(9), Buffer.from(PIECES[below(PIECES.length)])),
  (bytes) => replaced(bytes, below(3000), Buffer.alloc(0)),
  (bytes) => replaced(bytes, 1, Buffer.of(below(256))),
  (bytes) => replaced(bytes, below(4), Buffer.of(255, 255, 255, 255)),
  (bytes) => Buffer.concat([bytes, bytes]),
  (bytes) => changedNumber(bytes),
];

/** @param {Buffer} bytes @param {number} length @param {Buffer} piece */
function replaced(bytes, length, piece) {
  // More often at the ends, where the headers and the directory are.
  const near =
    below(3) === 0 ? below(bytes.length) : below(2) ? below(150) : bytes.length - below(150);
  const at = Math.max(0, Math.min(near, bytes.length));
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + length)]);
}

/** @param {Buffer} bytes @returns {Buffer} With another number in an array's header. */
function changedNumber(bytes) {
  const text = bytes.toString("latin1");
  const others = ["0", "1", "27", "785", "70001", "4294967296", "99999999999999999999"];
  let at = -1;
  const count = (text.match(/[0-9]+(?=[,)])/g) ?? []).length;
  const which = below(Math.min(count, 4));
  const changed = text.replace(/[0-9]+(?=[,)])/g, (number) => {
    at += 1;
    return at === which ? others[below(others.length)].padEnd(number.length) : number;
  });
  return Buffer.from(changed, "latin1");
}

/** @returns {Buffer} Bytes of all kinds, or a table of odd cells. */
function noise() {
  if (below(2)) return Buffer.from(Array.from({ length: below(400) }, () => below(256)));
  const [width, height] = [below(1000), below(40)];
  const cell = () => (below(50) ? String(below(300)) : PIECES[below(PIECES.length)]);
  return Buffer.from(
    Array.from({ length: height }, () => Array.from({ length: width }, cell).join(",")).join("\n"),
  );
}

/** @param {Answerable} outcome @param {Buffer} file */
async function expectSound(outcome, file) {
  const said =
    "sentence" in outcome
      ? outcome.sentence
      : "text" in outcome
        ? outcome.text
        : outcome.notes.join(" ");
  const what = () => `${file.subarray(0, 200).toString("latin1")}: ${outcome.kind}, ${said}`;
  if (outcome.kind === "refusal") {
    assert.match(outcome.sentence, /^\p{Lu}.{10,400}[.]$/u, what());
    assert.doesNotMatch(
      outcome.sentence,
      /undefined|NaN columns|null|Infinity|could not be read\. If/,
      what(),
    );
  } else if (outcome.kind === "question") {
    assert.ok(outcome.text.length > 10 && outcome.options.length > 0, what());
    for (const option of outcome.options.keys()) {
      await expectSound(await /** @type {any} */ (outcome).answer(option), file);
    }
  } else {
    const count = outcome.grids.length / LENGTH;
    assert.ok(Number.isInteger(count) && count >= 1 && count <= COUNT_MAX, what());
    assert.equal(outcome.kind === "one", count === 1, what());
    assert.ok(
      outcome.targets === null ||
        (outcome.targets.length === count && outcome.targets.every((digit) => digit <= 9)),
      what(),
    );
    assert.doesNotMatch(outcome.notes.join(" "), /undefined|NaN|null|Infinity/, what());
  }
}

test("every odd file is read, asked about or refused in a sentence", async () => {
  const originals = seeds.map((name) => readFileSync(join(folder, name)));
  /** @type {Record<string, number>} */ const kinds = {};
  for (let number = 0; number < CASES; number += 1) {
    let file = number % 10 === 0 ? noise() : originals[number % originals.length];
    for (let edits = below(3); edits >= 0; edits -= 1) file = EDITS[below(EDITS.length)](file);
    const outcome = await openDataFile(new Blob([Uint8Array.from(file)]));
    kinds[outcome.kind] = (kinds[outcome.kind] ?? 0) + 1;
    await expectSound(outcome, file);
  }
  assert.ok(kinds.refusal > CASES / 4 && kinds.set > CASES / 20, JSON.stringify(kinds));
});

for (const name of bombs) {
  test(`${name} takes little memory`, async () => {
    const blob = new Blob([Uint8Array.from(readFileSync(join(folder, name)))]);
    const before = usedMemory();
    let peak = 0;
    const watching = setInterval(() => (peak = Math.max(peak, usedMemory() - before)), 5);
    const outcome = await openDataFile(blob);
    clearInterval(watching);
    await expectSound(outcome, Buffer.alloc(0));
    assert.ok(peak < MEMORY_MAX, `${name}: ${peak}`);
  });
}

function usedMemory() {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
