import assert from "node:assert/strict";
import { test } from "node:test";

import { summaryOf } from "../../../../../pixelviz/page/lesson/convolution/network_view/summary.js";

/** @param {string} text @returns {number} */
function numberOf(text) {
  return Number(text.replace("\u2212", "-"));
}

/** @param {number} count @returns {import("../../../../../pixelviz/page/lesson/convolution/network_view/origin.js").Term[]} */
function terms(count) {
  return Array.from({ length: count }, (_, at) => {
    const factors = { input: Math.sin(at) ** 2, weight: Math.cos(3 * at) };
    return { name: `number ${at}`, value: factors.input * factors.weight, factors };
  });
}

for (const count of [1, 8, 9, 1152]) {
  test(`of ${count} terms what is written adds up, and is the output`, () => {
    const all = terms(count);
    const output = all.reduce((sum, { value }) => sum + value, 0.1234);
    const origin = { kind: /** @type {const} */ ("sum"), terms: all, bias: 0.1234, hasRelu: false, output };
    const { lines, result } = summaryOf(origin);
    const written = lines.reduce((sum, { value }) => sum + numberOf(value), 0);
    const [, total] = result.split("= ");
    assert.ok(Math.abs(written - numberOf(total)) < 1e-9);
    assert.ok(Math.abs(output - numberOf(total)) <= 0.0005);
    assert.ok(lines.length <= 10);
    assert.equal(lines.at(-1)?.name, "bias");
  });
}

test("of many terms the largest stand alone, and the others in one line", () => {
  const { lines } = summaryOf({ kind: "sum", terms: terms(100), bias: 0, hasRelu: false, output: 0 });
  const alone = lines.slice(0, 8).map(({ value }) => Math.abs(numberOf(value)));
  assert.deepEqual(alone, [...alone].sort((a, b) => b - a));
  assert.equal(lines[8].name, "the other 92 together");
});

test("ReLU is said where there is one", () => {
  const term = { name: "number 0", value: -2 };
  const origin = { kind: /** @type {const} */ ("sum"), terms: [term], bias: 0.5, hasRelu: true, output: 0 };
  assert.equal(summaryOf(origin).result, "= \u22121.500, after ReLU 0.000");
  const rectified = { ...origin, kind: /** @type {const} */ ("relu"), bias: 0 };
  assert.equal(summaryOf(rectified).result, "after ReLU: 0.000");
});

test("of a pooled number the largest of its window is said", () => {
  const four = [0.1, 0.75, -1, 0].map((value, at) => ({ name: `number ${at}`, value }));
  const { lines, result } = summaryOf({ kind: "largest", terms: four, bias: 0, hasRelu: false, output: 0.75 });
  assert.equal(result, "the largest of the 4: 0.750");
  assert.deepEqual(
    lines.map(({ value }) => value),
    ["0.100", "0.750", "\u22121.000", "0.000"],
  );
});
