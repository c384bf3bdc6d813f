import assert from "node:assert/strict";
import test from "node:test";

import {
  afterKey,
  heightOf,
  inSight,
  pictureAt,
} from "../../../../../pixelviz/page/lesson/data/pictures/wall_layout.js";

/** Ten pictures in rows of four: 0 1 2 3, 4 5 6 7, 8 9. */
const wall = { columns: 4, cell: 58, count: 10 };

test("a wall is as high as its rows", () => {
  assert.equal(heightOf(wall), 3 * 58);
  assert.equal(heightOf({ ...wall, count: 8 }), 2 * 58);
  assert.equal(heightOf({ ...wall, count: 0 }), 0);
});

test("only the pictures in sight are painted", () => {
  assert.deepEqual(inSight(wall, 0, 58), { start: 0, end: 4 });
  assert.deepEqual(inSight(wall, 57, 2), { start: 0, end: 8 });
  assert.deepEqual(inSight(wall, 58, 58), { start: 4, end: 8 });
  assert.deepEqual(inSight(wall, 116, 500), { start: 8, end: 10 });
  assert.deepEqual(inSight({ ...wall, count: 70_000 }, 58 * 10_000, 348), { start: 40_000, end: 40_024 });
  assert.deepEqual(inSight({ ...wall, count: 0 }, 0, 348), { start: 0, end: 0 });
});

test("a place on the wall is that of a picture, or beside them all", () => {
  assert.equal(pictureAt(wall, 0, 0), 0);
  assert.equal(pictureAt(wall, 3 * 58 + 57, 58), 7);
  assert.equal(pictureAt(wall, 4 * 58, 0), null);
  assert.equal(pictureAt(wall, 2 * 58, 2 * 58), null);
  assert.equal(pictureAt(wall, -1, 0), null);
});

test("keys lead from picture to picture, and not off the wall", () => {
  /** @type {[number, string, number | null][]} */
  const cases = [
    [5, "ArrowLeft", 4], [5, "ArrowRight", 6], [5, "ArrowUp", 1], [5, "ArrowDown", 9],
    [0, "ArrowLeft", 0], [9, "ArrowRight", 9], [1, "ArrowUp", 1], [6, "ArrowDown", 6],
    [5, "Home", 0], [5, "End", 9], [5, "PageUp", 0], [1, "PageDown", 9], [5, "x", null],
  ]; // prettier-ignore
  for (const [at, key, to] of cases) assert.equal(afterKey(wall, at, key, 3), to, `${at} ${key}`);
});
