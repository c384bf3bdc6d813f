import assert from "node:assert/strict";
import test from "node:test";

import { LENGTH } from "../../../../../pixelviz/page/browser/arrays.js";
import { createMnist } from "../../../../../pixelviz/page/browser/data_set/mnist.js";

/** Two parts: the pictures 0 and 1 of the training set and 0 of the test set, and one more of each.
 * @type {import("../../../../../pixelviz/page/browser/data_set/mnist.js").Part[]} */
const PARTS = [
  { address: "a", training: [0, 2], test: [0, 1] },
  { address: "b", training: [2, 3], test: [1, 2] },
];

/** By address, its targets; each picture is filled with 20 times its target. */
const TARGETS = { a: [1, 2, 8], b: [3, 9] };

/** @param {keyof typeof TARGETS} address @returns {Uint8Array} */
function content(address) {
  const targets = TARGETS[address];
  return Uint8Array.from([...targets, ...targets.flatMap((each) => Array(LENGTH).fill(20 * each))]);
}

/** Serves the parts, in pieces. @param {(address: string) => Uint8Array | null} answer */
function serve(answer) {
  /** @type {string[]} */ const asked = [];
  Object.assign(globalThis, { document: { baseURI: "http://page/" } });
  globalThis.fetch = async (url, options) => {
    const address = String(url).replace("http://page/", "");
    asked.push(address);
    const bytes = answer(address);
    const pieces = [bytes?.subarray(0, 1000), bytes?.subarray(1000)];
    const body = new ReadableStream({
      pull(controller) {
        if (options?.signal?.aborted) controller.error(new Error("aborted"));
        const piece = pieces.shift();
        if (piece?.length) controller.enqueue(piece);
        if (pieces.length === 0) controller.close();
      },
    });
    return new Response(bytes && body, { status: bytes ? 200 : 404 });
  };
  return asked;
}

function listener() {
  const heard = {
    /** @type {number[]} */ shares: [],
    /** @type {any[]} */ sets: [],
    /** @type {string[]} */ problems: [],
  };
  const source = createMnist({
    onProgress: (share) => heard.shares.push(share),
    onSet: (set, isWhole) => heard.sets.push({ ...set, isWhole }),
    onFailure: ({ message }) => heard.problems.push(message),
  });
  return { heard, source };
}

const right = (/** @type {string} */ address) => content(/** @type {keyof typeof TARGETS} */ (address));

test("the first part is a set, and the rest makes it whole, the training set first", async () => {
  const asked = serve(right);
  const { heard, source } = listener();
  await source.fetchFirst(PARTS);
  await source.fetchAll(PARTS);
  assert.deepEqual(asked, ["a", "b"]);
  assert.deepEqual(heard.problems, []);
  const [first, whole] = heard.sets;
  assert.deepEqual([...first.targets], [1, 2, 8]);
  assert.equal(first.trainingCount, 2);
  assert.equal(first.isWhole, false);
  assert.deepEqual([...whole.targets], [1, 2, 3, 8, 9]);
  assert.equal(whole.trainingCount, 3);
  assert.equal(whole.isWhole, true);
  [1, 2, 3, 8, 9].forEach((target, at) => {
    assert.deepEqual([...new Set(whole.grids.subarray(LENGTH * at, LENGTH * (at + 1)))], [20 * target]);
  });
  assert.ok(heard.shares.every((share, at) => share > 0 && share <= 1 && (at === 0 || share)));
  assert.equal(heard.shares.at(-1), 1);
});

test("what breaks off, is too long or is not there is a failure, and can be fetched again", async () => {
  for (const [wrong, words] of /** @type {[Uint8Array | null, RegExp][]} */ ([
    [content("a").subarray(0, -1), /Less/],
    [Uint8Array.from([...content("a"), 0]), /More/],
    [null, /404/],
  ])) {
    serve(() => wrong);
    const { heard, source } = listener();
    await source.fetchFirst(PARTS);
    assert.match(heard.problems.join(), words);
    assert.equal(source.isFetching, false);
    serve(right);
    await source.fetchFirst(PARTS);
    assert.equal(heard.sets.length, 1);
  }
});

test("it can be stopped, and goes on without what has come", async () => {
  const { heard, source } = listener();
  serve((address) => {
    if (address === "b") source.stop();
    return right(address);
  });
  await source.fetchAll(PARTS);
  assert.deepEqual([heard.sets, heard.problems], [[], []]);
  const again = serve(right);
  await source.fetchAll(PARTS);
  assert.deepEqual(again, ["b"]);
  assert.equal(heard.sets.length, 1);
});
