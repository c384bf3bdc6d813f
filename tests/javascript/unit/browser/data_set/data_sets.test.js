import assert from "node:assert/strict";
import test from "node:test";

import { LENGTH } from "../../../../../pixelviz/page/browser/arrays.js";
import {
  countOf,
  pictureOf,
  targetOf,
} from "../../../../../pixelviz/page/browser/data_set/data_set.js";
import { createDataSets } from "../../../../../pixelviz/page/browser/data_set/data_sets.js";

/** @param {string} kind @param {number} [count] */
function set(kind, count = 3) {
  const grids = Uint8Array.from({ length: count * LENGTH }, (_, at) => Math.floor(at / LENGTH));
  return { kind, name: kind, source: "", grids, targets: null, trainingCount: count };
}

test("pictures and targets are found by their numbers", () => {
  const numbers = { ...set("file"), targets: Uint8Array.of(7, 1, 0) };
  assert.equal(countOf(numbers), 3);
  assert.deepEqual([...new Set(pictureOf(numbers, 2))], [2]);
  assert.equal(pictureOf(numbers, 2).length, LENGTH);
  assert.equal(targetOf(numbers, 2), 0);
  assert.equal(targetOf(set("file"), 2), null);
});

test("who subscribes hears what is there at once, and each change", () => {
  const sets = createDataSets();
  /** @type {[string[], string | undefined][]} */ const heard = [];
  const end = sets.subscribe(({ all, chosen }) => heard.push([[...all.keys()], chosen?.kind]));
  sets.put(set("mnist"));
  sets.put(set("file"));
  sets.choose("file");
  sets.choose("file"); // no change
  sets.choose("class"); // is not there
  sets.remove("file");
  end();
  sets.remove("mnist");
  assert.deepEqual(heard, [
    [[], undefined],
    [["mnist"], "mnist"],
    [["mnist", "file"], "mnist"],
    [["mnist", "file"], "file"],
    [["mnist"], "mnist"],
  ]);
});

test("a set of a kind takes the place of the one before", () => {
  const sets = createDataSets();
  sets.put(set("visit", 1));
  sets.put(set("visit", 2));
  sets.subscribe(({ all, chosen }) => {
    assert.equal(all.size, 1);
    assert.equal(chosen && countOf(chosen), 2);
  });
});
