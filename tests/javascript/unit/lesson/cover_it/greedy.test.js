import assert from "node:assert/strict";
import { test } from "node:test";

import { TRIED, candidatesOf, changed, createSearch } from "../../../../../pixelviz/page/lesson/cover_it/greedy.js";

const SURE = 0.8;

/** A digit of three pixels of ink in a row. */
const DIGIT = new Uint8Array(784);
DIGIT.set([200, 255, 100], 28 * 14 + 10);

/** @param {Uint8Array} vector @returns {number[]} A model that adds up: 7 for that ink, 1 for all other. */
function model(vector) {
  const weights = new Map([[28 * 14 + 10, 2], [28 * 14 + 11, 5], [28 * 14 + 12, 1]]);
  const logits = Array(10).fill(0);
  vector.forEach((value, index) => {
    const weight = weights.get(index);
    if (weight === undefined) logits[1] += (0.5 * value) / 255;
    else logits[7] += (weight * value) / 255;
  });
  return logits;
}

/** @param {ReturnType<typeof createSearch>} search @returns {boolean} */
function step(search) {
  return search.take(search.candidates.map((index) => model(changed(search.vector, index))));
}

test("ink and the paper that touches it can be changed", () => {
  const candidates = candidatesOf(DIGIT);
  assert.equal(candidates.length, 15); // 3 × 5
  assert.equal(changed(DIGIT, 28 * 14 + 11)[28 * 14 + 11], 0);
  assert.equal(changed(DIGIT, 28 * 13 + 11)[28 * 13 + 11], 255);
  assert.equal(DIGIT[28 * 14 + 11], 255);
  assert.deepEqual(candidatesOf(new Uint8Array(784)), []);
});

test("each step changes the pixel that lowers the answer most, until the answer changes", () => {
  const search = createSearch(DIGIT, model(DIGIT), SURE);
  assert.deepEqual([search.first, search.digit, search.isChanged], ["7", 7, false]);
  assert.ok(step(search));
  assert.deepEqual(
    { ...search.steps[0], probability: 0 },
    { index: 28 * 14 + 11, before: 255, after: 0, probability: 0, reads: "not sure" },
  );
  assert.ok(search.isChanged);
  assert.equal(search.vector[28 * 14 + 11], 0);
});

test("a pixel is not changed back, and the search ends where nothing lowers the probability", () => {
  const search = createSearch(DIGIT, model(DIGIT), 0.01); // sure of anything
  const taken = [];
  while (step(search)) taken.push(search.steps[search.steps.length - 1].index);
  assert.equal(new Set(taken).size, taken.length);
  assert.deepEqual(taken.slice(0, 2), [28 * 14 + 11, 28 * 14 + 10]);
  const probabilities = search.steps.map(({ probability }) => probability);
  assert.deepEqual(probabilities, [...probabilities].sort((a, b) => b - a));
  assert.ok(search.candidates.length <= TRIED);
});

test("without ink there is nothing to change", () => {
  const search = createSearch(new Uint8Array(784), Array(10).fill(0), SURE);
  assert.deepEqual(search.candidates, []);
  assert.equal(search.take([]), false);
});
