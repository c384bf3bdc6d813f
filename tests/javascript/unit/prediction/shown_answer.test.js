import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { OTHERS_MS, createShownAnswer } from "../../../../pixelviz/page/prediction/shown_answer.js";

/** @typedef {import("../../../../pixelviz/page/browser/arrays.js").Vector} Vector */
/** @typedef {import("../../../../pixelviz/page/prediction/shown_answer.js").Shown} Shown */

/** @param {number} value @returns {Vector} A grid of one value. */
const gridOf = (value) => new Uint8Array(784).fill(value);

/** @param {number} digit @param {number} [logit] @returns {number[]} */
const logitsFor = (digit, logit = 5) => Array.from({ length: 10 }, (_, at) => (at === digit ? logit : 0));

const [EMPTY, ONE, TWO, THREE] = [0, 1, 2, 3].map(gridOf);

/** @type {{vector: Vector, names: string[]}[]} */ let asked = [];
/** @type {Shown[]} */ let drawn = [];
/** @type {string[]} */ let differing = [];
/** @type {Set<string>} */ let ready = new Set();
/** @type {ReturnType<typeof createShownAnswer>} */ let answer;

let now = 1000;
/** @type {(() => void) | null} What a timer is to call. */ let waiting = null;

const last = () => /** @type {Shown} */ (drawn.at(-1));

afterEach(() => mock.restoreAll());

beforeEach(() => {
  now += 10 * OTHERS_MS;
  mock.method(performance, "now", () => now);
  mock.method(globalThis, "setTimeout", (/** @type {() => void} */ call) => (waiting = call));
  [asked, drawn, differing] = [[], [], []];
  ready = new Set(["conv", "dense"]);
  answer = createShownAnswer(
    { isReady: (name) => ready.has(name), ask: (vector, names) => asked.push({ vector, names }) },
    (shown) => drawn.push(shown),
    (name) => differing.push(name),
  );
  answer.choose(["conv", "dense"]);
  answer.receive({ vector: EMPTY, logits: {} });
});

test("nothing drawn is nobody's question", () => {
  answer.feed({ vector: EMPTY, isDrawing: true });
  assert.deepEqual(last(), { vector: EMPTY, logits: {}, isEmpty: true, isDrawing: true, isConfirmed: true });
  assert.deepEqual(asked, []);
});

test("while the pen draws, this browser's models answer, the chosen one first", () => {
  answer.feed({ vector: ONE, isDrawing: true });
  assert.deepEqual(asked, [{ vector: ONE, names: ["conv", "dense"] }]);
  answer.answered({ vector: ONE, name: "conv", logits: logitsFor(3) });
  assert.deepEqual(last().logits, { conv: logitsFor(3) });
  assert.equal(last().isDrawing, true);
  answer.answered({ vector: ONE, name: "dense", logits: logitsFor(4) });
  assert.deepEqual(last().logits, { conv: logitsFor(3), dense: logitsFor(4) });
  assert.equal(asked.length, 1);
});

test("an answer that comes a frame late is shown until the next one is there", () => {
  answer.feed({ vector: ONE, isDrawing: true });
  answer.feed({ vector: TWO, isDrawing: true });
  answer.answered({ vector: ONE, name: "conv", logits: logitsFor(3) });
  assert.deepEqual(last().logits, { conv: logitsFor(3) });
  answer.answered({ vector: TWO, name: "conv", logits: logitsFor(8) });
  assert.deepEqual(last().logits, { conv: logitsFor(8) });
});

test("the same grid is asked about once, however often it is shown", () => {
  for (const isDrawing of [true, true, false, false]) answer.feed({ vector: ONE.slice(), isDrawing });
  assert.equal(asked.length, 1);
});

test("the server's answer to a grid of before changes nothing", () => {
  answer.feed({ vector: ONE, isDrawing: true });
  answer.answered({ vector: ONE, name: "conv", logits: logitsFor(3) });
  answer.feed({ vector: TWO, isDrawing: true });
  answer.receive({ vector: ONE, logits: { conv: logitsFor(3), dense: logitsFor(3) } });
  assert.deepEqual(last().logits, { conv: logitsFor(3) });
  assert.deepEqual(differing, []);
});

test("an answer is confirmed once the server has seen the same grid", () => {
  answer.feed({ vector: ONE, isDrawing: false });
  answer.answered({ vector: ONE, name: "conv", logits: logitsFor(3) });
  assert.equal(last().isConfirmed, false);
  answer.receive({ vector: ONE, logits: { conv: logitsFor(3), dense: logitsFor(3) } });
  assert.equal(last().isConfirmed, true);
  answer.feed({ vector: TWO, isDrawing: false });
  assert.equal(last().isConfirmed, false);
});

test("the server's answer is not seen where it is the same, and wins where it is not", () => {
  answer.feed({ vector: ONE, isDrawing: false });
  const own = logitsFor(3, 5.0001);
  answer.answered({ vector: ONE, name: "conv", logits: own });
  answer.answered({ vector: ONE, name: "dense", logits: logitsFor(4) });
  const server = { conv: logitsFor(3), dense: logitsFor(9) };
  answer.receive({ vector: ONE, logits: server });
  assert.deepEqual(last().logits, { conv: own, dense: logitsFor(9) });
  assert.deepEqual(differing, ["dense"]);
  answer.update();
  assert.deepEqual(differing, ["dense"]); // told once
});

test("what the server knows already is not asked for", () => {
  answer.receive({ vector: ONE, logits: { conv: logitsFor(3), dense: logitsFor(4) } });
  answer.feed({ vector: ONE, isDrawing: false });
  assert.deepEqual(asked, []);
  assert.deepEqual(last().logits, { conv: logitsFor(3), dense: logitsFor(4) });
});

test("without models in this browser the server's latest answer stays", () => {
  ready.clear();
  answer.receive({ vector: ONE, logits: { conv: logitsFor(3) } });
  answer.feed({ vector: TWO, isDrawing: true });
  assert.deepEqual(last().logits, { conv: logitsFor(3) });
  answer.receive({ vector: THREE, logits: { conv: logitsFor(8) } });
  assert.deepEqual(last().logits, { conv: logitsFor(8) });
  assert.deepEqual(asked, []);
});

test("a model that is there from now on is asked about what is shown", () => {
  ready.clear();
  answer.feed({ vector: ONE, isDrawing: false });
  assert.deepEqual(asked, []);
  ready.add("conv");
  answer.update();
  assert.deepEqual(asked, [{ vector: ONE, names: ["conv"] }]);
  ready.add("dense");
  answer.update();
  assert.deepEqual(asked.at(-1), { vector: ONE, names: ["conv", "dense"] });
});

test("a cleared canvas has no answer, and keeps none for the next digit", () => {
  answer.feed({ vector: ONE, isDrawing: true });
  answer.answered({ vector: ONE, name: "conv", logits: logitsFor(3) });
  answer.feed({ vector: EMPTY, isDrawing: false });
  assert.deepEqual(last(), { vector: EMPTY, logits: {}, isEmpty: true, isDrawing: false, isConfirmed: true });
  answer.feed({ vector: TWO, isDrawing: true });
  assert.deepEqual(last().logits, {});
});

test("where the worker fails, the page is what the server says again", () => {
  answer.feed({ vector: ONE, isDrawing: true });
  answer.answered({ vector: ONE, name: "conv", logits: logitsFor(3) });
  ready.clear();
  answer.feed({ vector: TWO, isDrawing: false });
  answer.receive({ vector: TWO, logits: { conv: logitsFor(8), dense: logitsFor(8) } });
  assert.deepEqual(last().logits, { conv: logitsFor(8), dense: logitsFor(8) });
});

test("without models in this browser, no answer outlives the server's word that it has none", () => {
  ready.clear();
  answer.receive({ vector: ONE, logits: { conv: logitsFor(3), dense: logitsFor(3) } });
  answer.feed({ vector: TWO, isDrawing: false });
  assert.deepEqual(last().logits, { conv: logitsFor(3), dense: logitsFor(3) }); // it may yet come
  answer.receive({ vector: TWO, logits: {} }); // it is restarting
  assert.deepEqual(last().logits, {});
});

test("a model that is not to be shown is not asked, and its answer is gone", () => {
  answer.feed({ vector: ONE, isDrawing: false });
  answer.answered({ vector: ONE, name: "conv", logits: logitsFor(3) });
  answer.choose(["dense"]);
  answer.receive({ vector: TWO, logits: {} });
  answer.feed({ vector: TWO, isDrawing: false });
  assert.deepEqual(asked.at(-1), { vector: TWO, names: ["dense"] });
  assert.deepEqual(Object.keys(last().logits), []);
});

test("while the pen draws, the others are asked now and then only, and once it is lifted", () => {
  answer.feed({ vector: ONE, isDrawing: true });
  answer.feed({ vector: TWO, isDrawing: true });
  assert.deepEqual(asked.at(-1), { vector: TWO, names: ["conv"] });
  now += OTHERS_MS;
  waiting?.(); // the pen rests
  assert.deepEqual(asked.at(-1), { vector: TWO, names: ["conv", "dense"] });
  answer.feed({ vector: THREE, isDrawing: true });
  assert.deepEqual(asked.at(-1), { vector: THREE, names: ["conv"] });
  answer.feed({ vector: THREE, isDrawing: false });
  assert.deepEqual(asked.at(-1), { vector: THREE, names: ["conv", "dense"] });
});
