import assert from "node:assert/strict";
import test from "node:test";

import { LENGTH } from "../../../../../pixelviz/page/browser/arrays.js";
import { pictureOf } from "../../../../../pixelviz/page/browser/data_set/data_set.js";
import { createDataSets } from "../../../../../pixelviz/page/browser/data_set/data_sets.js";
import { DIGITS_MAX, createVisit } from "../../../../../pixelviz/page/browser/data_set/visit.js";

function createStorage() {
  /** @type {Map<string, string>} */ const kept = new Map();
  return /** @type {Storage} */ (
    /** @type {unknown} */ ({
      kept,
      getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
      setItem: (/** @type {string} */ key, /** @type {string} */ text) => kept.set(key, text),
      removeItem: (/** @type {string} */ key) => kept.delete(key),
    })
  );
}

const digit = (/** @type {number} */ target) => ({ target, vector: new Uint8Array(LENGTH).fill(20 * target) });

/** @param {ReturnType<typeof createDataSets>} sets */
function latest(sets) {
  /** @type {import("../../../../../pixelviz/page/browser/data_set/data_set.js").DataSet | null} */
  let set = null;
  sets.subscribe(({ all }) => (set = all.get("visit") ?? null))();
  return /** @type {import("../../../../../pixelviz/page/browser/data_set/data_set.js").DataSet | null} */ (set);
}

test("kept digits are a data set, in their order, and a reload brings them back", () => {
  const storage = createStorage();
  const visit = createVisit(createDataSets(), storage);
  const drawn = digit(7);
  assert.equal(visit.keep([drawn, digit(1)]), true);
  drawn.vector.fill(0); // the canvas goes on
  visit.keep([digit(3)]);
  visit.remove(1);
  const sets = createDataSets();
  const again = createVisit(sets, storage);
  assert.equal(again.count, 2);
  const set = latest(sets);
  assert.deepEqual([...(set?.targets ?? [])], [7, 3]);
  assert.equal(set && pictureOf(set, 0)[400], 140);
  assert.equal(set && pictureOf(set, 1)[783], 60);
  again.clear();
  assert.equal(latest(sets), null);
  assert.equal(createVisit(createDataSets(), storage).count, 0);
});

test("there is room for so many, and whoever keeps one more hears so", () => {
  const visit = createVisit(createDataSets(), null);
  assert.equal(visit.keep(Array.from({ length: DIGITS_MAX - 1 }, () => digit(1))), true);
  assert.equal(visit.keep([digit(2), digit(3)]), false);
  assert.equal(visit.count, DIGITS_MAX);
});

test("what is stored and is no digit is left alone, and a browser may refuse to store", () => {
  for (const text of ["{", "null", "[[7]]", '[[7, "AAAA"]]', '[[10, ""]]', '"text"', "[1]", '[["7", ""]]']) {
    const storage = createStorage();
    storage.setItem("pixelviz-visit", text);
    assert.equal(createVisit(createDataSets(), storage).count, 0, text);
  }
  const refusing = createStorage();
  refusing.setItem = () => {
    throw new Error("full");
  };
  const visit = createVisit(createDataSets(), refusing);
  visit.keep([digit(1)]);
  assert.equal(visit.count, 1);
});
