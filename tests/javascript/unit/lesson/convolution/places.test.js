import assert from "node:assert/strict";
import { test } from "node:test";

import {
  centreOf,
  indexAfterKey,
  nearestTo,
  pixelsAt,
  placesOf,
  windowAt,
} from "../../../../../pixelviz/page/lesson/convolution/by_hand/places.js";

/** @type {[padding: "valid" | "same", stride: number][]} */
const ALL = [
  ["valid", 1],
  ["valid", 2],
  ["same", 1],
  ["same", 2],
];

test("padding and stride say how many places there are", () => {
  assert.deepEqual(
    ALL.map(([padding, stride]) => placesOf(padding, stride).side),
    [26, 13, 28, 14],
  );
  assert.deepEqual(
    ALL.map(([padding, stride]) => placesOf(padding, stride).padded),
    [0, 0, 2, 1],
  );
});

test("the centre of each window is a pixel, and the window nearest to it", () => {
  for (const [padding, stride] of ALL) {
    const places = placesOf(padding, stride);
    const centres = new Set();
    for (let index = 0; index < places.side ** 2; index += 1) {
      const centre = centreOf(places, index);
      assert.equal(pixelsAt(places, index)[4], centre);
      assert.equal(nearestTo(places, centre), index);
      centres.add(centre);
    }
    assert.equal(centres.size, places.side ** 2);
  }
});

test("a pixel that no window has at its centre leads to the nearest window", () => {
  assert.equal(nearestTo(placesOf("valid", 1), 0), 0); // row 0, column 0
  assert.equal(nearestTo(placesOf("valid", 1), 783), 675);
  assert.equal(nearestTo(placesOf("same", 1), 783), 783);
  assert.equal(nearestTo(placesOf("valid", 2), 27), 12);
});

test("a window's pixels lie row by row, and padding is outside", () => {
  const valid = placesOf("valid", 1);
  assert.deepEqual(pixelsAt(valid, 27), [29, 30, 31, 57, 58, 59, 85, 86, 87]);
  assert.deepEqual(windowAt(valid, 27), { row: 1, column: 1 });
  const same = placesOf("same", 1);
  assert.deepEqual(pixelsAt(same, 0), [null, null, null, null, 0, 1, null, 28, 29]);
  // With stride 2 the one row and column of 0s are below and on the right, as in Keras.
  assert.deepEqual(pixelsAt(placesOf("same", 2), 0), [0, 1, 2, 28, 29, 30, 56, 57, 58]);
  assert.deepEqual(pixelsAt(placesOf("same", 2), 195).map((each) => each === null), [
    false, false, true, false, false, true, true, true, true,
  ]); // prettier-ignore
});

test("keys lead from place to place and stay inside", () => {
  assert.equal(indexAfterKey("ArrowRight", 0, 26), 1);
  assert.equal(indexAfterKey("ArrowRight", 25, 26), 25);
  assert.equal(indexAfterKey("ArrowLeft", 26, 26), 26);
  assert.equal(indexAfterKey("ArrowDown", 3, 26), 29);
  assert.equal(indexAfterKey("ArrowDown", 675, 26), 675);
  assert.equal(indexAfterKey("ArrowUp", 29, 26), 3);
  assert.equal(indexAfterKey("ArrowUp", 3, 26), 3);
  assert.equal(indexAfterKey("Home", 30, 26), 26);
  assert.equal(indexAfterKey("End", 30, 26), 51);
  assert.equal(indexAfterKey("a", 30, 26), null);
});
