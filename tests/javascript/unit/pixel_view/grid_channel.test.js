import assert from "node:assert/strict";
import { test } from "node:test";

import { publish, subscribe } from "../../../../pixelviz/page/pixel_view/grid_channel.js";

const [FIRST, SECOND, THIRD] = ["first", "second", "third"].map((pixels) => ({
  pixels,
  drawn: null,
  number: 0,
}));

test("who comes late gets the latest grid at once, then each one until the end", () => {
  /** @type {unknown[]} */ const received = [];
  const end = subscribe((sent) => received.push(sent));
  assert.deepEqual(received, []);
  publish(FIRST);
  publish(SECOND);
  assert.deepEqual(received, [FIRST, SECOND]);

  /** @type {unknown[]} */ const late = [];
  const endLate = subscribe((sent) => late.push(sent));
  assert.deepEqual(late, [SECOND]);
  end();
  publish(THIRD);
  assert.deepEqual(received, [FIRST, SECOND]);
  assert.deepEqual(late, [SECOND, THIRD]);
  endLate();
});
