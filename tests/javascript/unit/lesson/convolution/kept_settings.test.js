import assert from "node:assert/strict";
import { test } from "node:test";

import { keptSettings } from "../../../../../pixelviz/page/lesson/convolution/by_hand/kept_settings.js";
import { coloursText } from "../../../../../pixelviz/page/lesson/convolution/by_hand/words.js";

let text = "";
const storage = {
  getItem: () => text,
  setItem: (/** @type {string} */ _, /** @type {string} */ to) => {
    text = to;
  },
};
Object.defineProperty(globalThis, "sessionStorage", { value: storage });

/** @type {import("../../../../../pixelviz/page/lesson/convolution/by_hand/kept_settings.js").Settings} */
const settings = {
  weights: [-990_000, 0, 990_000, 1, 2, 3, 4, 5, 6],
  bias: -99_990_000,
  isRelu: false,
  padding: "same",
  stride: 2,
};

test("a kernel of one's own is read again as it was kept", () => {
  keptSettings.keep(settings);
  assert.deepEqual(keptSettings.read(), settings);
});

test("what is no kernel, or more than can be typed, is none", () => {
  const { weights } = settings;
  for (const wrong of [
    { weights: [1, 2] }, { weights: [...weights, 0] }, { weights: [990_001, ...weights.slice(1)] },
    { weights: [0.5, ...weights.slice(1)] }, { weights: null }, { bias: 99_990_001 }, { bias: "0" },
    { bias: undefined }, { isRelu: 1 }, { padding: "full" }, { stride: 3 }, { stride: "1" },
  ]) {
    text = JSON.stringify({ ...settings, ...wrong });
    assert.equal(keptSettings.read(), null, text);
  }
  text = "7";
  assert.equal(keptSettings.read(), null);
});

test("of an output it is said which numbers its colours stand for", () => {
  assert.equal(coloursText(26, 7_650_000, true), "26 × 26, colours from 0 to 765");
  assert.equal(coloursText(13, 10_205_000, false), "13 × 13, colours from \u22121020.5 to 1020.5");
});
