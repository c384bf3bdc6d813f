import assert from "node:assert/strict";
import { test } from "node:test";

import {
  STEPS,
  cover,
  inkUnder,
  placeAfterKey,
  placeFor,
  placesBetween,
  placesByStep,
} from "../../../../../pixelviz/page/lesson/cover_it/patches.js";
import { expected } from "../../expected.js";

test("what the patch hides is paper, and its ink is counted", () => {
  assert.ok(expected.patches.length > 50);
  for (const { values, size, place, left, ink } of expected.patches) {
    const vector = Uint8Array.from(values);
    assert.deepEqual([...cover(vector, place, size)], left);
    assert.equal(inkUnder(vector, place, size), ink);
    assert.deepEqual([...vector], values);
  }
});

test("places come coarse to fine: every 4th, every 2nd, all, each of them once", () => {
  const steps = placesByStep();
  assert.deepEqual(steps.map((places) => places.length), [7 * 7, 14 * 14 - 7 * 7, 28 * 28 - 14 * 14]);
  assert.deepEqual(
    steps.flat().sort((a, b) => a - b),
    Array.from({ length: 784 }, (_, index) => index),
  );
  const known = new Set();
  steps.forEach((places, number) => {
    places.forEach((place) => known.add(place));
    for (let index = 0; index < 784; index += 1) {
      const place = placeFor(index, STEPS[number]);
      assert.ok(known.has(place));
      const [down, right] = [Math.floor(index / 28) - Math.floor(place / 28), (index % 28) - (place % 28)];
      assert.ok(Math.max(Math.abs(down), Math.abs(right)) < STEPS[number]);
    }
  });
});

test("so many pixels share a place that they fill a square", () => {
  for (const step of STEPS) {
    /** @type {Map<number, number[]>} */ const squares = new Map();
    for (let index = 0; index < 784; index += 1) {
      const place = placeFor(index, step);
      squares.set(place, [...(squares.get(place) ?? []), index]);
    }
    for (const [place, all] of squares) {
      assert.equal(all.length, step * step);
      assert.ok(all.includes(place));
      assert.equal(all[all.length - 1] - all[0], 28 * (step - 1) + step - 1);
    }
  }
});

test("arrow keys move the patch by a pixel, not over the edge", () => {
  assert.equal(placeAfterKey("ArrowRight", 0), 1);
  assert.equal(placeAfterKey("ArrowDown", 5), 33);
  assert.equal(placeAfterKey("ArrowUp", 33), 5);
  assert.equal(placeAfterKey("ArrowLeft", 28), 28);
  assert.equal(placeAfterKey("ArrowDown", 783), 783);
  assert.equal(placeAfterKey("a", 3), null);
});

test("no place on the way of a fast pointer is left out", () => {
  assert.deepEqual(placesBetween(0, 3), [1, 2, 3]);
  assert.deepEqual(placesBetween(58, 0), [29, 0]);
  assert.deepEqual(placesBetween(7, 7), []);
  const way = [0, ...placesBetween(0, 28 * 20 + 7)];
  for (let at = 1; at < way.length; at += 1) {
    assert.ok(Math.abs(Math.floor(way[at] / 28) - Math.floor(way[at - 1] / 28)) <= 1);
    assert.ok(Math.abs((way[at] % 28) - (way[at - 1] % 28)) <= 1);
  }
  assert.equal(way.at(-1), 28 * 20 + 7);
});
