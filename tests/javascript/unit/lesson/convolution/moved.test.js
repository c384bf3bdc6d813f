import assert from "node:assert/strict";
import { test } from "node:test";

import { compareAlong, compareUnits } from "../../../../../pixelviz/page/lesson/convolution/same_filter/moved.js";

const SIDE = 5;
const MAP = Array.from({ length: SIDE * SIDE }, (_, index) => 1 + index);

/** @param {number} rows @param {number} columns @returns {number[]} The map moved, with 0s coming in. */
function movedBy(rows, columns) {
  return MAP.map((_, index) => {
    const [row, column] = [Math.floor(index / SIDE) - rows, (index % SIDE) - columns];
    const isInside = row >= 0 && row < SIDE && column >= 0 && column < SIDE;
    return isInside ? MAP[row * SIDE + column] : 0;
  });
}

test("a map that has moved along is the same at all places that both have", () => {
  for (const [rows, columns] of /** @type {[number, number][]} */ ([[0, 0], [1, 2], [-2, 1], [0, -4]])) {
    const along = compareAlong(MAP, movedBy(rows, columns), SIDE, [rows, columns]);
    const count = (SIDE - Math.abs(rows)) * (SIDE - Math.abs(columns));
    assert.deepEqual(along, { compared: count, same: count });
  }
});

test("what differs is counted", () => {
  const after = movedBy(0, 1);
  after[1] += 1;
  after[0] = 99; // has no partner
  assert.deepEqual(compareAlong(MAP, after, SIDE, [0, 1]), { compared: 20, same: 19 });
  assert.ok(compareAlong(MAP, movedBy(1, 1), SIDE, [0, 1]).same === 0);
});

test("of units it is counted how many change", () => {
  assert.deepEqual(compareUnits([1, 0, 3, 0], [1, 0, 0, 2]), { changed: 2, active: 3, byOnAverage: 2.5 });
  assert.deepEqual(compareUnits([0, 0], [0, 0]), { changed: 0, active: 0, byOnAverage: 0 });
});
