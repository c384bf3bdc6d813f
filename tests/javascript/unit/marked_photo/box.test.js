import assert from "node:assert/strict";
import { test } from "node:test";

import { boxBetween, isMeant } from "../../../../pixelviz/page/marked_photo/box.js";

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
