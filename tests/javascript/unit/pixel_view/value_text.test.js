import assert from "node:assert/strict";
import { test } from "node:test";

import {
  describe,
  formatInteger,
  formatRescaled,
} from "../../../../pixelviz/page/pixel_view/value_text.js";

const VALUES = Array.from({ length: 256 }, (_, value) => value);

test("an integer is written as it is", () => {
  for (const value of VALUES) assert.equal(Number(formatInteger(value)), value);
});

test("a rescaled value is right to two decimals, in at most three characters", () => {
  for (const value of VALUES) {
    const text = formatRescaled(value);
    assert.ok(text.length <= 3, text);
    assert.ok(Math.abs(Number(text) - value / 255) <= 0.005, `${value} ${text}`);
  }
});

test("only 0 and 255 are written as 0 and 1", () => {
  assert.deepEqual(
    VALUES.filter((value) => formatRescaled(value) === "0"),
    [0],
  );
  assert.deepEqual(
    VALUES.filter((value) => formatRescaled(value) === "1"),
    [255],
  );
  assert.equal(formatRescaled(1), ".0");
  assert.equal(formatRescaled(254), "1.0");
});

test("a pixel is described by its place, its feature and its values", () => {
  assert.equal(describe(401, 253), "row 14, column 9 → feature 28 × 14 + 9 = 401 → 253 → 0.992");
});
