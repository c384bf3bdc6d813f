// Which pixel is shown while none is pinned, and the bytes around it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { greyPixel } from "../../../../../pixelviz/page/lesson/tensors/grey_pixel.js";
import { beginsRow, namesOf, neighboursOf } from "../../../../../pixelviz/page/lesson/tensors/memory.js";
import { expected } from "../../expected.js";

/** @param {Record<number, number>} values By index. @returns {Uint8Array} */
function picture(values) {
  const vector = new Uint8Array(784);
  for (const [index, value] of Object.entries(values)) vector[Number(index)] = value;
  return vector;
}

test("the pixel is one that is grey, as nearly halfway as there is", () => {
  for (const { values } of expected.grids) {
    const distances = values.map((value) => Math.abs(value - 127.5));
    const found = greyPixel(Uint8Array.from(values), null);
    if (values.some(Boolean)) assert.equal(distances[found], Math.min(...distances));
  }
  assert.equal(greyPixel(picture({ 100: 255, 200: 90, 300: 160 }), null), 300);
});

test("without any grey it is one with ink, and on empty paper the middle", () => {
  assert.equal(greyPixel(picture({ 100: 255, 200: 255 }), null), 100);
  assert.equal(greyPixel(picture({}), null), 28 * 14 + 14);
});

test("while the pen draws, it stays as long as it is grey", () => {
  assert.equal(greyPixel(picture({ 100: 3, 200: 127 }), 100), 100);
  assert.equal(greyPixel(picture({ 100: 0, 200: 127 }), 100), 200);
  assert.equal(greyPixel(picture({ 100: 255, 200: 127 }), 100), 200);
});

test("the bytes around a pixel are in the order of memory, and end where it ends", () => {
  assert.deepEqual(neighboursOf(401, 5), [399, 400, 401, 402, 403]);
  assert.deepEqual(neighboursOf(0, 5), [0, 1, 2, 3, 4]);
  assert.deepEqual(neighboursOf(783, 5), [779, 780, 781, 782, 783]);
});

test("a byte has one index in each shape, and a row begins after 28 of them", () => {
  assert.deepEqual(namesOf(401), { vector: "[401]", picture: "[14, 9]", tensor: "[14, 9, 0]" });
  const starts = Array.from({ length: 784 }, (_, index) => index).filter(beginsRow);
  assert.deepEqual(starts, Array.from({ length: 28 }, (_, row) => 28 * row));
});
