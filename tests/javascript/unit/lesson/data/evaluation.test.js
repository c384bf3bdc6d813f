import assert from "node:assert/strict";
import test from "node:test";

import { counted } from "../../../../../pixelviz/page/browser/counts.js";
import {
  NONE,
  addAnswers,
  createAnswers,
  gapsOf,
  knownOf,
} from "../../../../../pixelviz/page/lesson/data/evaluation/answers.js";
import {
  BINS,
  binsOf,
  calibrationErrorOf,
} from "../../../../../pixelviz/page/lesson/data/evaluation/calibration.js";
import { cardLine } from "../../../../../pixelviz/page/lesson/data/evaluation/card_line.js";
import {
  confusionOf,
  surestFirst,
} from "../../../../../pixelviz/page/lesson/data/evaluation/confusion.js";
import { colourOf } from "../../../../../pixelviz/page/lesson/data/evaluation/confusion_table.js";
import { partsOf, rangeOf } from "../../../../../pixelviz/page/lesson/data/evaluation/parts.js";
import { scoreOf } from "../../../../../pixelviz/page/lesson/data/evaluation/scores.js";
import { sweepOf } from "../../../../../pixelviz/page/lesson/data/evaluation/sweep.js";
import { shareOf, sharesOf } from "../../../../../pixelviz/page/lesson/data/shares.js";
import { expected } from "../../expected.js";

const WITHIN = 1e-9;

const evaluations = expected.evaluations.map(({ digits, confidences, targets, ...others }) => ({
  answers: { digits: Uint8Array.from(digits), confidences: Float32Array.from(confidences) },
  targets: Uint8Array.from(targets),
  ...others,
}));

/** @param {number} one @param {number} other */
function isNear(one, other) {
  assert.ok(Math.abs(one - other) < WITHIN, `${one} is not ${other}`);
}

test("right, sure and unsure answers are counted as numpy counts them", () => {
  for (const { answers, targets, range, thresholds, scores } of evaluations) {
    thresholds.forEach((threshold, at) => {
      assert.deepEqual(scoreOf(answers, targets, range, threshold), scores[at]);
    });
    const { known, sure, notSure, right } = scoreOf(answers, null, range, thresholds[3]);
    assert.equal(known, scores[3].known);
    assert.equal(sure, scores[3].sure);
    assert.equal(notSure, scores[3].notSure);
    assert.equal(right, 0);
  }
});

test("a moved threshold counts as the score does at each of its steps", () => {
  for (const { answers, targets, range, thresholds, scores } of evaluations) {
    const steps = sweepOf(answers, targets, range, thresholds);
    assert.deepEqual(
      steps,
      scores.map(({ sureAndRight, sureAndWrong, notSure }) => ({
        right: sureAndRight,
        wrong: sureAndWrong,
        notSure,
      })),
    );
    const [bold] = sweepOf(answers, null, range, thresholds);
    assert.deepEqual(bold, { right: 0, wrong: scores[0].sure, notSure: scores[0].notSure });
  }
});

test("the confusion matrix has targets as rows and answers as columns", () => {
  for (const { answers, targets, range, confusion } of evaluations) {
    assert.deepEqual([...confusionOf(answers, targets, range)], confusion);
  }
});

test("mistakes come in the order of their confidence, equal ones in that of their numbers", () => {
  for (const { answers, targets, range, mistakes } of evaluations) {
    assert.deepEqual(
      surestFirst(answers, range, (digit, at) => digit !== targets[at]),
      mistakes,
    );
  }
});

test("bins and calibration error are those of numpy", () => {
  for (const { answers, targets, range, bins, error } of evaluations) {
    const found = binsOf(answers, targets, range);
    assert.equal(found.length, BINS);
    found.forEach(({ count, confidence, right }, at) => {
      assert.equal(count, bins[at].count);
      isNear(confidence, bins[at].confidence);
      isNear(right, bins[at].right);
    });
    isNear(calibrationErrorOf(found), error);
  }
  assert.equal(calibrationErrorOf(binsOf(createAnswers(3), null, { start: 0, end: 3 })), 0);
});

test("what was read is known, and only the gaps are asked for again", () => {
  const answers = createAnswers(10);
  const range = { start: 1, end: 9 };
  assert.deepEqual(gapsOf(answers, range), [range]);
  addAnswers(answers, { digits: Uint8Array.of(7, 0), confidences: Float32Array.of(0.5, 1) }, 3);
  assert.equal(knownOf(answers, range), 2);
  assert.deepEqual(gapsOf(answers, range), [
    { start: 1, end: 3 },
    { start: 5, end: 9 },
  ]);
  assert.deepEqual([...answers.digits.slice(2, 6)], [NONE, 7, 0, NONE]);
  assert.deepEqual(gapsOf(answers, { start: 3, end: 5 }), []);
});

/** @param {number} count @param {number} trainingCount */
function set(count, trainingCount) {
  const grids = new Uint8Array(784 * count);
  return { kind: "file", name: "", source: "", grids, targets: null, trainingCount };
}

test("a set that is split has a test set, which comes first", () => {
  const [first, second, all] = partsOf(set(3000, 1800));
  assert.deepEqual([first.name, first.start, first.end], ["test", 1800, 3000]);
  assert.deepEqual([second.name, second.start, second.end], ["training", 0, 1800]);
  assert.deepEqual([all.name, all.start, all.end], ["all", 0, 3000]);
  assert.deepEqual(rangeOf(first, true), { start: 1800, end: 2800 });
  assert.deepEqual(rangeOf(first, false), { start: 1800, end: 3000 });
  for (const trainingCount of [0, 3000]) {
    assert.deepEqual(
      partsOf(set(3000, trainingCount)).map(({ name }) => name),
      ["all"],
    );
  }
  assert.deepEqual(rangeOf(partsOf(set(5, 5))[0], true), { start: 0, end: 5 });
});

test("shares are written so that they add up, and are never rounded to all or nothing", () => {
  assert.deepEqual(sharesOf([1, 1, 1]).map(parseFloat).sort(), [33.3, 33.3, 33.4]);
  assert.deepEqual(sharesOf([0, 3]), ["0.0\u202f%", "100.0\u202f%"]);
  assert.equal(sharesOf([1, 99_999])[0], "<\u202f0.1\u202f%");
  assert.deepEqual(sharesOf([0, 0]), ["", ""]);
  assert.equal(shareOf(9_999, 10_000), ">\u202f99.9\u202f%");
  assert.equal(shareOf(10_000, 10_000), "100\u202f%");
  assert.equal(shareOf(0, 10_000), "0\u202f%");
  assert.equal(shareOf(9_193, 10_000), "91.9\u202f%");
  assert.equal(counted(1, "picture"), "1 picture");
  assert.equal(counted(70_000, "picture"), "70,000 pictures");
});

test("a colour is the brighter the more pictures there are, and one picture can be seen", () => {
  const reds = [0, 1, 2, 10, 100, 1000].map((count) => colourOf(count, 1000)[0]);
  assert.equal(reds[0], 0);
  assert.ok(reds[1] >= 20);
  assert.deepEqual(reds, [...new Set(reds)].sort((one, other) => one - other));
  assert.deepEqual(colourOf(0, 0), [0, 0, 0]);
});

test("the card's numbers are named only where they are the same", () => {
  const models = [{ name: "dense", title: "", threshold: 0.8, address: null }];
  const card = { dense: { accuracy: 0.9889, sureAndRight: 0.9794, sureAndWrong: 0.006 } };
  const score = { known: 10_000, right: 9889, sureAndRight: 9794, sureAndWrong: 60, sure: 0, notSure: 0 };
  assert.match(cardLine(models, card, () => score, 10_000), /These are the numbers/);
  const other = { ...score, sureAndWrong: 61 };
  assert.match(cardLine(models, card, () => other, 10_000), /98\.9.% right/);
  assert.equal(cardLine(models, card, () => ({ ...score, known: 9999 }), 10_000), "");
  assert.equal(cardLine(models, {}, () => score, 10_000), "");
});
