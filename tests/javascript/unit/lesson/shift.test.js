import assert from "node:assert/strict";
import { test } from "node:test";

import { moveWithKey, shift } from "../../../../pixelviz/page/lesson/move_and_shuffle/shift.js";
import { expected } from "../expected.js";

test("a grid is moved as the server moves it", () => {
  for (const { values, shifts } of expected.grids) {
    assert.ok(shifts.length > 3);
    for (const { rows, columns, values: moved } of shifts) {
      assert.deepEqual([...shift(Uint8Array.from(values), rows, columns)], moved);
    }
  }
});

test("an arrow key moves by one pixel, as far as it goes", () => {
  assert.deepEqual(moveWithKey("ArrowLeft", [0, 0], 8), [0, -1]);
  assert.deepEqual(moveWithKey("ArrowUp", [2, 1], 8), [1, 1]);
  assert.deepEqual(moveWithKey("ArrowDown", [7, 0], 8), [8, 0]);
  assert.deepEqual(moveWithKey("ArrowDown", [8, 0], 8), [8, 0]);
  assert.deepEqual(moveWithKey("ArrowLeft", [0, -8], 8), [0, -8]);
  assert.equal(moveWithKey("Home", [0, 0], 8), null);
});
