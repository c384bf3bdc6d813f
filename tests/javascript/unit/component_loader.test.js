import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const SOURCE = new URL("../../../pixelviz/page/component_loader.js", import.meta.url);

/** @type {string[]} What happened to the component, in order. */
const happened = [];
Object.assign(globalThis, { happened, document: { baseURI: "http://page.test/" } });

const COMPONENT = asModule(`export default () => {
  happened.push("shown");
  return () => happened.push("ended");
}`);

const BROKEN = asModule(`throw new Error("It cannot be loaded.");`);

/**
 * Returns the loader of a component that notes what happens to it.
 * @param {string[]} addresses
 * @param {string[]} inItsPlace
 */
async function load(addresses, inItsPlace = []) {
  const source = (await readFile(SOURCE, "utf-8"))
    .replace('["ADDRESSES"]', JSON.stringify(addresses))
    .replace('["IN ITS PLACE"]', JSON.stringify(inItsPlace));
  const loader = await import(asModule(source));
  return loader.default;
}

/** @param {string} text */
function asModule(text) {
  return `data:text/javascript,${encodeURIComponent(text)}`;
}

test("a call that another one overtakes does not end the component", async () => {
  const show = await load([COMPONENT]);
  happened.length = 0;
  const parentElement = { querySelector: () => null, isConnected: true };
  const [endFirst, endSecond] = [show({ parentElement }), show({ parentElement })];
  await endFirst();
  await endSecond(); // overtaken by one that is yet to come
  assert.deepEqual(happened, ["shown", "shown"]);
  parentElement.isConnected = false;
  await endSecond();
  assert.deepEqual(happened, ["shown", "shown", "ended"]);
});

test("what is in a component's place is shown where one of its modules cannot be loaded", async (t) => {
  t.mock.method(console, "error", () => {});
  const show = await load([COMPONENT, BROKEN], [COMPONENT]);
  happened.length = 0;
  await show({ parentElement: { querySelector: () => null, isConnected: true } });
  assert.deepEqual(happened, ["shown"]);
});

for (const inItsPlace of [[], [BROKEN]]) {
  test(`a sentence says so where nothing can be loaded, ${inItsPlace.length} in its place`, async (t) => {
    t.mock.method(console, "error", () => {});
    const text = { setAttribute() {}, style: {}, textContent: "" };
    Object.assign(globalThis.document, { createElement: () => text });
    const show = await load([BROKEN], inItsPlace);
    show({ parentElement: { querySelector: () => null, replaceChildren() {} } });
    assert.match(text.textContent, /Reload the page/);
  });
}
