import assert from "node:assert/strict";
import { test } from "node:test";

import { formatNumber, formatUnits, roundToAddUp } from "../../../../pixelviz/page/browser/rounding.js";
import { expected } from "../expected.js";

test("terms are rounded as the server rounds them", () => {
  assert.ok(expected.sums.length > 10);
  for (const { terms, decimals, units } of expected.sums) {
    assert.deepEqual(roundToAddUp(terms, decimals), units);
  }
});

test("numbers are written with as many decimals as are asked for", () => {
  assert.equal(formatUnits(-5, 3), "\u22120.005");
  assert.equal(formatUnits(1234, 2), "12.34");
  assert.equal(formatUnits(7, 0), "7");
  assert.equal(formatNumber(-0.0004, 3), "0.000");
  assert.equal(formatNumber(2 / 3, 3), "0.667");
});
