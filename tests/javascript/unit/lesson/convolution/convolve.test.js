import assert from "node:assert/strict";
import { test } from "node:test";

import {
  convolve,
  fourAt,
  maxPool,
  productsAt,
  relu,
  sumOf,
} from "../../../../../pixelviz/page/lesson/convolution/by_hand/convolve.js";
import { unitsOf } from "../../../../../pixelviz/page/lesson/convolution/by_hand/exact.js";
import { placesOf } from "../../../../../pixelviz/page/lesson/convolution/by_hand/places.js";
import { expected } from "../../expected.js";

const { convolutions } = expected;

/** @param {number[]} numbers */
const inUnits = (numbers) => numbers.map((each) => unitsOf(each) + 0);

test("each kernel makes what numpy makes of it, with each padding and stride", () => {
  const kinds = new Set(convolutions.map(({ kernel, padding, stride }) => kernel + padding + stride));
  assert.equal(kinds.size, 6 * 2 * 2);
  assert.equal(convolutions.length, 3 * kinds.size);
  for (const { grid, weights, bias, padding, stride, side, outputs } of convolutions) {
    const places = placesOf(padding, stride);
    assert.equal(places.side, side);
    const exact = convolve(Uint8Array.from(grid), places, inUnits(weights), unitsOf(bias));
    assert.deepEqual([...exact], inUnits(outputs)); // to the last digit
  }
});

test("the nine products of each place add up to its output", () => {
  for (const { grid, weights, bias, padding, stride, outputs } of convolutions.slice(0, 24)) {
    const vector = Uint8Array.from(grid);
    const places = placesOf(padding, stride);
    outputs.forEach((output, index) => {
      const products = productsAt(vector, places, inUnits(weights), index);
      assert.equal(products.length, 9);
      assert.equal(sumOf(products) + unitsOf(bias), unitsOf(output) + 0);
    });
  }
});

test("pooling keeps the largest of each 2 × 2, as numpy finds it", () => {
  for (const { side, outputs, pooled } of convolutions) {
    const made = maxPool(Float64Array.from(outputs), side);
    assert.equal(made.side, Math.floor(side / 2));
    assert.deepEqual([...made.values], pooled);
  }
  assert.deepEqual(fourAt(13, 7), [28, 29, 41, 42]); // row 1, column 1 of 6 × 6
});

test("ReLU makes 0 of what is below 0 and leaves the rest", () => {
  assert.deepEqual([...relu(Float64Array.of(-3, 0, 0.5, -0.25))], [0, 0, 0.5, 0]);
});
