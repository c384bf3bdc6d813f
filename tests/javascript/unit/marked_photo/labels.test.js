import assert from "node:assert/strict";
import { test } from "node:test";

import { sidesOfLabels } from "../../../../pixelviz/page/marked_photo/labels.js";

const PAPER = { width: 200, height: 400 };
const LABEL = { width: 20, height: 16 };

/** @typedef {import("../../../../pixelviz/page/marked_photo/box.js").Box} Box */

/** @param {[x: number, y: number][]} corners @returns {string[]} The sides of marks of 12 × 12. */
function sidesOf(...corners) {
  const boxes = corners.map(
    ([x, y]) => /** @type {Box} */ ([y / 400, x / 200, 12 / 400, 12 / 200]),
  );
  return sidesOfLabels(boxes, PAPER, boxes.map(() => LABEL));
}

test("a number stands above its mark, also at the paper's upper edge", () => {
  assert.deepEqual(sidesOf([100, 200]), ["above"]);
  assert.deepEqual(sidesOf([100, 2]), ["above"]);
});

test("in a column the numbers stand beside the marks", () => {
  assert.deepEqual(sidesOf([100, 100], [100, 124], [100, 148]), ["above", "left", "left"]);
});

test("at the paper's left edge they stand on the right", () => {
  assert.deepEqual(sidesOf([6, 100], [6, 124]), ["above", "right"]);
});

test("in a row they stand above, whatever is beside", () => {
  assert.deepEqual(sidesOf([60, 100], [84, 100], [108, 100]), ["above", "above", "above"]);
});

test("between others a number stands below", () => {
  const around = /** @type {[number, number][]} */ ([[100, 76], [70, 100], [130, 100]]);
  assert.equal(sidesOf(...around, [100, 100])[3], "below");
});

test("a number covers no number that stands there already", () => {
  assert.deepEqual(sidesOf([100, 150], [130, 110], [130, 134]), ["above", "above", "right"]);
});

test("where there is no room it covers the least of the others", () => {
  assert.equal(sidesOf([66, 100], [130, 100], [100, 76], [100, 124], [100, 100])[4], "left");
});
