import assert from "node:assert/strict";
import { test } from "node:test";

import { indexAfterKey, valueAfterKey } from "../../../../pixelviz/page/pixel_view/keys.js";

/** @type {["ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown", number, number][]} */
const ARROWS = [
  ["ArrowLeft", 0, -1],
  ["ArrowRight", 0, 1],
  ["ArrowUp", -1, 0],
  ["ArrowDown", 1, 0],
];

test("an arrow leads to the next pixel, and at the edge nowhere", () => {
  for (let row = 0; row < 28; row += 1) {
    for (let column = 0; column < 28; column += 1) {
      for (const [key, down, right] of ARROWS) {
        const [to, across] = [row + down, column + right];
        const exists = to >= 0 && to < 28 && across >= 0 && across < 28;
        const expected = exists ? 28 * to + across : 28 * row + column;
        assert.equal(indexAfterKey(key, 28 * row + column, false), expected);
      }
    }
  }
});

test("in the strip the next feature after a row is the next row's first", () => {
  for (let index = 0; index < 784; index += 1) {
    assert.equal(indexAfterKey("ArrowRight", index, true), Math.min(index + 1, 783));
    assert.equal(indexAfterKey("ArrowLeft", index, true), Math.max(index - 1, 0));
  }
});

test("Home and End lead to the ends of the row", () => {
  for (const inLine of [true, false]) {
    assert.equal(indexAfterKey("Home", 28 * 5 + 9, inLine), 28 * 5);
    assert.equal(indexAfterKey("End", 28 * 5 + 9, inLine), 28 * 5 + 27);
    assert.equal(indexAfterKey("End", null, inLine), 27);
  }
});

test("the first arrow leads to the first pixel", () => {
  for (const [key] of ARROWS) assert.equal(indexAfterKey(key, null, false), 0);
});

test("other keys lead nowhere", () => {
  for (const key of ["Enter", "Escape", "a", "7", "PageDown", "toString", "__proto__", ""]) {
    assert.equal(indexAfterKey(key, 100, false), null);
    assert.equal(indexAfterKey(key, null, true), null);
  }
});

test("digits are typed one after the other as long as they make a value", () => {
  /** @type {[string, number][]} */
  const cases = [
    ["128", 128],
    ["255", 255],
    ["256", 6],
    ["0", 0],
    ["007", 7],
    ["9999", 99],
    ["2551", 1],
  ];
  for (const [keys, value] of cases) {
    let [now, typed] = [77, ""];
    for (const key of keys) {
      const edit = valueAfterKey(key, now, typed);
      assert.ok(edit);
      [now, typed] = [edit.value, edit.typed];
    }
    assert.equal(now, value, keys);
  }
});

test("the space bar gives full ink, and wipes it off where it is", () => {
  for (const value of [0, 1, 254]) assert.equal(valueAfterKey(" ", value, "1")?.value, 255);
  assert.deepEqual(valueAfterKey(" ", 255, "1"), { value: 0, typed: "" });
});

test("Backspace and Delete wipe a pixel", () => {
  for (const key of ["Backspace", "Delete"]) {
    assert.deepEqual(valueAfterKey(key, 200, "20"), { value: 0, typed: "" });
  }
});

test("other keys change nothing", () => {
  for (const key of ["a", "F1", "10", "", "-", ".", "Enter"]) {
    assert.equal(valueAfterKey(key, 200, ""), null);
  }
});
