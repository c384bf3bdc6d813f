import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { LENGTH } from "../../../../../pixelviz/page/browser/arrays.js";
import { CODE, createBrowser, createServer, markOf } from "./device_server.js";

const WAITING = "pixelviz.class.waiting";
const MEMBERSHIP = "pixelviz.class.device";

/** @type {ReturnType<typeof createServer>} */ let server;
/** @type {ReturnType<typeof createBrowser>} */ let browser;

beforeEach(() => {
  server = createServer();
  browser = createBrowser(server);
});

const WELL_FORMED = { code: CODE, key: "x".repeat(20), label: 3, pixels: btoa("\0".repeat(LENGTH)) };
const GIVE = "00000000-0000-4000-8000-000000000000";
for (const forged of [
  "{",
  "null",
  "7",
  JSON.stringify({ length: 1, 0: WELL_FORMED }),
  JSON.stringify([null, 7, "x", []]),
  JSON.stringify([{ ...WELL_FORMED, give: "x" }]),
  JSON.stringify([{ ...WELL_FORMED, give: GIVE, code: "../../x" }]),
  JSON.stringify([{ ...WELL_FORMED, give: GIVE, label: 10 }]),
  JSON.stringify([{ ...WELL_FORMED, give: GIVE, label: "3" }]),
  JSON.stringify([{ ...WELL_FORMED, give: GIVE, key: "x\r\ny: z" }]),
  JSON.stringify([{ ...WELL_FORMED, give: GIVE, pixels: btoa("\0".repeat(LENGTH - 1)) }]),
  JSON.stringify([{ ...WELL_FORMED, give: GIVE, pixels: btoa("\0".repeat(LENGTH + 1)) }]),
  JSON.stringify([{ ...WELL_FORMED, give: GIVE, pixels: "é".repeat(WELL_FORMED.pixels.length) }]),
  JSON.stringify(Array(9999).fill({ ...WELL_FORMED, give: GIVE })),
]) {
  test(`what somebody else has written into the storage is not sent: ${forged.slice(0, 90)}`, async () => {
    browser.stored.set(WAITING, forged);
    browser.stored.set(MEMBERSHIP, forged);
    const page = browser.load();
    await browser.pass(2);
    assert.deepEqual([page.state.phase, page.state.waiting, server.asked], ["out", null, []]);
  });
}

for (const mark of [null, {}, { ...markOf(0), css: "red;background:url(x)" }, { ...markOf(0), animal: "<b>" }]) {
  test(`a forged mark is none: ${JSON.stringify(mark)}`, () => {
    browser.stored.set(MEMBERSHIP, JSON.stringify({ code: CODE, key: "x".repeat(20), mark }));
    assert.equal(browser.load().state.phase, "out");
  });
}

test("what is well formed is sent", async () => {
  browser.stored.set(WAITING, JSON.stringify([{ ...WELL_FORMED, give: GIVE }]));
  browser.load();
  await browser.pass();
  assert.deepEqual(server.asked, [`POST ${CODE}/digits`]);
});
