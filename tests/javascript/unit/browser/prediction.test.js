import assert from "node:assert/strict";
import { test } from "node:test";

import { predictionOf, softmax } from "../../../../pixelviz/page/browser/prediction.js";
import { headline, percent, reason } from "../../../../pixelviz/page/browser/wording.js";
import { expected } from "../expected.js";

test("logits become the server's probabilities", () => {
  assert.ok(expected.predictions.length > 300);
  for (const { logits, probabilities } of expected.predictions) {
    softmax(logits).forEach((share, digit) => {
      assert.ok(Math.abs(share - probabilities[digit]) < 1e-6, `${logits}`);
    });
  }
});

test("a prediction is worded as on the server, from sure to undecided", () => {
  const kinds = new Set();
  for (const { logits, threshold, digit, inWords } of expected.predictions) {
    const prediction = predictionOf(logits, threshold);
    assert.equal(prediction.digit, digit);
    assert.equal(`${headline(prediction)}, ${reason(prediction)}`, inWords);
    kinds.add(`${prediction.isSure} ${prediction.isProbable} ${prediction.candidates.length}`);
  }
  assert.ok(kinds.size >= 6, [...kinds].join()); // else the logits are not of all kinds
});

test("a share is written as on the server", () => {
  for (const { probabilities, percents } of expected.predictions) {
    assert.deepEqual(probabilities.map(percent), percents);
  }
});
