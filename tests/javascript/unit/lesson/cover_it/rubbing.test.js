import assert from "node:assert/strict";
import { test } from "node:test";

import { createRubbing } from "../../../../../pixelviz/page/lesson/cover_it/rubbing.js";

const INK = new Uint8Array(784).fill(9);

/** @param {Uint8Array} left @returns {number[]} The indices of what is gone. */
const gone = (left) => [...left.keys()].filter((index) => left[index] === 0);

test("a stroke rubs out all that the eraser passes over, and undo brings it back", () => {
  const rubbing = createRubbing();
  assert.ok(rubbing.isEmpty);
  rubbing.moveTo(5, 1); // not down
  assert.deepEqual(gone(rubbing.apply(INK)), []);
  rubbing.begin(30, 1);
  assert.ok(rubbing.isDown);
  rubbing.moveTo(33, 1);
  rubbing.lift();
  rubbing.moveTo(300, 1);
  assert.deepEqual(gone(rubbing.apply(INK)), [30, 31, 32, 33]);
  rubbing.begin(100, 1);
  rubbing.moveTo(102, 1);
  rubbing.moveTo(102 + 2 * 28, 1); // on from there, not from the beginning
  rubbing.lift();
  assert.deepEqual(gone(rubbing.apply(INK)), [30, 31, 32, 33, 100, 101, 102, 130, 158]);
  rubbing.undo();
  rubbing.begin(29, 3);
  assert.deepEqual(gone(rubbing.apply(INK)), [0, 1, 2, 28, 29, 30, 31, 32, 33, 56, 57, 58]);
  rubbing.undo();
  assert.ok(!rubbing.isDown);
  assert.deepEqual(gone(rubbing.apply(INK)), [30, 31, 32, 33]);
  rubbing.begin(500, 1);
  rubbing.clear();
  assert.ok(rubbing.isEmpty);
  assert.deepEqual(gone(rubbing.apply(INK)), []);
  rubbing.undo(); // nothing left
  assert.deepEqual([...INK], [...new Uint8Array(784).fill(9)]);
});
