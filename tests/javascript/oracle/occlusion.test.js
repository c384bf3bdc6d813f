// The occlusion maps are Keras's; test_occlusion.py writes the digit, the networks and its answers.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { logitsOf } from "../../../pixelviz/page/browser/network/network.js";
import { read } from "../../../pixelviz/page/browser/network/network_file.js";
import { createFilling } from "../../../pixelviz/page/lesson/cover_it/map_filling.js";
import { createTurns } from "../../../pixelviz/page/lesson/cover_it/turns.js";

/** @typedef {Record<string, Record<string, {whole: number, covered: number[]}>>} Expected By size, model. */

const NAMES = ["softmax", "dense", "convolutional"];
const WITHIN = 1e-4;

const folder = process.env.PIXELVIZ_OCCLUSION ?? "";
if (!folder) throw new Error("Run this test with: pytest tests/javascript/test_occlusion.py");

/** @param {string} name */
const fileOf = (name) => readFileSync(join(folder, name));
const digit = Uint8Array.from(fileOf("digit"));
/** @type {Expected} */ const expected = JSON.parse(fileOf("expected.json").toString("utf-8"));
const networks = new Map(
  NAMES.map((name) => [name, read(Uint8Array.from(fileOf(`${name}.network`)).buffer)]),
);

for (const [size, models] of Object.entries(expected)) {
  test(`with a patch of ${size} × ${size} pixels`, () => {
    /** @type {(() => void)[]} */ const later = [];
    let [passes, number] = [0, 0];
    const turns = createTurns((vectors, names) => {
      number += 1;
      const mine = number;
      for (const name of names) {
        const network = networks.get(name);
        assert.ok(network);
        passes += vectors.length;
        const logits = vectors.map((vector) => logitsOf(network, vector));
        later.push(() => turns.receive({ number: mine, name, start: 0, logits }));
      }
      return number;
    });
    const filling = createFilling(turns, 0, () => {});
    const start = performance.now();
    filling.start(digit, Number(size), NAMES, false);
    for (let answer = later.shift(); answer; answer = later.shift()) answer();
    const ms = performance.now() - start;
    const map = filling.shown;
    assert.ok(map?.isComplete);
    let worst = 0;
    for (const [name, { whole, covered }] of Object.entries(models)) {
      assert.equal(covered.length, 784);
      map.shown(name).forEach((drop, place) => {
        const difference = Math.abs(drop - (whole - covered[place]));
        assert.ok(difference < WITHIN, `${name}, ${place}: ${difference}`);
        worst = Math.max(worst, difference);
      });
    }
    console.log(`${size}: ${passes} passes in ${ms.toFixed(0)} ms, within ${worst.toExponential(1)}`);
  });
}
