import assert from "node:assert/strict";
import { test } from "node:test";

import {
  formatNumber,
  formatUnits,
  roundToAddUp,
  roundWithBias,
} from "../../../../pixelviz/page/browser/rounding.js";
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

test("a bias is always written the same, and all adds up to the rounded total", () => {
  for (const { terms, decimals } of expected.sums) {
    for (const bias of [0, 0.0325, -1.4996, 0.5]) {
      const rounded = roundWithBias(terms, bias, decimals);
      const unit = 10 ** decimals;
      const exact = terms.reduce((sum, each) => sum + each, 0) + bias;
      assert.equal(rounded.bias, Math.round(bias * unit) + 0);
      assert.equal(rounded.total, Math.round(exact * unit) + 0);
      const added = rounded.terms.reduce((sum, each) => sum + each, rounded.bias);
      assert.equal(added, rounded.total);
      rounded.terms.forEach((each, at) => assert.ok(Math.abs(each - terms[at] * unit) < 2));
    }
  }
});
