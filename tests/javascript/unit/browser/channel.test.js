import assert from "node:assert/strict";
import { test } from "node:test";

import { createChannel } from "../../../../pixelviz/page/browser/channel.js";

test("who comes late gets the latest message at once, then each one until the end", () => {
  /** @type {ReturnType<typeof createChannel<string>>} */ const channel = createChannel();
  /** @type {string[]} */ const received = [];
  const end = channel.subscribe((message) => received.push(message));
  assert.deepEqual(received, []);
  channel.publish("first");
  channel.publish("second");
  assert.deepEqual(received, ["first", "second"]);

  /** @type {string[]} */ const late = [];
  const endLate = channel.subscribe((message) => late.push(message));
  assert.deepEqual(late, ["second"]);
  end();
  channel.publish("third");
  assert.deepEqual(received, ["first", "second"]);
  assert.deepEqual(late, ["second", "third"]);
  endLate();
});
