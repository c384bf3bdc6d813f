import assert from "node:assert/strict";
import { test } from "node:test";

import { average } from "../../../../pixelviz/page/pixel_view/average.js";
import { expected } from "../expected.js";

/** @param {number} side @param {number[]} rgba @returns {Uint8ClampedArray} All of one colour. */
function canvasOf(side, rgba) {
  return Uint8ClampedArray.from({ length: 4 * side * side }, (_, index) => rgba[index % 4]);
}

test("a canvas of any size becomes the server's grid", () => {
  assert.ok(expected.canvases.length > 3);
  for (const { side, rgba, drawn } of expected.canvases) {
    const points = Uint8ClampedArray.from(Buffer.from(rgba, "base64"));
    assert.deepEqual([...average(points, side)], drawn, `${side} × ${side} points`);
  }
});

test("white is full ink; black and clear are paper", () => {
  for (const [rgba, ink] of /** @type {[number[], number][]} */ ([
    [[255, 255, 255, 255], 255],
    [[0, 0, 0, 255], 0],
    [[255, 255, 255, 0], 0],
    [[0, 0, 0, 0], 0],
  ])) {
    assert.deepEqual([...average(canvasOf(56, rgba), 56)], Array(784).fill(ink));
  }
});

test("one point of ink counts by its share of the block, rounded, halves up", () => {
  for (const [side, grey, pixel] of [
    [280, 255, 3], // 255 / 100 = 2.55
    [56, 255, 64], // 255 / 4 = 63.75
    [56, 2, 1], // 2 / 4 = 0.5
    [56, 1, 0], // 1 / 4 = 0.25
    [28, 77, 77],
  ]) {
    const points = canvasOf(side, [0, 0, 0, 255]);
    const last = points.length - 4; // of the last block
    points.fill(grey, last, last + 3);
    const grid = average(points, side);
    assert.equal(grid[783], pixel, `${side} ${grey}`);
    assert.ok(grid.subarray(0, 783).every((value) => value === 0));
  }
});
