import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createKeptChoice, wholeNumbers } from "../../../../pixelviz/page/browser/kept_choice.js";

/** @type {Map<string, string>} */ const storage = new Map();
const working = {
  getItem: (/** @type {string} */ key) => storage.get(key) ?? null,
  setItem: (/** @type {string} */ key, /** @type {string} */ text) => storage.set(key, text),
};

/** @param {object} to */
const useStorage = (to) =>
  Object.defineProperty(globalThis, "sessionStorage", { value: to, configurable: true });

/** @param {unknown} read */
const threeOf = (read) => wholeNumbers(read, { count: 3, least: -5, most: 5 });

beforeEach(() => {
  storage.clear();
  useStorage(working);
});

test("what is kept is read again, also by another part of the page, and nothing else", () => {
  createKeptChoice("weights", threeOf).keep([1, -5, 5]);
  assert.deepEqual(createKeptChoice("weights", threeOf).read(), [1, -5, 5]);
  assert.equal(createKeptChoice("others", threeOf).read(), null);
  assert.deepEqual([...storage.keys()], ["pixelviz.weights"]);
});

test("what is no choice is none", () => {
  const kept = createKeptChoice("weights", threeOf);
  for (const text of [
    "", "null", "{}", "[]", "[1,2]", "[1,2,3,4]", "[1,2,6]", "[1,2,-6]", "[1,2,0.5]", "[1,2,1e999]",
    '[1,2,"3"]', "[1,2,null]", '{"0":1,"1":2,"2":3,"length":3}', "not JSON", `[1,2,${" ".repeat(1000)}3]`,
  ]) {
    storage.set("pixelviz.weights", text);
    assert.equal(kept.read(), null, text);
  }
});

test("so many as there are: the count may be open", () => {
  assert.deepEqual(wholeNumbers([], { least: 0, most: 9 }), []);
  assert.deepEqual(wholeNumbers([0, 9], { least: 0, most: 9 }), [0, 9]);
  assert.equal(wholeNumbers([0, 10], { least: 0, most: 9 }), null);
});

test("a browser that keeps nothing is no problem, and nothing long is kept", () => {
  const kept = createKeptChoice("any", (read) => read);
  kept.keep("a".repeat(1000));
  assert.equal(storage.size, 0);
  const refuse = () => {
    throw new Error("no");
  };
  useStorage({ getItem: refuse, setItem: refuse });
  kept.keep([1]);
  assert.equal(kept.read(), null);
});
