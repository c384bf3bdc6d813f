import assert from "node:assert/strict";
import { test } from "node:test";

import { numberIn, numberOf } from "../../../../../pixelviz/page/browser/data_file/number_text.js";

/** @param {string} text */
function read(text) {
  const bytes = new TextEncoder().encode(`x${text}x`);
  return numberIn(bytes, 1, bytes.length - 1, ".".charCodeAt(0));
}

const TEXTS = [
  "0", "7", "255", "007", "-1", "+3", "0.0", "227.1", "0.1", "0.3", "0.996078431372549", ".5", "5.",
  "1e2", "2.55e+02", "5.000000000000000000e+00", "1.5E-3", "100000000000000000000", "1e22", "-0.42421293",
]; // prettier-ignore

test("a number is read as JavaScript reads it, or left to it", () => {
  for (const text of TEXTS) {
    assert.equal(read(text), Number(text), text);
    assert.equal(numberOf(text, "."), Number(text), text);
  }
  for (const text of ["0.1234567890123456789", "1e23", "1e-30"]) {
    assert.ok(Number.isNaN(read(text)), text);
    assert.equal(numberOf(text, "."), Number(text));
  }
});

test("a thousand random numbers are read exactly", () => {
  for (let number = 0; number < 1000; number += 1) {
    const value = Math.sin(number) * 10 ** ((number % 9) - 3);
    for (const text of [value.toFixed(6), value.toExponential(9), value.toPrecision(12)]) {
      assert.equal(read(text), Number(text), text);
    }
  }
});

test("what is no number is none", () => {
  for (const text of ["", "-", ".", "e5", "1e", "1e+", "1.2.3", "0x10", "1_0", "nan", "٣", "1 2"]) {
    assert.ok(Number.isNaN(read(text)), text);
    assert.ok(Number.isNaN(numberOf(text, ".")), text);
  }
  assert.ok(Number.isNaN(numberOf("1e999", ".")));
});

test("a decimal comma and truth values are read where they may be", () => {
  assert.equal(numberOf("0,5", ","), 0.5);
  assert.ok(Number.isNaN(numberOf("0,5", ".")));
  assert.deepEqual(
    ["True", "FALSE", "true"].map((text) => numberOf(text, ".")),
    [1, 0, 1],
  );
});
