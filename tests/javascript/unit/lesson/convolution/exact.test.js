import assert from "node:assert/strict";
import { test } from "node:test";

import {
  decimalsOf,
  farthest,
  format,
  formatShort,
  parse,
  sumText,
  unitsOf,
} from "../../../../../pixelviz/page/lesson/convolution/by_hand/exact.js";
import {
  denseText,
  pooledText,
  sizeText,
  weightsText,
} from "../../../../../pixelviz/page/lesson/convolution/by_hand/sizes.js";
import { placesOf } from "../../../../../pixelviz/page/lesson/convolution/by_hand/places.js";
import { expected } from "../../expected.js";

test("a number is read however it is written", () => {
  const written = { "-1": -1, "\u22121": -1, "0.25": 0.25, "0,25": 0.25, ".5": 0.5, " +3 ": 3, "7.": 7 };
  for (const [text, number] of Object.entries(written)) {
    assert.deepEqual(parse(text, 99), { units: unitsOf(number) });
  }
  assert.deepEqual(parse("99", 99), { units: 990_000 });
});

test("what is no such number is refused with what was expected and what came", () => {
  for (const text of ["", "-", "abc", "1/9", "1e3", "0.00001", "100", "-99.5", "--1", "0x10", "1 2"]) {
    const read = parse(text, 99);
    assert.ok("problem" in read, text);
    assert.match(read.problem, /^Expected a number from \u221299 to 99 with at most 4 decimals/);
    assert.ok(read.problem.endsWith(text ? `got “${text}”.` : "got nothing."), read.problem);
  }
});

test("numbers are written with as many decimals as they need, and no more", () => {
  assert.equal(decimalsOf([10_000, -30_000, 0]), 0);
  assert.equal(decimalsOf([10_000, 2500]), 2);
  assert.equal(decimalsOf([625]), 4);
  assert.equal(formatShort(-2500), "\u22120.25");
  assert.equal(formatShort(-0), "0");
  assert.equal(format(158_125, 4), "15.8125");
  assert.equal(sumText([-2_530_000, 0, 120_000], 0), "\u2212253 + 0 + 12 = \u2212241");
  assert.equal(sumText([2500, -12_500], 2), "0.25 \u2212 1.25 = \u22121.00");
});

test("no output is farther from 0 than is said, and one can be as far", () => {
  for (const { weights, bias, outputs } of expected.convolutions) {
    const [units, most] = [weights.map(unitsOf), Math.max(...outputs.map(unitsOf))];
    const least = Math.min(...outputs.map(unitsOf));
    assert.ok(farthest(units, unitsOf(bias), false) >= Math.max(most, -least));
    assert.ok(farthest(units, unitsOf(bias), true) >= most);
  }
  assert.equal(farthest([-10_000, 0, 20_000], 0, true), 510 * 10_000);
  assert.equal(farthest([-30_000, 0, 20_000], 0, false), 765 * 10_000);
  assert.equal(farthest([-10_000], -10_000, true), 0);
});

test("sizes and weights are worked out with the numbers put in", () => {
  assert.equal(
    sizeText(placesOf("valid", 1)),
    "(28 + 0 \u2212 3) ÷ 1 + 1 = 26 rows and columns: 26 × 26 = 676 numbers",
  );
  assert.match(sizeText(placesOf("valid", 2)), /÷ 2 \+ 1 = 13.5, rounded down 13 rows/);
  assert.match(sizeText(placesOf("same", 1)), /^\(28 \+ 2 \u2212 3\) ÷ 1 \+ 1 = 28 rows/);
  assert.match(sizeText(placesOf("same", 2)), /^\(28 \+ 1 \u2212 3\) ÷ 2 \+ 1 = 14 rows/);
  assert.equal(weightsText(26), "3 × 3 + 1 = 10, the same at all 676 places");
  assert.equal(denseText(26), "784 × 676 + 676 = 530,660");
  assert.equal(
    pooledText(13),
    "13 ÷ 2 = 6.5, rounded down 6 rows and columns: 6 × 6 = 36 numbers, in place of 169",
  );
});
