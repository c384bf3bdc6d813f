import assert from "node:assert/strict";
import { test } from "node:test";

import { inkOf } from "../../../../pixelviz/page/browser/ink.js";
import { asDrawn, toGrid } from "../../../../pixelviz/page/browser/raster.js";
import { expected } from "../expected.js";

/** @param {number} side @param {number[]} rgba @returns {Uint8ClampedArray} All of one colour. */
function canvasOf(side, rgba) {
  return Uint8ClampedArray.from({ length: 4 * side * side }, (_, index) => rgba[index % 4]);
}

test("a canvas of any size becomes the server's grid", () => {
  assert.ok(expected.canvases.length > 3);
  for (const { side, rgba, drawn } of expected.canvases) {
    const points = Uint8ClampedArray.from(Buffer.from(rgba, "base64"));
    assert.deepEqual([...asDrawn(inkOf(points), side)], drawn, `${side} × ${side} points`);
  }
});

test("white is full ink; black and clear are paper", () => {
  for (const [rgba, ink] of /** @type {[number[], number][]} */ ([
    [[255, 255, 255, 255], 255],
    [[0, 0, 0, 255], 0],
    [[255, 255, 255, 0], 0],
    [[0, 0, 0, 0], 0],
  ])) {
    assert.deepEqual([...inkOf(canvasOf(56, rgba))], Array(56 * 56).fill(ink));
  }
});

test("ink is read from a part of a buffer too", () => {
  const buffer = new Uint8ClampedArray([9, 9, 9, 9, 255, 255, 255, 255, 0, 0, 0, 255]).buffer;
  assert.deepEqual([...inkOf(new Uint8ClampedArray(buffer, 4))], [255, 0]);
});

test("one point of ink counts by its share of the block, rounded, halves up", () => {
  for (const [side, grey, pixel] of [
    [280, 255, 3], // 255 / 100 = 2.55
    [56, 255, 64], // 255 / 4 = 63.75
    [56, 2, 1], // 2 / 4 = 0.5
    [56, 1, 0], // 1 / 4 = 0.25
    [28, 77, 77],
  ]) {
    const ink = new Uint8Array(side * side);
    ink[ink.length - 1] = grey; // of the last block
    const grid = asDrawn(ink, side);
    assert.equal(grid[783], pixel, `${side} ${grey}`);
    assert.ok(grid.subarray(0, 783).every((value) => value === 0));
  }
});

test("paper without ink is an empty grid in either framing", () => {
  for (const framing of /** @type {const} */ (["mnist", "drawn"])) {
    assert.deepEqual(toGrid(new Uint8Array(280 * 280), 280, framing), new Uint8Array(784));
  }
});
