import assert from "node:assert/strict";
import { test } from "node:test";

import { createFilling } from "../../../../../pixelviz/page/lesson/cover_it/map_filling.js";
import { dropOf } from "../../../../../pixelviz/page/lesson/cover_it/occlusion.js";
import { createTurns } from "../../../../../pixelviz/page/lesson/cover_it/turns.js";
import { createFakeNetworks, upperHalf } from "./fake_networks.js";

const SIZE = 5;

/** A digit in the upper half. */
const DIGIT = Uint8Array.from({ length: 784 }, (_, index) => {
  const [row, column] = [Math.floor(index / 28), index % 28];
  return row >= 4 && row < 12 && column >= 10 && column < 13 ? 200 : 0;
});

/** @param {number[]} logits @returns {number[]} */
function softmax(logits) {
  const exponentials = logits.map(Math.exp);
  return exponentials.map((each) => each / exponentials.reduce((sum, other) => sum + other));
}

/** @param {number} place @returns {number} What the map has to show there, worked out anew. */
function expectedDrop(place) {
  const left = DIGIT.map((value, index) => {
    const down = Math.abs(Math.floor(index / 28) - Math.floor(place / 28));
    const right = Math.abs((index % 28) - (place % 28));
    return Math.max(down, right) <= (SIZE - 1) / 2 ? 0 : value;
  });
  return softmax(upperHalf(DIGIT))[1] - softmax(upperHalf(left))[1];
}

function build() {
  const networks = createFakeNetworks((_, vector) => upperHalf(vector));
  const turns = createTurns(networks.askMany);
  let progress = 0;
  const filling = createFilling(turns, 1, () => (progress += 1));
  /** @param {() => boolean} until */
  const answer = (until = () => false) => {
    for (;;) {
      if (until()) return;
      const part = networks.nextPart();
      if (!part) return;
      turns.receive(part);
    }
  };
  return { networks, turns, filling, answer, progress: () => progress };
}

test("the whole map shows the drop at each place, and asks only where ink is hidden", () => {
  const { networks, filling, answer, progress } = build();
  filling.start(DIGIT, SIZE, ["one", "two"], false);
  answer();
  const map = filling.shown;
  assert.ok(map?.isComplete);
  for (const name of ["one", "two"]) {
    map.shown(name).forEach((value, place) => {
      assert.ok(Math.abs(value - expectedDrop(place)) < 1e-6, `${place}: ${value}`);
      assert.ok(map.answerAt(name, place));
    });
  }
  const places = networks.asked.slice(1).flatMap(({ vectors }) => vectors);
  assert.equal(places.length, (8 + 4) * (3 + 4)); // the digit, and two pixels around it
  assert.ok(progress() > 5);
});

test("while it is coarse, each place stands for those around it", () => {
  const { filling, answer } = build();
  filling.start(DIGIT, SIZE, ["one"], false);
  answer(() => filling.shown?.isCoarse ?? false);
  const map = filling.shown;
  assert.ok(map && !map.isComplete);
  const shown = map.shown("one");
  for (let index = 0; index < 784; index += 1) {
    const [row, column] = [Math.floor(index / 28), index % 28];
    const place = 28 * (4 * Math.floor(row / 4) + 2) + 4 * Math.floor(column / 4) + 2;
    const isPaper = row < 2 || row > 13 || column < 8 || column > 14;
    const expected = isPaper ? 0 : expectedDrop(place);
    assert.ok(Math.abs(shown[index] - expected) < 1e-6, `${index}`);
  }
});

test("another digit starts anew; while the pen draws, the coarse map comes first", () => {
  const other = DIGIT.map((value, index) => (index < 28 * 8 ? value : 0));
  const { networks, filling, answer } = build();
  filling.start(DIGIT, SIZE, ["one"], true);
  filling.start(other, SIZE, ["one"], true);
  filling.start(other, SIZE, ["one"], true);
  answer(() => filling.shown?.vector === DIGIT && filling.shown.isCoarse);
  const before = networks.asked.length;
  answer(() => filling.shown?.vector === other);
  assert.deepEqual(networks.asked[before - 1].vectors, [other]); // at once, not after the fine map
  answer();
  assert.ok(filling.shown?.isCoarse && !filling.shown.isComplete); // the frames come first
  filling.start(other, SIZE, ["one"], false);
  answer();
  assert.ok(filling.shown?.isComplete);

  filling.start(DIGIT, SIZE, ["one"], false);
  filling.start(other, 1, ["one"], false); // the pen is up: only the newest counts
  answer();
  assert.equal(filling.shown?.vector, other);
  assert.equal(filling.shown?.size, 1);
});

test("what is stopped asks nothing more, and keeps what is known", () => {
  const { networks, filling, answer } = build();
  filling.start(DIGIT, SIZE, ["one"], false);
  answer(() => filling.shown?.isCoarse ?? false);
  const before = networks.asked.length;
  filling.stop();
  answer();
  assert.equal(networks.asked.length, before);
  assert.ok(filling.shown?.isCoarse);
  filling.start(DIGIT, SIZE, [], false); // no model can be asked yet
  assert.equal(networks.asked.length, before);
});

test("the drop is that of the probability of the first answer, below 0 where it rises", () => {
  const before = softmax([1, 3, 2])[1];
  assert.ok(Math.abs(dropOf([1, 3, 2], [3, 1, 2]) - (before - softmax([3, 1, 2])[1])) < 1e-12);
  assert.ok(dropOf([1, 3, 2], [0, 9, 0]) < 0);
});
