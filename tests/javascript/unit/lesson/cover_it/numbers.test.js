import assert from "node:assert/strict";
import { test } from "node:test";

import {
  LINES,
  compare,
  describeAgreement,
  numbersOf,
} from "../../../../../pixelviz/page/lesson/cover_it/against_words.js";
import { describeChange, describeMost } from "../../../../../pixelviz/page/lesson/cover_it/change.js";
import {
  coverEachPixel,
  linearOf,
  productOf,
} from "../../../../../pixelviz/page/lesson/cover_it/linear.js";
import {
  describeSearch,
  describeStep,
  finePercent,
} from "../../../../../pixelviz/page/lesson/cover_it/search_words.js";
import { expected } from "../../expected.js";

const { linear: server } = expected;
const LINEAR = { weights: Float32Array.from(server.weights), bias: Float32Array.from(server.bias) };
const VECTOR = Uint8Array.from(server.vector);

/** @param {string} text @returns {number} */
const numberIn = (text) => Number(text.replace("\u2212", "-").replace(/[^\d.-]/g, ""));

test("before − after = drop, as written", () => {
  for (let number = 0; number < 2000; number += 1) {
    const [before, after] = [Math.abs(Math.sin(number)), Math.abs(Math.sin(7 * number + 1))];
    const written = describeChange(before, after);
    if (/[<>]/.test(written.before + written.after)) continue; // too near to 0 or 100 % to add up
    const sum = numberIn(written.before) - numberIn(written.after);
    assert.ok(Math.abs(sum - numberIn(written.drop)) < 1e-9, JSON.stringify(written));
    assert.ok(Math.abs(100 * (before - after) - numberIn(written.drop)) < 0.1 + 1e-9);
  }
  assert.deepEqual(describeChange(0.98217, 0.12349), {
    before: "98.2\u202f%",
    after: "12.3\u202f%",
    drop: "85.9",
  });
  assert.equal(describeChange(0.2, 0.25).drop, "\u22125.0");
});

test("of a map it is said how far the probability falls at most, also where that cannot be seen", () => {
  assert.equal(describeMost([0.01, 0.1664, -0.3]), "falls by 16.6 points at most");
  assert.equal(describeMost([0.0005, 0]), "falls by 0.1 points at most");
  assert.equal(describeMost([0.00049, -0.2]), "falls by less than 0.1 points");
  assert.equal(describeMost([-0.2, -0.1]), "falls by less than 0.1 points");
});

test("softmax regression without each pixel is what numpy makes of it", () => {
  const covered = coverEachPixel(LINEAR, VECTOR);
  assert.equal(covered.digit, server.digit);
  assert.equal(covered.other, server.other);
  VECTOR.forEach((_, index) => {
    const { logits, probabilities } = covered.without[index];
    for (let digit = 0; digit < 10; digit += 1) {
      const product = productOf(LINEAR, VECTOR, index, digit);
      assert.ok(Math.abs(product - server.products[index][digit]) < 1e-9);
      assert.ok(Math.abs(logits[digit] - server.withoutLogits[index][digit]) < 1e-9);
      assert.ok(Math.abs(probabilities[digit] - server.without[index][digit]) < 1e-9);
    }
  });
});

test("the numbers of a pixel agree to the digits shown, and add up", () => {
  const covered = coverEachPixel(LINEAR, VECTOR);
  VECTOR.forEach((_, index) => {
    for (const digit of [server.digit, server.other]) {
      const numbers = numbersOf(LINEAR, VECTOR, covered, index, digit);
      assert.equal(numbers.length, LINES.length);
      const [product, whole, left, drop] = numbers;
      assert.equal(product.split(" = ")[1], drop);
      assert.ok(Math.abs(numberIn(drop) - server.products[index][digit]) <= 0.0005 + 1e-9);
      assert.ok(Math.abs(numberIn(whole) - server.logits[digit]) <= 0.0005 + 1e-9);
      assert.ok(Math.abs(numberIn(whole) - numberIn(left) - numberIn(drop)) < 1e-9);
    }
  });
});

test("it is counted where weight × feature and the probability go the same way", () => {
  const { digit } = server;
  const { ink, agreeing, largest } = compare(LINEAR, VECTOR, coverEachPixel(LINEAR, VECTOR));
  const before = Math.exp(server.logits[digit]) / server.logits.reduce((sum, each) => sum + Math.exp(each), 0);
  const inked = [...VECTOR.keys()].filter((index) => VECTOR[index] > 0);
  const same = inked.filter(
    (index) => (before - server.without[index][digit]) * server.products[index][digit] > 0,
  );
  assert.deepEqual([ink, agreeing], [inked.length, same.length]);
  assert.ok(agreeing < ink);
  assert.ok(largest < 1e-9);
  const words = describeAgreement({ ink: 9, agreeing: 7, largest: 0 });
  assert.match(words, /^At all 9 pixels of ink, .* at 7 of them, and the other way at 2\.$/);
  assert.match(describeAgreement({ ink: 9, agreeing: 9, largest: 0 }), /at 9 of them\.$/);
  assert.doesNotMatch(describeAgreement({ ink: 9, agreeing: 9, largest: 0.1 }), /At all/);
});

test("only a network of one dense layer is a softmax regression", () => {
  const [kernel, bias] = [
    { shape: [784, 10], values: LINEAR.weights },
    { shape: [10], values: LINEAR.bias },
  ];
  const layer = { kind: "Dense", name: "", shape: [10], settings: {}, weights: { kernel, bias } };
  const network = { name: "", title: "", threshold: 0.8, layers: [layer] };
  assert.deepEqual(linearOf(network), LINEAR);
  assert.equal(linearOf({ ...network, layers: [layer, layer] }), null);
  assert.equal(linearOf({ ...network, layers: [{ ...layer, kind: "Conv2D" }] }), null);
});

test("a search says how far it is and how it ended", () => {
  const first = [0, 0, 9];
  const step = { change: { index: 30, value: 0 }, from: 200, logits: [0, 0, 2] };
  const last = { change: { index: 31, value: 255 }, from: 0, logits: [5, 0, 2] };
  /** @param {any[]} steps @param {any} ending */
  const words = (steps, ending) => describeSearch({ first, steps, ending }, 0.8);
  assert.equal(words([step], null), "Step 2: 2 still has 78.7\u202f%.");
  assert.equal(words([step, last], "changed"), "2 pixels changed: 2 becomes 0, 94.6\u202f% sure.");
  assert.equal(words([step], "changed"), "1 pixel changed: no longer sure: probably 2, 78.7\u202f%.");
  const all = `3 seconds are over. With 0 pixels changed, 2 still has >\u202f99.9\u202f%.`;
  assert.equal(words([], "time"), all);
  assert.equal(words([step], "stopped"), "Stopped. With 1 pixel changed, 2 still has 78.7\u202f%.");
  assert.match(words([step], "stuck"), /no change that was tried lowers it further\.$/);
  assert.equal(describeSearch({ first: null, steps: [], ending: null }, 0.8), "Asking …");
  assert.deepEqual(describeStep(step), { where: "row 1, column 2", what: "taken away: 200 → 0" });
  assert.deepEqual(describeStep(last), { where: "row 1, column 3", what: "inked: 0 → 255" });
});

test("a probability with more digits is never rounded to a certainty", () => {
  assert.equal(finePercent(0.98765432), "98.765\u202f%");
  assert.equal(finePercent(0.999999), ">\u202f99.999\u202f%");
  assert.equal(finePercent(0.0000001), "<\u202f0.001\u202f%");
});
