// The browser's grids are those that Python makes of the same drawings; test_framing.py writes both.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";

import { frameLikeMnist } from "../../../pixelviz/page/browser/framing.js";
import { asDrawn, toGrid } from "../../../pixelviz/page/browser/raster.js";

const PIXELS = 784;

const path = process.env.PIXELVIZ_DRAWINGS;
if (!path) throw new Error("Run this test with: pytest tests/javascript/test_framing.py");
const bytes = gunzipSync(readFileSync(path));

/** Returns the drawings of the file, each with its kind and what Python makes of it. */
function* drawings() {
  let at = 0;
  const take = (/** @type {number} */ length) => bytes.subarray(at, (at += length));
  while (at < bytes.length) {
    const [kind, height, width] = [0, 4, 8].map((offset) => bytes.readUInt32LE(at + offset));
    at += 12;
    const ink = Uint8Array.from(take(height * width));
    yield { kind, height, width, ink, drawn: take(PIXELS), framed: take(PIXELS) };
  }
}

test("both framings give Python's 784 pixels for every drawing", () => {
  /** @type {Map<number, number>} */ const counts = new Map();
  for (const { kind, height, width, ink, drawn, framed } of drawings()) {
    const what = `${height} × ${width} points, kind ${kind}`;
    const vector = frameLikeMnist(ink, width, height);
    assert.equal(vector === null, !ink.some(Boolean), what);
    assert.ok(framed.equals(vector ?? new Uint8Array(PIXELS)), what);
    if (height === width) {
      assert.ok(framed.equals(toGrid(ink, height, "mnist")), what);
      assert.ok(drawn.equals(toGrid(ink, height, "drawn")), what);
      assert.ok(drawn.equals(asDrawn(ink, height)), what);
    }
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  console.log(Object.fromEntries(counts));
  assert.ok([...counts.values()].reduce((sum, count) => sum + count) > 3000);
});
