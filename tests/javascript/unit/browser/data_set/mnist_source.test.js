import assert from "node:assert/strict";
import test from "node:test";

import { LENGTH } from "../../../../../pixelviz/page/browser/arrays.js";
import { createMnistSource } from "../../../../../pixelviz/page/browser/data_set/mnist_source.js";

/** @type {import("../../../../../pixelviz/page/browser/data_set/mnist.js").Part[]} */
const PARTS = [
  { address: "a", training: [0, 2], test: [0, 1] },
  { address: "b", training: [2, 5], test: [1, 1] },
];

/** Serves parts of three pictures, or refuses them. @param {() => boolean} isWell */
function serve(isWell) {
  Object.assign(globalThis, { document: { baseURI: "http://page/" } });
  globalThis.fetch = async (_, options) => {
    options?.signal?.throwIfAborted();
    return isWell() ? new Response(new Uint8Array(3 * (1 + LENGTH))) : new Response(null, { status: 500 });
  };
}

function listening() {
  /** @type {string[]} */ const done = [];
  const source = createMnistSource({
    put: (set) => done.push(`put ${set.grids.length / LENGTH}`),
    choose: (kind) => done.push(`choose ${kind}`),
  });
  /** @type {import("../../../../../pixelviz/page/browser/data_set/mnist_source.js").Fetching[]} */
  const heard = [];
  source.subscribe((fetching) => heard.push(fetching));
  return { source, done, heard };
}

test("the first part is chosen, and the whole does not take another choice away", async () => {
  serve(() => true);
  const { source, done, heard } = listening();
  assert.deepEqual(heard, [{ share: null, hasFailed: false }]);
  assert.equal(source.missing(PARTS), 6);
  await source.fetchFirst(PARTS);
  assert.deepEqual(done, ["put 3", "choose mnist"]);
  assert.equal(source.missing(PARTS), 3);
  assert.deepEqual(heard.map(({ share }) => share), [null, 0, 1, null]); // prettier-ignore
  await source.fetchAll(PARTS);
  assert.deepEqual(done.slice(2), ["put 6"]);
});

test("a failure is told until the next try, and nothing is on its way after a stop", async () => {
  let isWell = false;
  serve(() => isWell);
  const { source, done, heard } = listening();
  await source.fetchFirst(PARTS);
  assert.deepEqual(heard.at(-1), { share: null, hasFailed: true });
  isWell = true;
  const fetching = source.fetchFirst(PARTS);
  assert.deepEqual(heard.at(-1), { share: 0, hasFailed: false });
  source.stop();
  assert.deepEqual(heard.at(-1), { share: null, hasFailed: false });
  const again = source.fetchAll(PARTS);
  await fetching; // the one that was stopped ends no newer one
  assert.equal(heard.at(-1)?.share === null, false);
  await again;
  assert.deepEqual(done, ["put 6", "choose mnist"]);
});
