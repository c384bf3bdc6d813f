import assert from "node:assert/strict";
import { test } from "node:test";

import {
  columnsFor,
  indexAfterKey,
  indexAt,
  layoutOf,
  pointOf,
  sizeOf,
} from "../../../../../pixelviz/page/lesson/convolution/network_view/sheet_layout.js";

/** @type {[number[], number][]} Shapes, and how many maps stand in one line. */
const SHEETS = [
  [[24, 24, 32], 16],
  [[5, 5, 3], 2],
  [[3, 4, 7], 7],
  [[1152], 144],
  [[10], 4],
];

test("each number has a point of its own on the sheet, and is found there", () => {
  for (const [shape, columns] of SHEETS) {
    const layout = layoutOf(shape, columns);
    const { width, height } = sizeOf(layout);
    const count = shape.reduce((product, each) => product * each, 1);
    const taken = new Set();
    for (let index = 0; index < count; index += 1) {
      const { x, y } = pointOf(layout, index);
      assert.ok(x < width && y < height);
      assert.equal(indexAt(layout, x + 0.5, y + 0.9), index);
      taken.add(y * width + x);
    }
    assert.equal(taken.size, count);
  }
});

test("a map's numbers lie row by row, and the next map beside it after a gap", () => {
  const layout = layoutOf([2, 3, 4], 2);
  assert.deepEqual(sizeOf(layout), { width: 7, height: 5 });
  assert.deepEqual(pointOf(layout, 0), { x: 0, y: 0 });
  assert.deepEqual(pointOf(layout, 4), { x: 1, y: 0 }); // the next place of the first map
  assert.deepEqual(pointOf(layout, 1), { x: 4, y: 0 }); // the same place of the next map
  assert.deepEqual(pointOf(layout, 3 * 4 + 2), { x: 0, y: 4 }); // row 1 of the third map
  assert.equal(indexAt(layout, 3.5, 0), null);
  assert.equal(indexAt(layout, 0, 2.5), null);
});

test("the arrow keys lead from number to number, over gaps, and stop at the edges", () => {
  const layout = layoutOf([2, 2, 4], 2);
  assert.equal(indexAfterKey(layout, 0, "ArrowRight"), 4);
  assert.equal(indexAfterKey(layout, 4, "ArrowRight"), 1);
  assert.equal(indexAfterKey(layout, 1, "ArrowLeft"), 4);
  assert.equal(indexAfterKey(layout, 8, "ArrowDown"), 2);
  assert.equal(indexAfterKey(layout, 0, "ArrowLeft"), 0);
  assert.equal(indexAfterKey(layout, 0, "ArrowUp"), 0);
  assert.equal(indexAfterKey(layout, 0, "Enter"), null);
});

test("as many maps stand in a line as leave each large enough, and all lines are equally long", () => {
  for (const width of [358, 700, 1022, 1500]) {
    for (const [shape] of SHEETS) {
      const columns = columnsFor(shape, width);
      const { width: points } = sizeOf(layoutOf(shape, columns));
      assert.ok(columns >= 1 && columns <= /** @type {number} */ (shape.at(-1)));
      assert.ok(columns === 1 || width / points >= 2.3, `${shape} in ${width}`);
    }
    assert.equal(32 % columnsFor([24, 24, 32], width), 0);
  }
});
