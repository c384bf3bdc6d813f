import assert from "node:assert/strict";
import { test } from "node:test";

import {
  STEPS,
  cover,
  inkUnder,
  pixelsUnder,
  placeAfterKey,
  placeFor,
  placesBetween,
  placesByStep,
} from "../../../../../pixelviz/page/lesson/cover_it/patches.js";

const FULL = new Uint8Array(784).fill(9);

test("a patch hides a square around its place, as far as that is on the grid", () => {
  const inside = pixelsUnder(28 * 10 + 12, 5);
  assert.equal(inside.length, 25);
  assert.deepEqual([inside[0], inside[24]], [28 * 8 + 10, 28 * 12 + 14]);
  assert.deepEqual(pixelsUnder(0, 3), [0, 1, 28, 29]);
  assert.deepEqual(pixelsUnder(783, 1), [783]);
  const covered = cover(FULL, 28 * 10 + 12, 5);
  assert.equal(covered.filter((value) => value === 0).length, 25);
  assert.ok(inside.every((index) => covered[index] === 0));
  assert.equal(FULL[inside[0]], 9);
  assert.equal(inkUnder(covered, 28 * 10 + 12, 7), 24);
});

test("every place is asked once, coarse to fine", () => {
  const steps = placesByStep();
  assert.equal(steps.length, STEPS.length);
  assert.deepEqual(steps.map((places) => places.length), [7 ** 2, 14 ** 2 - 7 ** 2, 28 ** 2 - 14 ** 2]);
  assert.equal(new Set(steps.flat()).size, 784);
});

test("until a place is known itself, one near it that is known stands for it", () => {
  const known = new Set();
  placesByStep().forEach((places, number) => {
    places.forEach((place) => known.add(place));
    for (let index = 0; index < 784; index += 1) {
      const place = placeFor(index, STEPS[number]);
      assert.ok(known.has(place));
      assert.ok(Math.abs((place % 28) - (index % 28)) < STEPS[number]);
      assert.ok(Math.abs(Math.floor(place / 28) - Math.floor(index / 28)) < STEPS[number]);
    }
  });
});

test("the arrow keys move the patch and stop at the edges", () => {
  assert.equal(placeAfterKey("ArrowRight", 27), 27);
  assert.equal(placeAfterKey("ArrowDown", 27), 55);
  assert.equal(placeAfterKey("ArrowUp", 3), 3);
  assert.equal(placeAfterKey("a", 3), null);
});

test("between two places of a fast pointer no pixel is skipped", () => {
  const way = placesBetween(28 * 2 + 3, 28 * 9 + 20);
  assert.equal(way.length, 17);
  assert.equal(way.at(-1), 28 * 9 + 20);
  assert.deepEqual(placesBetween(5, 5), []);
  way.reduce((before, place) => {
    assert.ok(Math.abs((place % 28) - (before % 28)) <= 1);
    assert.ok(Math.abs(Math.floor(place / 28) - Math.floor(before / 28)) <= 1);
    return place;
  }, 28 * 2 + 3);
});
