import assert from "node:assert/strict";
import { test } from "node:test";

import { modelInput } from "../../../../../pixelviz/page/browser/model_input.js";
import { pinnedPixel } from "../../../../../pixelviz/page/browser/pinned_pixel.js";
import { encode } from "../../../../../pixelviz/page/browser/pixel_codec.js";
import {
  createShownDigit,
  pointedPixel,
} from "../../../../../pixelviz/page/lesson/tensors/shown_digit.js";

const GREY = Uint8Array.from({ length: 784 }, (_, index) => (index === 300 ? 120 : 0));

test("the pixel is the one pointed at, else the pinned one, else a grey one", () => {
  /** @type {[number, number | null][]} */ const shown = [];
  const digit = createShownDigit(({ index, pinned }) => shown.push([index, pinned]));
  digit.receive(encode(GREY));
  pinnedPixel.publish({ index: 401 });
  pointedPixel.publish({ index: 5 });
  pointedPixel.publish({ index: null });
  pinnedPixel.publish({ index: null });
  assert.deepEqual(shown, [[300, null], [401, 401], [5, 401], [401, 401], [300, null]]);
  digit.end();
  pinnedPixel.publish({ index: 7 });
  assert.equal(shown.length, 5);
  pinnedPixel.publish({ index: null });
});

test("while the pen draws it follows, and what is drawn last is shown at once when it is lifted", () => {
  /** @type {string[]} */ const shown = [];
  const digit = createShownDigit(({ vector, isDrawing }) => shown.push(`${vector[300]} ${isDrawing}`));
  for (const value of [10, 20, 30]) {
    const vector = Uint8Array.from(GREY, (each) => each && value);
    modelInput.publish({ vector, isDrawing: true });
  }
  modelInput.publish({ vector: GREY, isDrawing: false });
  assert.deepEqual([shown[0], shown.at(-1)], ["10 true", "120 false"]);
  assert.equal(shown.length, 2);
  digit.end();
});

test("while the pen draws, the same pixel is shown as long as it is grey; then the greyest one", () => {
  /** @type {number[]} */ const shown = [];
  const digit = createShownDigit(({ index }) => shown.push(index));
  for (const [at200, isDrawing] of /** @type {[number, boolean][]} */ ([
    [0, false],
    [127, true],
    [127, false],
  ])) {
    const vector = Uint8Array.from(GREY);
    vector[200] = at200;
    modelInput.publish({ vector, isDrawing });
  }
  assert.deepEqual([...new Set(shown)], [300, 200]);
  assert.equal(shown.filter((index) => index === 200).length, 1);
  digit.end();
});
