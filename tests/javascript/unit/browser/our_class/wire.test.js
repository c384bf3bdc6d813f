import assert from "node:assert/strict";
import { afterEach, before, mock, test } from "node:test";

import { Refusal, ask } from "../../../../../pixelviz/page/browser/our_class/wire.js";

before(() => {
  Object.assign(globalThis, { document: { baseURI: "http://school.example/" } });
});

afterEach(() => mock.restoreAll());

/** Returns what is thrown where an answer comes. @param {Response} response @returns {Promise<Refusal>} */
async function refusalOf(response) {
  mock.method(globalThis, "fetch", async () => response);
  try {
    await ask("KRTWMXBD/device");
  } catch (error) {
    assert.ok(error instanceof Refusal);
    return error;
  }
  throw new Error("nothing was refused");
}

for (const status of [400, 401, 404, 409]) {
  test(`${status} of the server is for good, and its sentence can be shown`, async () => {
    const refusal = await refusalOf(Response.json({ error: "It has ended." }, { status }));
    assert.deepEqual([refusal.message, refusal.status, refusal.isPassing], ["It has ended.", status, false]);
  });
}

for (const status of [401, 403, 404, 405, 407, 502]) {
  for (const body of ["<h1>nginx</h1>", "", "null", "7", '{"error": 5}', '{"message": "no route"}']) {
    test(`${status} of something on the way passes: ${body}`, async () => {
      const refusal = await refusalOf(new Response(body, { status }));
      assert.deepEqual([refusal.message, refusal.isPassing], [`The server answered with ${status}.`, true]);
      assert.ok(![401, 404].includes(refusal.status)); // these end a class
    });
  }
}

test("something on the way may also say when to try again", async () => {
  const headers = { "Retry-After": "7" };
  const refusal = await refusalOf(new Response("slower", { status: 429, headers }));
  assert.deepEqual([refusal.status, refusal.waitS], [429, 7]);
});
