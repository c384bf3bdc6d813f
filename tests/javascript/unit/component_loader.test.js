import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const SOURCE = new URL("../../../pixelviz/page/component_loader.js", import.meta.url);

/** @type {string[]} What happened to the component, in order. */
const happened = [];
Object.assign(globalThis, { happened, document: { baseURI: "http://page.test/" } });

/** Returns the loader with a component that notes what happens to it. */
async function load() {
  const component = `export default () => {
    happened.push("shown");
    return () => happened.push("ended");
  }`;
  const source = await readFile(SOURCE, "utf-8");
  const addresses = JSON.stringify([asModule(component)]);
  const loader = await import(asModule(source.replace('["ADDRESSES"]', addresses)));
  return loader.default;
}

/** @param {string} text */
function asModule(text) {
  return `data:text/javascript,${encodeURIComponent(text)}`;
}

test("a call that another one overtakes does not end the component", async () => {
  const show = await load();
  const parentElement = { querySelector: () => null, isConnected: true };
  const [endFirst, endSecond] = [show({ parentElement }), show({ parentElement })];
  await endFirst();
  await endSecond(); // overtaken by one that is yet to come
  assert.deepEqual(happened, ["shown", "shown"]);
  parentElement.isConnected = false;
  await endSecond();
  assert.deepEqual(happened, ["shown", "shown", "ended"]);
});
