import assert from "node:assert/strict";
import { test } from "node:test";

import { describeChange } from "../../../../../pixelviz/page/lesson/cover_it/change.js";
import { createFilling } from "../../../../../pixelviz/page/lesson/cover_it/map_filling.js";
import { createRubbing } from "../../../../../pixelviz/page/lesson/cover_it/rubbing.js";
import { createTurns } from "../../../../../pixelviz/page/lesson/cover_it/turns.js";

const NAMES = ["one", "other"];
const DIGIT = new Uint8Array(784);
for (let row = 8; row < 20; row += 1) DIGIT.fill(200, 28 * row + 12, 28 * row + 15);

/** @param {Uint8Array} vector @param {string} name @returns {Float32Array} */
function model(vector, name) {
  const logits = new Float32Array(10);
  vector.forEach((value, index) => {
    logits[index % 10] += (value * ((index % 7) + (name === "one" ? 1 : 3))) / 3000;
  });
  return logits;
}

/** @param {Float32Array} logits @returns {number[]} */
function softmax(logits) {
  const all = Array.from(logits, Math.exp);
  const sum = all.reduce((one, other) => one + other);
  return all.map((each) => each / sum);
}

/** A client that answers when the test says so; a newer question ends the one before. */
function fakeClient() {
  let number = 0;
  /** @type {(() => void) | null} */ let pending = null;
  /** @type {ReturnType<typeof createTurns>} */ let turns;
  const client = {
    asked: 0,
    turns: (turns = createTurns((vectors, names) => {
      number += 1;
      const own = number;
      client.asked += vectors.length;
      pending = () => {
        for (const name of names) {
          turns.receive({ number: own, name, start: 0, logits: vectors.map((each) => model(each, name)) });
        }
      };
      return own;
    })),
    /** @returns {boolean} Whether there was a question. */
    answer() {
      const now = pending;
      pending = null;
      now?.();
      return now !== null;
    },
  };
  return client;
}

test("the map has, at each place, what the probability of the answer falls by", () => {
  const client = fakeClient();
  let progress = 0;
  const filling = createFilling(client.turns, 1, () => (progress += 1));
  filling.start(DIGIT, 3, NAMES, false);
  while (client.answer());
  const map = filling.shown;
  assert.ok(map?.isComplete && progress > 5);
  for (const name of NAMES) {
    const whole = softmax(model(DIGIT, name));
    const digit = whole.indexOf(Math.max(...whole));
    const drops = map.shown(name);
    for (let place = 0; place < 784; place += 1) {
      const covered = DIGIT.slice();
      for (const row of [-1, 0, 1]) {
        for (const column of [-1, 0, 1]) {
          const [y, x] = [Math.floor(place / 28) + row, (place % 28) + column];
          if (y >= 0 && y < 28 && x >= 0 && x < 28) covered[28 * y + x] = 0;
        }
      }
      const expected = whole[digit] - softmax(model(covered, name))[digit];
      assert.ok(Math.abs(drops[place] - expected) < 1e-6, `${name}, place ${place}`);
    }
  }
  assert.ok(client.asked < 784 / 4, "places where the patch hides nothing are not asked");
});

test("while the pen draws, a coarse map comes first, then the newest digit's", () => {
  const client = fakeClient();
  const filling = createFilling(client.turns, 1, () => {});
  filling.start(DIGIT, 5, ["one"], true);
  const newer = DIGIT.slice();
  newer[0] = 1;
  client.answer();
  filling.start(newer, 5, ["one"], true);
  while (client.answer());
  assert.equal(filling.shown?.vector, newer);
  assert.ok(filling.shown.isCoarse && !filling.shown.isComplete);
  filling.start(newer, 5, ["one"], false); // the pen is lifted
  while (client.answer());
  assert.ok(filling.shown.isComplete);
});

test("an urgent question is asked before the next part of a map", () => {
  const client = fakeClient();
  const filling = createFilling(client.turns, 1, () => {});
  filling.start(DIGIT, 5, ["one"], false);
  client.answer();
  let heard = 0;
  client.turns.ask(0, { vectors: [DIGIT], names: ["one"], hear: () => (heard += 1) });
  client.answer(); // the part that was asked already
  client.answer();
  assert.equal(heard, 1);
  filling.stop();
  while (client.answer());
  assert.ok(!filling.shown?.isComplete);
});

test("what was rubbed out comes back stroke by stroke", () => {
  const rubbing = createRubbing();
  rubbing.begin(28 * 9 + 13, 3);
  rubbing.moveTo(28 * 12 + 13, 3);
  rubbing.lift();
  rubbing.moveTo(28 * 18 + 13, 3); // the eraser is not down
  assert.equal(rubbing.apply(DIGIT).filter(Boolean).length, 36 - 18);
  rubbing.begin(28 * 18 + 13, 1);
  rubbing.lift();
  assert.equal(rubbing.apply(DIGIT).filter(Boolean).length, 36 - 19);
  rubbing.undo();
  assert.equal(rubbing.apply(DIGIT).filter(Boolean).length, 36 - 18);
  rubbing.clear();
  assert.deepEqual(rubbing.apply(DIGIT), DIGIT);
  assert.ok(rubbing.isEmpty);
});

test("a change is the difference of the two numbers as they are written", () => {
  assert.deepEqual(describeChange(0.97756, 0.98149), {
    before: "97.8\u202f%",
    after: "98.1\u202f%",
    drop: "\u22120.3",
  });
  assert.equal(describeChange(0.5, 0.25).drop, "25.0");
});
