import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createNetworkClient } from "../../../../../pixelviz/page/browser/network/network_client.js";
import { FakeWorker } from "./fake_worker.js";

const VECTOR = new Uint8Array(784).fill(7);
const ADDRESS = "pixelviz/network/0/dense";

/** @type {Record<string, () => Promise<unknown>>} */ let answers = {};
/** @type {string[]} */ let fetched = [];

beforeEach(() => {
  FakeWorker.started = [];
  FakeWorker.isRefused = false;
  fetched = [];
  answers = {};
  Object.assign(globalThis, {
    Worker: FakeWorker,
    document: { baseURI: "https://school.example/pixels/?chapter=unroll" },
    fetch: (/** @type {URL} */ { href }) => {
      fetched.push(href);
      const name = href.slice(href.lastIndexOf("/") + 1);
      return (answers[name] ?? (async () => okay(8)))();
    },
  });
});

/** @param {number} length */
function okay(length) {
  return { ok: true, status: 200, arrayBuffer: async () => new ArrayBuffer(length) };
}

function client() {
  /** @type {unknown[]} */ const logits = [];
  /** @type {Error[]} */ const failures = [];
  /** @type {unknown[]} */ const outputs = [];
  /** @type {unknown[]} */ const many = [];
  /** @type {string[]} */ const ready = [];
  const own = createNetworkClient({
    onLogits: (answer) => logits.push(answer),
    onOutputs: (answer) => outputs.push(answer),
    onMany: (answer) => many.push(answer),
    onReady: (name) => ready.push(name),
    onFailure: (error) => failures.push(error),
  });
  return { ...own, logits, outputs, many, ready, failures };
}

/** Lets everything go on that waits for nothing else. */
async function settle() {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** @param {ReturnType<typeof client>} own @param {string} name */
async function loaded(own, name) {
  const address = ADDRESS.replace("dense", name);
  const loading = own.load(name, address);
  await settle();
  FakeWorker.started[0].say({ kind: "loaded", address });
  await loading;
}

test("nothing is started before a model is loaded", () => {
  const own = client();
  own.ask(VECTOR, ["dense"]);
  assert.equal(own.isReady("dense"), false);
  own.end();
  assert.deepEqual(FakeWorker.started, []);
  assert.deepEqual(own.failures, []);
});

test("a model is fetched below the page's path and handed to one Worker", async () => {
  const own = client();
  await loaded(own, "dense");
  await loaded(own, "softmax");
  const start = "https://school.example/pixels/pixelviz/network/0/";
  assert.deepEqual(fetched, [`${start}dense`, `${start}softmax`]);
  const [worker, ...others] = FakeWorker.started;
  assert.deepEqual(others, []);
  assert.match(worker.address, /\/browser\/network\/network_worker\.js$/);
  assert.deepEqual(worker.options, { type: "module" });
  assert.deepEqual(
    worker.messages.map(({ kind, name, file }) => [kind, name, file.byteLength]),
    [["load", "dense", 8], ["load", "softmax", 8]],
  );
  assert.ok(own.isReady("dense") && own.isReady("softmax"));
});

test("loading the same twice fetches it once; another address is another model", async () => {
  const own = client();
  assert.equal(own.load("dense", ADDRESS), own.load("dense", ADDRESS));
  await loaded(own, "dense");
  await own.load("dense", ADDRESS);
  assert.equal(fetched.length, 1);
  const other = own.load("dense", "pixelviz/network/1/dense");
  await settle();
  FakeWorker.started[0].say({ kind: "loaded", address: "pixelviz/network/1/dense" });
  await other;
  assert.equal(fetched.length, 2);
});

test("only loaded models are asked, and their answers name the grid", async () => {
  const own = client();
  await loaded(own, "dense");
  const [worker] = FakeWorker.started;
  own.ask(VECTOR, ["convolutional"]);
  own.ask(VECTOR, ["convolutional", "dense"]);
  assert.deepEqual(worker.messages.slice(1), [{ kind: "ask", vector: VECTOR, names: ["dense"] }]);
  const logits = new Float32Array(10);
  worker.say({ kind: "logits", vector: VECTOR, name: "dense", logits });
  assert.deepEqual(own.logits, [{ vector: VECTOR, name: "dense", logits }]);
});

test("a model's layers are asked for, once it is loaded", async () => {
  const own = client();
  await loaded(own, "dense");
  const [worker] = FakeWorker.started;
  own.look(VECTOR, "convolutional");
  own.look(VECTOR, "dense");
  assert.deepEqual(worker.messages.slice(1), [{ kind: "look", vector: VECTOR, name: "dense" }]);
  const answer = { vector: VECTOR, name: "dense", outputs: [{ shape: [1], values: [1] }] };
  worker.say({ kind: "outputs", ...answer });
  assert.deepEqual(own.outputs, [answer]);
});

test("many grids are asked about in one question, which its answers name", async () => {
  const own = client();
  await loaded(own, "dense");
  const [worker] = FakeWorker.started;
  const first = own.askMany([VECTOR], ["dense"]);
  const second = own.askMany([VECTOR, VECTOR], ["convolutional", "dense"]);
  assert.notEqual(first, second);
  assert.deepEqual(worker.messages.at(-1), {
    kind: "askMany",
    vectors: [VECTOR, VECTOR],
    names: ["dense"],
    number: second,
  });
  const answer = { number: second, name: "dense", start: 0, logits: [new Float32Array(10)] };
  worker.say({ kind: "many", ...answer });
  assert.deepEqual(own.many, [answer]);
});

test("a model that is wanted is loaded once, also where that failed", async (context) => {
  const warned = context.mock.method(console, "warn", () => {});
  answers.softmax = async () => ({ ok: false, status: 404 });
  const own = client();
  for (let turn = 0; turn < 2; turn += 1) {
    own.want("softmax", "a/softmax");
    own.want("dense", ADDRESS);
    own.want("convolutional", null);
    await settle();
  }
  assert.equal(fetched.length, 2);
  assert.equal(warned.mock.callCount(), 1);
  assert.deepEqual(own.ready, []);
  FakeWorker.started[0].say({ kind: "loaded", address: ADDRESS });
  await settle();
  assert.deepEqual(own.ready, ["dense"]);
});

test("a model that cannot be loaded is an error of its own, and may be loaded again", async () => {
  /** @type {[() => Promise<unknown>, RegExp][]} */ const troubles = [
    [async () => ({ ok: false, status: 404 }), /The model softmax was answered with 404/],
    [() => Promise.reject(new TypeError("no network")), /no network/],
    [async () => ({ ...okay(8), arrayBuffer: () => Promise.reject(new Error("broken off")) }), /off/],
  ];
  const own = client();
  await loaded(own, "dense");
  for (const [answer, message] of troubles) {
    answers.softmax = answer;
    await assert.rejects(own.load("softmax", "a/softmax"), message);
  }
  answers = {};
  const refused = own.load("softmax", "a/softmax");
  await settle();
  FakeWorker.started[0].say({ kind: "refused", address: "a/softmax", problem: "cut off" });
  await assert.rejects(refused, /cut off/);
  assert.equal(own.isReady("softmax"), false);
  assert.deepEqual(own.failures, []);
  await loaded(own, "softmax");
  assert.ok(own.isReady("softmax") && own.isReady("dense"));
});

for (const how of /** @type {const} */ (["onerror", "onmessageerror"])) {
  test(`after the Worker's ${how} nothing is asked, which is told once`, async () => {
    const own = client();
    await loaded(own, "dense");
    const [worker] = FakeWorker.started;
    const loading = assert.rejects(own.load("softmax", "a/softmax"));
    await settle();
    worker[how]({ message: "", preventDefault() {} });
    worker[how]({ message: "", preventDefault() {} });
    await loading;
    assert.equal(own.failures.length, 1);
    assert.ok(own.failures[0] instanceof Error);
    assert.ok(worker.isTerminated);
    assert.equal(own.isReady("dense"), false);
    const count = worker.messages.length;
    own.ask(VECTOR, ["dense"]);
    worker.say({ kind: "logits", vector: VECTOR, name: "dense", logits: new Float32Array(10) });
    await assert.rejects(own.load("convolutional", "a/convolutional"));
    assert.equal(worker.messages.length, count);
    assert.deepEqual(own.logits, []);
    own.end();
    assert.equal(own.failures.length, 1);
    assert.equal(FakeWorker.started.length, 1);
  });
}

test("a browser that refuses a Worker is a failure", async () => {
  FakeWorker.isRefused = true;
  const own = client();
  await assert.rejects(own.load("dense", ADDRESS), /refused by the policy/);
  await assert.rejects(own.load("dense", ADDRESS), /refused by the policy/);
  assert.equal(own.failures.length, 1);
  assert.deepEqual(fetched, []);
});

test("after the end nothing is told, not even that a model could not be loaded", async () => {
  const own = client();
  await loaded(own, "dense");
  const loading = assert.rejects(own.load("softmax", "a/softmax"), /not needed any more/);
  await settle();
  own.end();
  await loading;
  const [worker] = FakeWorker.started;
  worker.say({ kind: "logits", vector: VECTOR, name: "dense", logits: new Float32Array(10) });
  worker.onerror({ message: "late", preventDefault() {} });
  assert.ok(worker.isTerminated);
  assert.deepEqual([own.logits, own.failures], [[], []]);
});
