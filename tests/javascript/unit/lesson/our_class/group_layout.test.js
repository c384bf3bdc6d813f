import assert from "node:assert/strict";
import { test } from "node:test";

import {
  BETWEEN_COLUMNS,
  BETWEEN_GROUPS,
  afterKey,
  cornerOf,
  isSameFrame,
  layOut,
  placeAt,
} from "../../../../../pixelviz/page/lesson/our_class/wall/group_layout.js";

/** @typedef {import("../../../../../pixelviz/page/lesson/our_class/wall/group_layout.js").Room} Room */

const COUNTS = [3, 0, 25, 1];

/** @param {Partial<Room>} [other] @returns {Room} */
function room(other) {
  return { width: 300, height: 400, columns: 1, labelWidth: 50, labelHeight: 20, ...other };
}

/** Everything that stands on the wall. @param {import("../../../../../pixelviz/page/lesson/our_class/wall/group_layout.js").Layout} layout */
function pictures(layout) {
  return layout.boxes.flatMap(({ count }, group) =>
    Array.from({ length: count }, (_, at) => ({ group, at, ...cornerOf(layout, { group, at }) })),
  );
}

for (const [name, wanted] of /** @type {[string, Room][]} */ ([
  ["in one column", room()],
  ["in two columns", room({ columns: 2, width: 500 })],
  ["in a narrow window", room({ width: 60 })],
  ["on a low screen", room({ height: 10 })],
])) {
  test(`pictures stand beside their labels, none over another, ${name}`, () => {
    const layout = layOut(COUNTS, wanted);
    const all = pictures(layout);
    assert.equal(all.length, 29);
    for (const one of all) {
      const box = layout.boxes[one.group];
      assert.ok(one.x >= box.x + wanted.labelWidth && one.y >= box.y);
      assert.ok(one.y + layout.side <= box.y + box.height);
      assert.ok(one.y + layout.side <= layout.height);
      for (const other of all) {
        const isApart = Math.abs(one.x - other.x) >= layout.side || Math.abs(one.y - other.y) >= layout.side;
        assert.ok(one === other || isApart);
      }
      assert.deepEqual(placeAt(layout, one.x + 1, one.y + layout.side - 1), { group: one.group, at: one.at });
    }
  });
}

test("pictures are as large as the height allows, and higher only with the smallest", () => {
  const sides = [1000, 400, 200, 10].map((height) => layOut(COUNTS, room({ height })).side);
  assert.deepEqual(sides, [...sides].sort((a, b) => b - a));
  assert.ok(sides[0] > sides[2] && sides[3] === 14);
  for (const height of [1000, 400, 200]) assert.ok(layOut(COUNTS, room({ height })).height <= height);
  assert.ok(layOut(COUNTS, room({ height: 10 })).height > 10);
});

test("where the labels alone are too high, pictures are as large as a label is high", () => {
  const { side, height } = layOut(Array(30).fill(5), room({ labelHeight: 40, width: 600 }));
  assert.equal(height, 30 * 40 + 29 * BETWEEN_GROUPS); // no higher than the labels
  assert.ok(side <= 40 && side > 28, `${side}`);
});

test("groups stand below each other, and beside each other in columns", () => {
  const { boxes, side } = layOut([1, 1, 1], room({ columns: 2, width: 224, height: 100 }));
  assert.deepEqual(boxes.map(({ x }) => x), [0, 0, 100 + BETWEEN_COLUMNS]);
  assert.deepEqual(boxes.map(({ y }) => y), [0, side + BETWEEN_GROUPS, 0]);
});

test("the frame is the same until a picture of before stands elsewhere", () => {
  const before = layOut(COUNTS, room());
  for (const counts of [COUNTS, [3, 1, 25, 1], [4, 0, 25, 1], [3, 0, 26, 1], [3, 0, 99, 1], [3, 0, 25, 40]]) {
    const after = layOut(counts, room());
    const isSame = pictures(before).every(({ group, at, x, y }) => {
      const now = cornerOf(after, { group, at });
      return now.x === x && now.y === y && after.side === before.side;
    });
    assert.equal(isSameFrame(before, after), isSame && before.height === after.height, counts.join());
  }
  assert.ok(isSameFrame(before, layOut([4, 1, 25, 1], room())));
});

test("beside the pictures there is none", () => {
  const layout = layOut(COUNTS, room());
  const { side } = layout;
  const [first] = pictures(layout);
  for (const [x, y] of [[first.x - 1, first.y], [first.x, -1], [first.x + 3 * (side + 2), first.y], [10, 10], [first.x, 9999]]) {
    assert.equal(placeAt(layout, x, y), null);
  }
});

test("keys lead to the picture beside, above or below, over the groups without any", () => {
  const layout = layOut(COUNTS, room());
  const { perRow } = layout;
  assert.ok(perRow < 25);
  const to = (/** @type {number} */ group, /** @type {number} */ at, /** @type {string} */ key) => {
    const place = afterKey(layout, { group, at }, key);
    return place && [place.group, place.at];
  };
  assert.deepEqual(to(0, 0, "ArrowRight"), [0, 1]);
  assert.deepEqual(to(0, 2, "ArrowRight"), [2, 0]);
  assert.deepEqual(to(2, 0, "ArrowLeft"), [0, 2]);
  assert.deepEqual(to(0, 0, "ArrowLeft"), [0, 0]);
  assert.deepEqual(to(0, 1, "ArrowDown"), [2, 1]);
  assert.deepEqual(to(2, 1, "ArrowDown"), [2, 1 + perRow]);
  assert.deepEqual(to(2, 1 + perRow, "ArrowUp"), [2, 1]);
  assert.deepEqual(to(2, perRow - 1, "ArrowUp"), [0, Math.min(perRow - 1, 2)]);
  assert.deepEqual(to(3, 0, "ArrowUp"), [2, perRow * (Math.ceil(25 / perRow) - 1)]);
  assert.deepEqual(to(2, 24, "ArrowDown"), [3, 0]);
  assert.deepEqual(to(3, 0, "ArrowDown"), [3, 0]);
  assert.deepEqual([to(2, 5, "Home"), to(2, 5, "End")], [[0, 0], [3, 0]]);
  assert.equal(to(2, 5, "Enter"), null);
  for (const key of ["ArrowUp", "ArrowLeft", "ArrowDown", "ArrowRight", "Home"]) {
    assert.deepEqual(afterKey(layout, null, key), { group: 0, at: 0 }, key);
    assert.equal(afterKey(layOut([0, 0], room()), null, key), null, key);
  }
  assert.deepEqual(afterKey(layout, null, "End"), { group: 3, at: 0 });
});
