import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { readDataFile } from "../../../../../pixelviz/page/browser/data_file/data_file_client.js";
import { FakeWorker } from "../network/fake_worker.js";

beforeEach(() => {
  FakeWorker.started = [];
  FakeWorker.isRefused = false;
  Object.assign(globalThis, { Worker: FakeWorker });
});

const FILE = new Blob(["1,2"]);

function reading() {
  /** @type {unknown[]} */ const heard = [];
  const own = readDataFile(FILE, {
    onProgress: (share) => heard.push(share),
    onOutcome: (outcome) => heard.push(outcome.kind),
    onFailure: (error) => heard.push(error.message),
  });
  return { own, heard, worker: FakeWorker.started[0] };
}

test("a file is opened, and a question answered", () => {
  const { own, heard, worker } = reading();
  assert.match(String(worker.address), /\/data_file_worker\.js$/);
  assert.deepEqual(worker.options, { type: "module" });
  worker.say({ kind: "progress", share: 0.5 });
  worker.say({ kind: "question", text: "", options: [] });
  own.answer(1);
  worker.say({ kind: "set" });
  assert.deepEqual(heard, [0.5, "question", "set"]);
  assert.deepEqual(worker.messages, [
    { kind: "open", file: FILE },
    { kind: "answer", option: 1 },
  ]);
});

test("after its end, nothing is asked any more", () => {
  const { own, worker } = reading();
  own.end();
  own.answer(0);
  assert.ok(worker.isTerminated);
  assert.equal(worker.messages.length, 1);
});

test("a worker that fails is told of once, and ended", () => {
  const { heard, worker } = reading();
  worker.onerror({ preventDefault() {}, message: "out of memory" });
  assert.ok(worker.isTerminated);
  assert.deepEqual(heard, ["out of memory"]);
});

test("where no worker can be started, that is told later", async () => {
  FakeWorker.isRefused = true;
  const { heard } = reading();
  assert.deepEqual(heard, []);
  await new Promise((resolve) => {
    setTimeout(resolve);
  });
  assert.deepEqual(heard, ["Error: refused by the policy"]);
});
