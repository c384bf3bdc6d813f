import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { LENGTH } from "../../../../../pixelviz/page/browser/arrays.js";
import { knownOf } from "../../../../../pixelviz/page/lesson/data/evaluation/answers.js";
import { createEvaluator } from "../../../../../pixelviz/page/lesson/data/evaluation/evaluator.js";
import { FakeWorker } from "../../browser/network/fake_worker.js";

const MODELS = ["softmax", "dense"].map((name) => ({
  name,
  title: name,
  threshold: 0.8,
  address: `network/${name}`,
}));
const ALL = { start: 0, end: 10 };

let isThere = true;

beforeEach(() => {
  FakeWorker.started = [];
  FakeWorker.isRefused = false;
  isThere = true;
  Object.assign(globalThis, {
    Worker: FakeWorker,
    document: { baseURI: "https://school.example/pixels/" },
    fetch: async () => ({ ok: isThere, arrayBuffer: async () => new ArrayBuffer(8) }),
  });
});

/** @param {string} name */
function setOf(name) {
  const grids = new Uint8Array(LENGTH * ALL.end);
  return { kind: name, name, source: "", grids, targets: null, trainingCount: 0 };
}

/** Lets everything go on that waits for nothing else. */
async function settle() {
  for (let turn = 0; turn < 4; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

/** @returns {any} What the Worker was told last. */
function last() {
  return FakeWorker.started[0].messages.at(-1);
}

/** @param {number} count The Worker answers to so many pictures: each is a 3. @param {boolean} isLast */
function answer(count, isLast) {
  const { name, range, number } = last();
  const answers = {
    digits: new Uint8Array(count).fill(3),
    confidences: new Float32Array(count).fill(0.5),
  };
  FakeWorker.started[0].say({ kind: "answers", name, number, start: range.start, answers, isLast });
}

async function begun() {
  /** @type {string[]} */ const missing = [];
  const evaluator = createEvaluator({
    onChange: () => {},
    onMissing: (name) => missing.push(name),
  });
  evaluator.want(MODELS);
  evaluator.choose(setOf("file"));
  evaluator.read(ALL);
  await settle();
  return { evaluator, missing };
}

async function loaded() {
  const both = await begun();
  FakeWorker.started[0].say({ kind: "loaded", name: "softmax" });
  await settle();
  return both;
}

test("one model reads after the other, and the set is sent once", async () => {
  const { evaluator } = await loaded();
  assert.deepEqual([last().kind, last().name, last().range], ["read", "softmax", ALL]);
  answer(10, true);
  await settle();
  assert.equal(evaluator.reading, "dense");
  FakeWorker.started[0].say({ kind: "loaded", name: "dense" });
  await settle();
  assert.deepEqual([last().kind, last().name, last().range], ["read", "dense", ALL]);
  answer(10, true);
  assert.equal(evaluator.reading, null);
  for (const { name } of MODELS) assert.equal(knownOf(evaluator.answersOf(name), ALL), 10);
  const sets = FakeWorker.started[0].messages.filter(({ kind }) => kind === "set");
  assert.equal(sets.length, 1);
});

test("who stops is answered no more, and goes on where it was", async () => {
  const { evaluator } = await loaded();
  answer(4, false);
  const question = last();
  evaluator.stop();
  assert.deepEqual(last(), { kind: "stop" });
  const late = { ...question, kind: "answers", start: 4, answers: null, isLast: false };
  FakeWorker.started[0].say(late);
  assert.equal(knownOf(evaluator.answersOf("softmax"), ALL), 4);
  evaluator.read(ALL);
  await settle();
  FakeWorker.started[0].say(late);
  assert.deepEqual([last().name, last().range], ["softmax", { start: 4, end: 10 }]);
});

test("another set begins anew, and none at all ends the Worker with its copy", async () => {
  const { evaluator } = await loaded();
  answer(4, false);
  evaluator.choose(setOf("mnist"));
  assert.equal(evaluator.reading, null);
  assert.equal(knownOf(evaluator.answersOf("softmax"), ALL), 0);
  evaluator.read(ALL);
  await settle();
  const sets = FakeWorker.started[0].messages.filter(({ kind }) => kind === "set");
  assert.equal(sets.length, 2);
  evaluator.choose(null);
  assert.ok(FakeWorker.started[0].isTerminated);
});

test("a model that cannot be had is left out, and where no Worker starts, all are", async () => {
  const { evaluator, missing } = await begun();
  FakeWorker.started[0].say({ kind: "refused", name: "softmax", problem: "" });
  await settle();
  assert.deepEqual(missing, ["softmax"]);
  assert.ok(evaluator.isMissing("softmax"));
  assert.equal(evaluator.reading, "dense");

  FakeWorker.isRefused = true;
  const refused = await begun();
  assert.deepEqual(refused.missing, ["softmax", "dense"]);
  assert.equal(refused.evaluator.reading, null);

  isThere = false;
  const gone = await begun();
  assert.deepEqual(gone.missing, ["softmax", "dense"]);
});

test("a Worker that fails ends the reading", async () => {
  const { evaluator, missing } = await loaded();
  FakeWorker.started[0].onerror({ preventDefault: () => {} });
  assert.deepEqual(missing, ["softmax", "dense"]);
  assert.equal(evaluator.reading, null);
  assert.ok(FakeWorker.started[0].isTerminated);
});
