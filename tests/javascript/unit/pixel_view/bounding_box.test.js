import assert from "node:assert/strict";
import { test } from "node:test";

import { boundingBox } from "../../../../pixelviz/page/pixel_view/bounding_box.js";

/** @param {[number, number][]} places Rows and columns. */
function inkAt(...places) {
  const vector = new Uint8Array(784);
  for (const [row, column] of places) vector[28 * row + column] = 1;
  return vector;
}

test("without ink there is no box", () => {
  assert.equal(boundingBox(new Uint8Array(784)), null);
});

test("one pixel is a box of one pixel around its middle", () => {
  assert.deepEqual(boundingBox(inkAt([3, 27])), { x: 27.5, y: 3.5, width: 1, height: 1 });
});

test("the box reaches from the first to the last row and column with ink", () => {
  const vector = inkAt([5, 20], [9, 2], [12, 11]);
  assert.deepEqual(boundingBox(vector), { x: 11.5, y: 9, width: 19, height: 8 });
});

test("a full grid is a box of 28 by 28", () => {
  const vector = new Uint8Array(784).fill(255);
  assert.deepEqual(boundingBox(vector), { x: 14, y: 14, width: 28, height: 28 });
});
