// A pupil's device hears answers that are older than what it has heard since.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { POLL_MS } from "../../../../../pixelviz/page/browser/our_class/device.js";
import { VECTOR, createBrowser, createServer, joined } from "./device_server.js";


/** @type {ReturnType<typeof createServer>} */ let server;
/** @type {ReturnType<typeof createBrowser>} */ let browser;

beforeEach(() => {
  server = createServer();
  browser = createBrowser(server);
});

/** @returns {() => void} Lets the answer come that was held back. */
function holdNextAnswer() {
  /** @type {(value?: unknown) => void} */ let release = () => {};
  server.let(
    new Promise((resolve) => {
      release = resolve;
    }),
  );
  return release;
}

test("an answer that was overtaken by another does not take a digit back", async () => {
  const page = await joined(browser);
  const release = holdNextAnswer();
  page.tryNow();
  page.give(7, VECTOR);
  await browser.pass();
  assert.equal(page.state.status?.count, 1);
  release();
  await browser.pass();
  assert.equal(page.state.status?.count, 1);
});

test("a digit that a pause has overtaken waits, whatever an older answer says", async () => {
  const page = await joined(browser);
  const release = holdNextAnswer();
  page.tryNow(); // answered before the pause, and on its way for long
  await browser.pass();
  server.isPaused = true;
  page.give(7, VECTOR);
  await browser.pass();
  assert.deepEqual([page.state.waiting?.label, page.state.reason], [7, ""]);
  release();
  await browser.pass();
  server.isPaused = false;
  await browser.pass(POLL_MS / 1000);
  assert.deepEqual([page.state.waiting, [...server.digits.values()].map(({ label }) => label)], [null, [7]]);
});
