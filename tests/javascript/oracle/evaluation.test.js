// A data set read in the browser is counted as Keras and metrics.py count it; test_evaluation.py writes
// the pictures, the networks and their counts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { read } from "../../../pixelviz/page/browser/network/network_file.js";
import {
  addAnswers,
  createAnswers,
  knownOf,
} from "../../../pixelviz/page/lesson/data/evaluation/answers.js";
import {
  BINS,
  binsOf,
  calibrationErrorOf,
} from "../../../pixelviz/page/lesson/data/evaluation/calibration.js";
import { confusionOf } from "../../../pixelviz/page/lesson/data/evaluation/confusion.js";
import { readSome } from "../../../pixelviz/page/lesson/data/evaluation/reader.js";
import { scoreOf } from "../../../pixelviz/page/lesson/data/evaluation/scores.js";

const folder = process.env.PIXELVIZ_NETWORKS ?? "";
if (!folder) throw new Error("Run this test with: pytest tests/javascript/test_evaluation.py");

/** @param {string} name @returns {Uint8Array<ArrayBuffer>} */
function bytesOf(name) {
  return Uint8Array.from(readFileSync(join(folder, name)));
}

/** @type {Record<string, any>} */
const keras = JSON.parse(readFileSync(join(folder, "keras.json"), "utf-8"));
const grids = bytesOf("grids");
const targets = bytesOf("targets");
const range = { start: 0, end: targets.length };

for (const [name, counts] of Object.entries(keras)) {
  test(`what the ${name} model makes of a data set is counted as Keras's answers are`, () => {
    const network = read(bytesOf(`${name}.network`).buffer);
    const answers = createAnswers(targets.length);
    for (let start = 0; start < targets.length; ) {
      let together = 37; // it is interrupted again and again
      const some = readSome(network, grids, { start, end: range.end }, () => --together === 0);
      assert.equal(some.digits.length, Math.min(37, range.end - start));
      addAnswers(answers, some, start);
      start += some.digits.length;
    }
    assert.equal(knownOf(answers, range), targets.length);
    const { right, sureAndRight, sureAndWrong } = scoreOf(answers, targets, range, network.threshold);
    assert.deepEqual([right, sureAndRight, sureAndWrong], [counts.right, counts.sureAndRight, counts.sureAndWrong]);
    assert.deepEqual([...confusionOf(answers, targets, range)], counts.confusion);
    assert.equal(BINS, counts.bins);
    const error = calibrationErrorOf(binsOf(answers, targets, range));
    assert.ok(Math.abs(error - counts.error) < 1e-5, `${error} is not ${counts.error}`);
  });
}
