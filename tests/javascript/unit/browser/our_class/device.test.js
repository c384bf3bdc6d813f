import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { POLL_MS } from "../../../../../pixelviz/page/browser/our_class/device.js";
import { decode } from "../../../../../pixelviz/page/browser/pixel_codec.js";
import { Refusal } from "../../../../../pixelviz/page/browser/our_class/wire.js";
import { CODE, VECTOR, createBrowser, createServer, joined, markOf } from "./device_server.js";

const WAITING = "pixelviz.class.waiting";
const MEMBERSHIP = "pixelviz.class.device";

/** @type {ReturnType<typeof createServer>} */ let server;
/** @type {ReturnType<typeof createBrowser>} */ let browser;

beforeEach(() => {
  server = createServer();
  browser = createBrowser(server);
});

function storedLabels() {
  return [...server.digits.values()].map(({ label }) => label);
}

test("a device joins, gives a digit, and hears how many there are", async () => {
  const page = await joined(browser);
  assert.deepEqual(page.state.mark, markOf(0));
  assert.equal(page.state.status?.ask, 0);
  assert.ok(page.give(7, VECTOR));
  assert.equal(page.state.waiting?.label, 7);
  await browser.pass();
  const [{ label, pixels }] = server.digits.values();
  assert.equal(label, 7);
  assert.deepEqual(decode(pixels), VECTOR);
  const { waiting, acknowledged, status } = page.state;
  assert.deepEqual([waiting, acknowledged, status?.count], [null, 1, 1]);
  assert.equal(browser.stored.has(WAITING), false);
});

test("while a digit is on its way, no other can be given", async () => {
  const page = await joined(browser);
  page.give(1, VECTOR);
  assert.equal(page.give(2, VECTOR), false);
  await browser.pass();
  assert.deepEqual(storedLabels(), [1]);
});

test("a digit whose answer was lost is sent again by itself, and stored once", async () => {
  const page = await joined(browser);
  server.let("lose answer");
  page.give(7, VECTOR);
  await browser.pass();
  assert.deepEqual([page.state.reason, page.state.waiting?.label], ["unreachable", 7]);
  await browser.pass(2);
  assert.deepEqual([page.state.reason, page.state.waiting, page.state.acknowledged], ["", null, 1]);
  assert.equal(server.asked.filter((each) => each.endsWith("/digits")).length, 2);
  assert.deepEqual(storedLabels(), [7]);
});

test("a digit is sent less and less often while the server is gone, and again and again", async () => {
  const page = await joined(browser);
  browser.isVisible = false; // so that nothing else is asked
  server.let(...Array(5).fill("lose question"));
  page.give(7, VECTOR);
  await browser.pass(1 + 2 + 4 + 8);
  assert.equal(server.asked.filter((each) => each.endsWith("/digits")).length, 5);
  assert.deepEqual(storedLabels(), []);
  await browser.pass(8);
  assert.deepEqual(storedLabels(), [7]);
});

for (const fate of /** @type {const} */ (["lose answer", "lose question"])) {
  test(`after a reload a digit is sent once more (${fate})`, async () => {
    const page = await joined(browser);
    server.let(fate);
    page.give(7, VECTOR);
    await browser.pass();
    const reloaded = browser.load();
    assert.equal(reloaded.state.waiting?.label, 7);
    assert.deepEqual(reloaded.state.mark, markOf(0));
    await browser.pass(1);
    assert.deepEqual([reloaded.state.waiting, reloaded.state.acknowledged], [null, 1]);
    assert.deepEqual(storedLabels(), [7]);
    browser.load();
    await browser.pass(1);
    assert.deepEqual(storedLabels(), [7]);
    assert.equal(server.devices.length, 1);
  });
}

test("what waits for an earlier class is sent there, though another one was joined", async () => {
  const page = await joined(browser);
  server.let("lose question", "lose question");
  page.give(7, VECTOR);
  await browser.pass();
  browser.stored.set(MEMBERSHIP, JSON.stringify({ code: "BBBBCCCC", key: "x".repeat(20), mark: markOf(3) }));
  const other = browser.load();
  assert.equal(other.state.waiting, null);
  await browser.pass(2);
  assert.deepEqual(storedLabels(), [7]);
  assert.equal(other.state.acknowledged, 0);
});

test("a removed device forgets its key and what waits", async () => {
  const page = await joined(browser);
  server.devices.length = 0;
  page.give(7, VECTOR);
  await browser.pass();
  assert.deepEqual([page.state.phase, page.state.reason, page.state.waiting], ["out", "removed", null]);
  assert.equal(page.state.problem, "wrong key");
  assert.equal(browser.stored.size, 0);
  assert.equal(page.give(7, VECTOR), false);
});

test("of a class that has ended nothing is kept, and nobody asks for it again", async () => {
  const page = await joined(browser);
  server.isThere = false;
  await browser.pass(POLL_MS / 1000);
  assert.deepEqual([page.state.phase, page.state.reason], ["out", "ended"]);
  assert.equal(browser.stored.size, 0);
  const before = server.asked.length;
  await browser.pass(20);
  assert.equal(server.asked.length, before);
});

test("a digit given to a paused class waits, and is sent when it goes on", async () => {
  const page = await joined(browser);
  server.isPaused = true;
  page.give(7, VECTOR);
  await browser.pass(20);
  assert.deepEqual([page.state.status?.isPaused, page.state.waiting?.label, page.state.reason], [true, 7, ""]);
  assert.equal(server.asked.filter((each) => each.endsWith("/digits")).length, 1);
  server.isPaused = false;
  await browser.pass(POLL_MS / 1000);
  assert.deepEqual([page.state.waiting, storedLabels()], [null, [7]]);
});

test("a digit beyond a limit is not sent again, and the limit is told until another is given", async () => {
  const page = await joined(browser);
  server.limit = 0;
  page.give(7, VECTOR);
  await browser.pass(20);
  assert.deepEqual([page.state.reason, page.state.problem, page.state.waiting], ["full", "the limit", null]);
  assert.equal(server.asked.filter((each) => each.endsWith("/digits")).length, 1);
  assert.equal(browser.stored.has(WAITING), false);
  server.limit = 1;
  page.give(8, VECTOR);
  await browser.pass();
  assert.deepEqual([page.state.reason, storedLabels()], ["", [8]]);
});

test("what was tried too often is tried again when it may be", async () => {
  const page = await joined(browser);
  browser.isVisible = false;
  server.let(new Refusal("too often", 429, 6));
  page.give(7, VECTOR);
  await browser.pass(5);
  assert.deepEqual([page.state.reason, page.state.problem, storedLabels()], ["often", "too often", []]);
  await browser.pass(1);
  assert.deepEqual([page.state.reason, storedLabels()], ["", [7]]);
});

test("a class is joined as soon as the server is reached, and once", async () => {
  server.let("lose question", "lose question");
  const page = browser.load();
  page.join(CODE);
  await browser.pass();
  assert.deepEqual([page.state.phase, page.state.code, page.state.reason], ["joining", CODE, "unreachable"]);
  await browser.pass(3);
  assert.deepEqual([page.state.phase, server.devices.length], ["in", 1]);
  page.join(CODE);
  await browser.pass();
  assert.equal(server.devices.length, 1);
});

test("a code of no class is told, and not tried again", async () => {
  const page = browser.load();
  page.join("BBBBBBBB");
  await browser.pass(20);
  assert.deepEqual([page.state.phase, page.state.reason, server.asked.length], ["out", "unknown", 1]);
});

test("who stops joining does not join later", async () => {
  server.let("lose question");
  const page = browser.load();
  page.join(CODE);
  await browser.pass();
  page.stopJoining();
  await browser.pass(20);
  assert.deepEqual([page.state.phase, page.state.reason, server.devices.length], ["out", "", 0]);
});

test("a page that nobody sees asks nothing, and asks at once when it is seen", async () => {
  const page = await joined(browser);
  browser.isVisible = false;
  const before = server.asked.length;
  await browser.pass(20);
  assert.equal(server.asked.length, before);
  browser.isVisible = true;
  server.isPaused = true;
  page.tryNow();
  await browser.pass();
  assert.equal(page.state.status?.isPaused, true);
});

test("a browser that keeps nothing can give all the same", async () => {
  browser.stored.set = () => {
    throw new Error("full");
  };
  const page = await joined(browser);
  page.give(7, VECTOR);
  await browser.pass();
  assert.deepEqual(storedLabels(), [7]);
});
