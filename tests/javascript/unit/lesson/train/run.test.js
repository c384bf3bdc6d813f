import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { dataSets } from "../../../../../pixelviz/page/browser/data_set/data_sets.js";
import { GOES_ON_MS, WAITS_MS, createRun, leaveRun, takeRun } from "../../../../../pixelviz/page/lesson/train/run.js";
import { sessions } from "../../../../../pixelviz/page/lesson/train/session.js";
import { check } from "../../../../../pixelviz/page/lesson/train/settings.js";
import { FakeWorker } from "../../browser/network/fake_worker.js";
import { OPTIONS, bands } from "../../browser/training/pictures.js";
import { pass, useClock } from "../../clock.js";

const SET = { kind: "mnist", name: "", source: "", trainingCount: 20, ...bands(20) };

beforeEach(() => {
  FakeWorker.started = [];
  Object.assign(globalThis, { Worker: FakeWorker });
});

function viewer() {
  /** @type {any[]} */ const reports = [];
  return {
    reports,
    onReport: (/** @type {unknown} */ each) => reports.push(each),
    onState: () => {},
    onFailure: () => {},
  };
}

/** Lets the Worker report a step. @param {number} step @param {boolean} isPlaying */
function report(step, isPlaying = false) {
  const [worker] = FakeWorker.started;
  const run = worker.messages.filter(({ kind }) => kind === "start").at(-1).run;
  const progress = { step, epoch: 0, place: 0, count: 20, isBroken: false };
  worker.say({ kind: "report", run, progress, points: [{ step, loss: 1 }], isPlaying, single: null });
}

/** @returns {unknown[]} The pictures of the sets that the Worker has got. */
function sent() {
  return FakeWorker.started[0].messages.filter(({ kind }) => kind === "set").map(({ grids }) => grids);
}

test("a set that grows is learned from at the next start, another one at once", () => {
  const run = createRun();
  const [more, other] = [{ ...SET, ...bands(30) }, { ...SET, kind: "file", ...bands(10) }];
  assert.equal(run.learnFrom(SET, OPTIONS), false);
  report(0);
  const grown = { ...SET, ...bands(25) };
  assert.equal(run.learnFrom(grown, OPTIONS), false); // nothing is lost: it has not begun
  report(3);
  assert.equal(run.learnFrom(more, OPTIONS), true);
  assert.equal(run.learnFrom(more, OPTIONS), true);
  assert.deepEqual(sent(), [SET.grids, grown.grids]);
  run.begin(OPTIONS);
  assert.deepEqual(sent().at(-1), more.grids);
  assert.equal(run.learnFrom(more, OPTIONS), false);
  report(5, true);
  assert.equal(run.learnFrom(other, OPTIONS), false);
  assert.deepEqual(sent().at(-1), other.grids);
  report(2, true);
  const file = { ...other, ...bands(12) }; // not more of the file before
  assert.equal(run.learnFrom(file, OPTIONS), false);
  assert.deepEqual(sent().at(-1), file.grids);
  run.end();
});

test("a training goes on where what shows it comes back soon, waits where it does not, and ends at last", () => {
  useClock();
  const [first, second] = [viewer(), viewer()];
  const run = takeRun();
  run.showTo(first);
  run.learnFrom(SET, OPTIONS);
  report(4, true);
  leaveRun(first);
  assert.equal(takeRun(), run);
  run.showTo(second);
  assert.equal(second.reports.length, 1); // at once, as it stands
  pass(2 * WAITS_MS);
  report(5, true);
  assert.deepEqual([first.reports.length, second.reports.length], [1, 2]);
  leaveRun(first); // who has been followed by another one changes nothing
  pass(2 * WAITS_MS);
  assert.ok(!FakeWorker.started[0].isTerminated);
  leaveRun(second);
  pass(GOES_ON_MS);
  assert.equal(FakeWorker.started[0].messages.at(-1).kind, "pause");
  assert.equal(takeRun(), run); // another chapter was open meanwhile
  run.showTo(second);
  assert.equal(second.reports.at(-1).progress.step, 5);
  leaveRun(second);
  pass(GOES_ON_MS);
  pass(WAITS_MS);
  assert.ok(FakeWorker.started[0].isTerminated);
  sessions.subscribe((session) => assert.equal(session.report, null))();
  assert.notEqual(takeRun(), run);
  mock.restoreAll();
});

test("digits of a class that are thrown away do not wait in a training that nobody sees", () => {
  useClock();
  const ofClass = { ...SET, kind: "class", writers: [], writtenBy: new Uint16Array(20) };
  const run = takeRun();
  const seen = viewer();
  run.showTo(seen);
  dataSets.put(ofClass);
  run.learnFrom(ofClass, OPTIONS);
  leaveRun(seen);
  dataSets.put({ ...ofClass, kind: "file" });
  assert.equal(takeRun(), run);
  leaveRun(seen);
  dataSets.remove("class");
  assert.ok(FakeWorker.started[0].isTerminated);
  assert.notEqual(takeRun(), run);
  mock.restoreAll();
});

test("what was kept is taken back only if it can be set", () => {
  const kept = { count: 0, rate: 0.1, batch: 8, hidden: 5, isRescaled: true, isShuffled: false, pace: 2, isOnSamples: false };
  assert.deepEqual(check(kept), { ...kept, count: Infinity });
  assert.deepEqual(check({ ...kept, count: 30 }), { ...kept, count: 30 });
  for (const odd of [
    null,
    7,
    {},
    { ...kept, count: 7 },
    { ...kept, rate: 0 },
    { ...kept, batch: 9 },
    { ...kept, hidden: 65 },
    { ...kept, hidden: "5" },
    { ...kept, isShuffled: 1 },
    { ...kept, pace: 9 },
    { ...kept, pace: "length" },
  ]) {
    assert.equal(check(odd), null, JSON.stringify(odd));
  }
});
