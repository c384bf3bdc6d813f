import assert from "node:assert/strict";
import { test } from "node:test";

import { WAIT_MS, inTurn } from "../../../../pixelviz/page/browser/in_turn.js";

/** Returns a canvas that notes what it is given, and tells of a drawing when the test says so. */
function canvas() {
  /** @type {unknown[]} */ const given = [];
  let tell = () => {};
  const show = inTurn(({ data, setStateValue }) => {
    given.push(data.initialDrawing);
    tell = () => setStateValue("drawing", data.initialDrawing);
    return () => given.push("ended");
  });
  /** @type {unknown[]} */ const told = [];
  return {
    given,
    told,
    /** @param {unknown} drawing @param {string} pen */
    show: (drawing, pen = "") =>
      show({
        data: /** @type {any} */ ({ initialDrawing: drawing, pen }),
        parentElement: /** @type {any} */ (null),
        setStateValue: (_, value) => told.push(value),
      }),
    tell: () => tell(),
  };
}

test("a drawing waits until the one before is loaded, and only the newest is shown", () => {
  const { given, told, show, tell } = canvas();
  show([]); // the first: the canvas tells nothing of it
  show([1]);
  show([2]);
  show([3]);
  assert.deepEqual(given, [[], [1]]);
  tell();
  assert.deepEqual(told, [[1]]);
  assert.deepEqual(given, [[], [1], [3]]);
  tell();
  show([4]);
  assert.deepEqual(given, [[], [1], [3], [4]]);
});

test("what waits for its turn is not shown once the canvas has ended", () => {
  const { given, show, tell } = canvas();
  show([]);
  show([1]);
  const end = show([2]);
  end();
  tell();
  assert.deepEqual(given, [[], [1], "ended"]);
});

test("another pen for the same drawing does not wait", () => {
  const { given, show, tell } = canvas();
  show([]);
  show([1]);
  tell();
  show([1], "wide");
  show([1], "thin");
  assert.deepEqual(given, [[], [1], [1], [1]]);
});

test("a canvas that tells nothing is given the next drawing all the same", (context) => {
  /** @type {() => void} */ let passTime = () => {};
  const wait = context.mock.method(globalThis, "setTimeout", (/** @type {() => void} */ call) => {
    passTime = call;
  });
  const { given, show } = canvas();
  show([]);
  show([1]);
  const end = show([2]);
  assert.deepEqual(given, [[], [1]]);
  assert.equal(wait.mock.calls[0].arguments[1], WAIT_MS);
  passTime();
  assert.deepEqual(given, [[], [1], [2]]);
  end();
  assert.deepEqual(given, [[], [1], [2], "ended"]);
});
