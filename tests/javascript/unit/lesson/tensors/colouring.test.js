import assert from "node:assert/strict";
import { test } from "node:test";

import {
  channelsOf,
  countDifferent,
  formatColour,
  parseColour,
} from "../../../../../pixelviz/page/lesson/tensors/colouring.js";
import { expected } from "../../expected.js";

const RAMP = Uint8Array.from({ length: 784 }, (_, index) => index);

test("a picture in colour has the channels that numpy computes", () => {
  for (const { colour, hex, channels } of expected.tensors.colours) {
    assert.deepEqual(parseColour(hex), colour);
    assert.equal(formatColour(colour), hex);
    const found = channelsOf(RAMP, colour);
    assert.deepEqual(found.map((channel) => [...channel]), channels);
    const [red, green, blue] = channels;
    const different = red.filter((value, at) => value !== green[at] || value !== blue[at]).length;
    assert.equal(countDifferent(found), different);
  }
});

test("in white, and in any grey, the three channels are equal; white changes nothing", () => {
  for (const grey of [0, 1, 128, 255]) {
    const channels = channelsOf(RAMP, [grey, grey, grey]);
    assert.equal(countDifferent(channels), 0);
    if (grey === 255) assert.deepEqual(channels[2], RAMP);
  }
  assert.ok(countDifferent(channelsOf(RAMP, [255, 255, 0])) > 700);
});
