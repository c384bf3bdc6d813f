import assert from "node:assert/strict";
import { test } from "node:test";

import {
  LENGTH,
  PIXEL_MAX,
  SIDE,
  indexOf,
  isInside,
  isSame,
  placeOf,
} from "../../../../pixelviz/page/browser/arrays.js";
import { expected } from "../expected.js";

test("the sizes are the server's", () => {
  assert.deepEqual({ SIDE, LENGTH, PIXEL_MAX }, expected.sizes);
});

test("every feature has a pixel of its own, row by row, and leads back to its index", () => {
  let index = 0;
  for (let row = 0; row < 28; row += 1) {
    for (let column = 0; column < 28; column += 1) {
      assert.equal(indexOf(row, column), index);
      assert.deepEqual(placeOf(index), { row, column });
      index += 1;
    }
  }
  assert.equal(index, 784);
});

test("a pixel is inside the grid from the first to the last row and column", () => {
  for (const [row, column] of [
    [0, 0],
    [27, 27],
    [0, 27],
  ])
    assert.ok(isInside(row, column));
  for (const [row, column] of [
    [-1, 0],
    [0, -1],
    [28, 0],
    [0, 28],
  ]) {
    assert.ok(!isInside(row, column));
  }
});

test("two vectors are the same if all their values are", () => {
  const vector = Uint8Array.from({ length: 784 }, (_, index) => index % 256);
  assert.ok(isSame(vector, vector.slice()));
  for (const index of [0, 401, 783]) {
    const other = vector.slice();
    other[index] ^= 1;
    assert.ok(!isSame(vector, other));
  }
});
