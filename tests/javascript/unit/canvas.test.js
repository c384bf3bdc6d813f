import assert from "node:assert/strict";
import { test } from "node:test";

Object.assign(globalThis, { ResizeObserver: class {} });
const { default: show } = await import("../../../pixelviz/page/canvas.js");

test("the canvas's script is asked for once, and its drawings come in their order", async () => {
  const script = `
    const shown = [];
    export default ({ data, parentElement }) => {
      shown.push(data.initialDrawing);
      parentElement.shown = shown;
      return () => {};
    }`;
  let asked = 0;
  const parentElement = /** @type {any} */ ({
    querySelector() {
      asked += 1;
      return { href: `data:text/javascript,${encodeURIComponent(script)}` };
    },
  });
  const setStateValue = () => {};
  await Promise.all(
    [["first"], ["second"]].map((initialDrawing) =>
      show({ data: { initialDrawing }, parentElement, setStateValue }),
    ),
  );
  assert.equal(asked, 1);
  assert.deepEqual(parentElement.shown, [["first"], ["second"]]);
});
