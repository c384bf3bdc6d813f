import assert from "node:assert/strict";
import { test } from "node:test";

import { describe, doneAfterKey, unroll } from "../../../../pixelviz/page/lesson/unroll/lines.js";
import { expected } from "../expected.js";

test("rows and columns follow each other as they do on the server", () => {
  for (const { values, byColumns } of expected.grids) {
    const vector = Uint8Array.from(values);
    assert.deepEqual([...unroll(vector, "rows")], values);
    assert.deepEqual([...unroll(vector, "columns")], byColumns);
  }
});

test("the text names the line that came last, and its features", () => {
  assert.equal(describe(0, "rows"), "The picture has 28 rows of 28 pixels.");
  assert.equal(describe(0, "columns"), "The picture has 28 columns of 28 pixels.");
  assert.equal(describe(0.01, "rows"), "row 0 → features 0 to 27");
  assert.equal(describe(1, "rows"), "row 0 → features 0 to 27");
  assert.equal(describe(14.5, "columns"), "column 14 → features 392 to 419");
  assert.equal(
    describe(28, "rows"),
    "row 27 → features 756 to 783: 784 features, all in one line.",
  );
});

test("arrow keys lead from line to line, and not beyond the ends", () => {
  /** @type {[string, number, number | null][]} */
  const cases = [
    ["ArrowRight", 0, 1],
    ["ArrowUp", 3.2, 4],
    ["ArrowRight", 28, 28],
    ["ArrowRight", 27.9, 28],
    ["ArrowLeft", 0, 0],
    ["ArrowDown", 3.2, 3],
    ["ArrowLeft", 3, 2],
    ["ArrowLeft", 0.4, 0],
    ["Home", 3, null],
    ["a", 3, null],
  ];
  for (const [key, done, next] of cases)
    assert.equal(doneAfterKey(key, done), next, `${key} ${done}`);
});
