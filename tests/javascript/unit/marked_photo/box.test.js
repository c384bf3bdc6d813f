import assert from "node:assert/strict";
import { test } from "node:test";

import {
  afterKey,
  boxBetween,
  described,
  isMeant,
} from "../../../../pixelviz/page/marked_photo/box.js";

const PAPER = { left: 100, top: 50, width: 400, height: 200 };

test("a box is the same from whichever corner it is drawn", () => {
  const corners = [
    [{ x: 200, y: 100 }, { x: 300, y: 200 }],
    [{ x: 300, y: 100 }, { x: 200, y: 200 }],
    [{ x: 300, y: 200 }, { x: 200, y: 100 }],
  ];
  for (const [start, end] of corners) {
    assert.deepEqual(boxBetween(start, end, PAPER), [0.25, 0.25, 0.5, 0.25]);
  }
});

test("a box ends where the paper does", () => {
  assert.deepEqual(boxBetween({ x: 300, y: 150 }, { x: 900, y: -70 }, PAPER), [0, 0.5, 0.5, 0.5]);
});

test("a click is no box", () => {
  assert.equal(isMeant(boxBetween({ x: 300, y: 150 }, { x: 301, y: 151 }, PAPER)), false);
  assert.equal(isMeant(boxBetween({ x: 300, y: 150 }, { x: 320, y: 170 }, PAPER)), true);
});

/** @typedef {import("../../../../pixelviz/page/marked_photo/box.js").Box} Box */

/** @param {Box | null} first @param {string[]} keys Arrows; those that begin with "+" resize. */
function press(first, ...keys) {
  return keys.reduce(
    (box, key) => afterKey(box, `Arrow${key.replace("+", "")}`, key.startsWith("+")),
    first,
  );
}

test("the first arrow begins a box in the middle", () => {
  const box = press(null, "Left");
  assert.ok(box && isMeant(box));
  const [top, left, height, width] = box;
  assert.equal(2 * top + height, 1);
  assert.equal(2 * left + width, 1);
});

test("arrows move a box by a hundredth of the paper, and with Shift its lower right corner", () => {
  assert.deepEqual(press([0.3, 0.5, 0.1, 0.2], "Up"), [0.29, 0.5, 0.1, 0.2]);
  assert.deepEqual(press([0.3, 0.5, 0.1, 0.2], "Down"), [0.31, 0.5, 0.1, 0.2]);
  assert.deepEqual(press([0.3, 0.5, 0.1, 0.2], "Left"), [0.3, 0.49, 0.1, 0.2]);
  assert.deepEqual(press([0.3, 0.5, 0.1, 0.2], "Right"), [0.3, 0.51, 0.1, 0.2]);
  assert.deepEqual(press([0.3, 0.5, 0.1, 0.2], "+Up"), [0.3, 0.5, 0.09, 0.2]);
  assert.deepEqual(press([0.3, 0.5, 0.1, 0.2], "+Down"), [0.3, 0.5, 0.11, 0.2]);
  assert.deepEqual(press([0.3, 0.5, 0.1, 0.2], "+Left"), [0.3, 0.5, 0.1, 0.19]);
  assert.deepEqual(press([0.3, 0.5, 0.1, 0.2], "+Right"), [0.3, 0.5, 0.1, 0.21]);
});

test("however often an arrow is pressed, the box is on the paper and can be seen", () => {
  for (const key of ["Up", "Down", "Left", "Right", "+Up", "+Down", "+Left", "+Right"]) {
    const box = press(null, ...Array(150).fill(key));
    assert.ok(box && isMeant(box));
    const [top, left, height, width] = box;
    assert.ok(top >= 0 && left >= 0 && top + height <= 1 && left + width <= 1, key);
  }
  assert.deepEqual(press(null, ...Array(150).fill("Up")), [0, 0.4, 0.2, 0.2]);
  assert.deepEqual(press(null, ...Array(150).fill("+Right")), [0.4, 0.4, 0.2, 0.6]);
});

test("other keys leave the box alone", () => {
  for (const key of ["Enter", "a", "Tab", "constructor"]) {
    assert.equal(afterKey([0.3, 0.5, 0.1, 0.2], key, false), null);
  }
});

test("who does not see the box hears where it is", () => {
  assert.equal(
    described([0.3, 0.5, 0.1, 0.2]),
    "Box: 50 % from the left, 30 % from the top, 20 % wide, 10 % high",
  );
  assert.equal(described(null), "No box");
});
