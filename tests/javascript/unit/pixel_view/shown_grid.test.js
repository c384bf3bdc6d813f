import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { encode } from "../../../../pixelviz/page/browser/pixel_codec.js";
import { TRUST_MS, createShownGrid } from "../../../../pixelviz/page/pixel_view/shown_grid.js";

/** @typedef {import("../../../../pixelviz/page/browser/arrays.js").Vector} Vector */

/** @param {number} value @returns {Vector} A grid of one value. */
const gridOf = (value) => new Uint8Array(784).fill(value);

/** @param {Vector} pixels @param {Vector} [drawn] @param {number} [number] */
const sentGrid = (pixels, drawn, number = 0) => ({
  pixels: encode(pixels),
  drawn: drawn ? encode(drawn) : null,
  framing: /** @type {const} */ ("mnist"),
  number,
});

/** @param {number} value What is on a canvas of 28 points. */
const drawingOf = (value) => ({ ink: gridOf(value), side: 28, drawn: gridOf(value) });

const pen = { isFollowing: false, isWaiting: false, isTooLate: false, stop: () => {} };

/** @type {import("../../../../pixelviz/page/pixel_view/shown_grid.js").Change[]} What was sent to the server. */
let sent = [];
/** @type {{vector: Vector, isDrawing: boolean}[]} What the models were given. */
let fed = [];
/** @type {[Vector, Vector][]} */
let moves = [];
let isFollowing = false;
/** @type {ReturnType<typeof createShownGrid>} */
let grid;
/** @type {(() => void) | null} What a timer is to call. */
let waiting = null;
let now = 0;

/** Lets the time pass that changes are collected in. */
function passTime() {
  const call = waiting;
  waiting = null;
  call?.();
}

afterEach(() => mock.restoreAll());

beforeEach(() => {
  mock.method(globalThis, "setTimeout", (/** @type {() => void} */ call) => (waiting = call));
  mock.method(globalThis, "clearTimeout", () => (waiting = null));
  mock.method(performance, "now", () => now);
  [sent, fed, moves, isFollowing, waiting, now] = [[], [], [], false, null, 0];
  Object.assign(pen, {
    isFollowing: false,
    isWaiting: false,
    isTooLate: false,
    stop: () => Object.assign(pen, { isFollowing: false, isWaiting: false }),
  });
  grid = createShownGrid(pen, {
    draw: () => {},
    move: (before, after) => moves.push([before, after]),
    follow: (value) => (isFollowing = value),
    feed: (vector, isDrawing) => fed.push({ vector, isDrawing }),
    send: (change) => sent.push(change),
  });
});

test("what the server sends is shown", () => {
  grid.receive(sentGrid(gridOf(7)));
  assert.deepEqual(grid.vector, gridOf(7));
});

test("while the pen draws, what is on the canvas is shown, whatever the server sends", () => {
  pen.isFollowing = true;
  grid.showAsDrawn(drawingOf(1));
  assert.ok(isFollowing);
  grid.receive(sentGrid(gridOf(9), gridOf(1))); // its answer to an earlier stroke
  assert.deepEqual(grid.vector, gridOf(1));
  assert.ok(isFollowing);
});

test("once the pen is lifted, the answer to just that drawing is shown, and moved into place", () => {
  pen.isFollowing = true;
  grid.showAsDrawn(drawingOf(1));
  pen.isWaiting = true;
  grid.receive(sentGrid(gridOf(8), gridOf(2))); // to another drawing
  assert.deepEqual(grid.vector, gridOf(1));
  grid.receive(sentGrid(gridOf(9), gridOf(1)));
  assert.deepEqual(grid.vector, gridOf(9));
  assert.deepEqual(moves, [[gridOf(1), gridOf(9)]]);
  assert.ok(!isFollowing);
  assert.ok(!pen.isFollowing);
});

test("after some time an answer counts that sees the canvas in another way", () => {
  pen.isFollowing = true;
  grid.showAsDrawn(drawingOf(1));
  pen.isWaiting = true;
  grid.receive(sentGrid(gridOf(5)));
  grid.showAsDrawn(drawingOf(1));
  assert.deepEqual(grid.vector, gridOf(1));
  pen.isTooLate = true;
  grid.showAsDrawn(drawingOf(1));
  assert.deepEqual(grid.vector, gridOf(5));
});

test("what was drawn stays while the server does not answer, however long that takes", () => {
  grid.receive(sentGrid(gridOf(5)));
  pen.isFollowing = true;
  grid.showAsDrawn(drawingOf(1));
  Object.assign(pen, { isWaiting: true, isTooLate: true });
  grid.showAsDrawn(drawingOf(1));
  assert.deepEqual(grid.vector, gridOf(1));
  grid.receive(sentGrid(gridOf(9), gridOf(1)));
  assert.deepEqual(grid.vector, gridOf(9));
});

test("the models get what is drawn in MNIST's frame, or as drawn where that was chosen", () => {
  const corner = new Uint8Array(784);
  corner[0] = 200; // a dot, which the frame enlarges
  const drawing = { ink: corner, side: 28, drawn: corner };
  grid.showAsDrawn(drawing);
  assert.equal(fed.at(-1)?.isDrawing, true);
  assert.equal(fed.at(-1)?.vector.filter((value) => value === 200).length, 20 * 20);
  grid.receive({ ...sentGrid(gridOf(5)), framing: "drawn" });
  pen.isWaiting = true;
  grid.showAsDrawn(drawing);
  assert.deepEqual(fed.at(-1), { vector: corner, isDrawing: false });
});

test("the models get what the server sends, and what the person changes in it", () => {
  grid.receive(sentGrid(gridOf(5)));
  assert.deepEqual(fed.at(-1), { vector: gridOf(5), isDrawing: false });
  grid.edit(0, 9);
  assert.deepEqual(fed.at(-1), { vector: grid.vector, isDrawing: false });
  assert.equal(fed.at(-1)?.vector[0], 9);
});

test("changes are shown at once, and sent together soon after", () => {
  grid.edit(3, 200);
  grid.edit(4, 100);
  const edited = gridOf(0);
  [edited[3], edited[4]] = [200, 100];
  assert.deepEqual(grid.vector, edited);
  assert.deepEqual(sent, []);
  passTime();
  assert.deepEqual(sent, [{ pixels: encode(edited), number: 0 }]);
  grid.edit(3, 200); // which it is already
  passTime();
  assert.equal(sent.length, 1);
});

test("a change is not undone by what the server sent before it knew of it", () => {
  grid.edit(3, 200);
  const edited = grid.vector;
  grid.receive(sentGrid(gridOf(5)));
  assert.deepEqual(grid.vector, edited, "before it is sent");
  passTime();
  grid.receive(sentGrid(gridOf(5)));
  assert.deepEqual(grid.vector, edited, "before the answer");
  grid.receive(sentGrid(edited));
  grid.receive(sentGrid(gridOf(6)));
  assert.deepEqual(grid.vector, gridOf(6), "after the answer");
});

test("what the server sends is shown again where no answer to a change comes", () => {
  grid.edit(3, 100);
  passTime();
  now = TRUST_MS - 1;
  grid.receive(sentGrid(gridOf(7)));
  assert.equal(grid.vector[3], 100);
  now = TRUST_MS;
  grid.receive(sentGrid(gridOf(7)));
  assert.deepEqual(grid.vector, gridOf(7));
});

test("what is placed after a change is shown at once", () => {
  grid.receive(sentGrid(gridOf(1), undefined, 4));
  grid.edit(3, 200);
  passTime();
  assert.equal(sent[0]?.number, 4);
  grid.receive(sentGrid(gridOf(1), undefined, 4));
  assert.equal(grid.vector[3], 200);
  grid.receive(sentGrid(gridOf(0), undefined, 6)); // of Clear
  assert.deepEqual(grid.vector, gridOf(0));
});

test("a change is sent at once where it is not to wait, and only once", () => {
  grid.flush();
  grid.edit(3, 200);
  grid.flush();
  passTime();
  assert.equal(sent.length, 1);
});

test("a change ends the following of the pen", () => {
  pen.isFollowing = true;
  grid.showAsDrawn(drawingOf(1));
  grid.edit(0, 9);
  assert.ok(!pen.isFollowing);
  assert.ok(!isFollowing);
  assert.equal(grid.vector[0], 9);
});
