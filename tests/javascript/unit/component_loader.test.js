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

function place() {
  return { parentElement: { querySelector: () => null } };
}

test("a call that another one has overtaken ends nothing", async () => {
  const show = await load();
  const component = place();
  const [endFirst, endSecond] = [show(component), show(component)];
  endFirst();
  assert.deepEqual(happened, ["shown", "shown"]);
  endSecond();
  assert.deepEqual(happened, ["shown", "shown", "ended"]);
});

test("each place on the page has its own calls", async () => {
  const show = await load();
  happened.length = 0;
  const [endHere] = [show(place()), show(place())];
  endHere();
  assert.deepEqual(happened, ["shown", "shown", "ended"]);
});
