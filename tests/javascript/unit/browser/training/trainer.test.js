import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createTrainer } from "../../../../../pixelviz/page/browser/training/trainer.js";
import { FakeWorker } from "../network/fake_worker.js";
import { OPTIONS, bands } from "./pictures.js";

const SET = { kind: "visit", name: "yours", source: "", trainingCount: 20, ...bands(20) };

beforeEach(() => {
  FakeWorker.started = [];
  FakeWorker.isRefused = false;
  Object.assign(globalThis, { Worker: FakeWorker });
});

function trainer() {
  /** @type {any[]} */ const reports = [];
  /** @type {Error[]} */ const failures = [];
  const own = createTrainer({
    onReport: (report) => reports.push(report),
    onFailure: (error) => failures.push(error),
  });
  return { own, reports, failures };
}

test("a data set is sent once, with the first of which a Worker starts", () => {
  const { own } = trainer();
  assert.equal(FakeWorker.started.length, 0);
  own.learnFrom(SET);
  own.learnFrom(SET);
  own.learnFrom({ ...SET });
  const [worker] = FakeWorker.started;
  assert.equal(FakeWorker.started.length, 1);
  assert.match(worker.address, /training_worker\.js$/);
  assert.deepEqual(worker.messages.map(({ kind }) => kind), ["set", "set"]);
  assert.equal(worker.messages[0].grids, SET.grids);
});

test("reports of a training that was begun anew are not passed on", () => {
  const { own, reports } = trainer();
  own.learnFrom(SET);
  own.start(OPTIONS);
  own.start({ ...OPTIONS, rate: 1 });
  const [worker] = FakeWorker.started;
  const runs = worker.messages.flatMap(({ run }) => run ?? []);
  worker.say({ kind: "report", run: runs[0] });
  worker.say({ kind: "report", run: runs[1], isPlaying: true });
  assert.deepEqual(reports.map(({ run }) => run), [runs[1]]);
  assert.equal(worker.messages.filter(({ kind }) => kind === "heard").length, 2); // else it waits
});

test("what was learned is given to who asks", () => {
  const { own } = trainer();
  own.learnFrom(SET);
  /** @type {unknown[]} */ const given = [];
  own.give((each) => given.push(each));
  const [worker] = FakeWorker.started;
  const { number } = worker.messages[1];
  worker.say({ kind: "given", number: number - 1, accuracy: 0.1 });
  worker.say({ kind: "given", number, accuracy: 0.9 });
  worker.say({ kind: "given", number, accuracy: 0.8 });
  assert.deepEqual(given, [{ kind: "given", number, accuracy: 0.9 }]);
});

test("how it is to play is passed on", () => {
  const { own } = trainer();
  own.learnFrom(SET);
  own.play(10);
  own.play(Infinity, { isOneEpoch: true, isCalm: true });
  own.step("picture");
  own.step("batch");
  const [, slow, epoch, one, batch] = FakeWorker.started[0].messages;
  assert.deepEqual([slow.perSecond, slow.isOneEpoch, slow.reportMs], [10, false, 50]);
  assert.ok(epoch.isOneEpoch && epoch.reportMs > slow.reportMs);
  assert.deepEqual([one.isOne, batch.isOne], [true, false]);
});

test("a failure is told once, and then nothing is sent any more", () => {
  const { own, failures } = trainer();
  own.learnFrom(SET);
  const [worker] = FakeWorker.started;
  let isPrevented = false;
  worker.onerror({ message: "out of memory", preventDefault: () => (isPrevented = true) });
  assert.ok(isPrevented && worker.isTerminated);
  assert.match(failures[0].message, /out of memory/);
  own.learnFrom({ ...SET });
  own.play(1);
  assert.equal(FakeWorker.started.length, 1);
  FakeWorker.isRefused = true;
  const other = trainer();
  other.own.learnFrom(SET);
  assert.match(other.failures[0].message, /refused/);
});

test("it ends with the component", () => {
  const { own, failures } = trainer();
  own.learnFrom(SET);
  own.end();
  assert.ok(FakeWorker.started[0].isTerminated);
  own.start(OPTIONS);
  assert.deepEqual(failures, []);
});
