import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createDrawnGrid } from "../../../../pixelviz/page/browser/drawn_grid.js";
import { modelInput } from "../../../../pixelviz/page/browser/model_input.js";
import { encode } from "../../../../pixelviz/page/browser/pixel_codec.js";

const EMPTY = new Uint8Array(784);

/** @param {number} value */
function filled(value) {
  return new Uint8Array(784).fill(value);
}

/** Returns a grid that notes what it shows. */
function noting() {
  /** @type {string[]} */ const shown = [];
  const grid = createDrawnGrid((vector, isDrawing) => shown.push(`${vector[0]} ${isDrawing}`));
  return { ...grid, shown };
}

beforeEach(() => modelInput.publish({ vector: EMPTY, isDrawing: false }));

test("where nothing is drawn, the server's example is shown", () => {
  const { receive, shown, end } = noting();
  assert.deepEqual(shown, []);
  receive(encode(filled(7)));
  receive(encode(filled(7)));
  assert.deepEqual(shown, ["7 false"]);
  end();
});

test("what is drawn is shown before the server has heard of it, and stays when it has", () => {
  const { receive, shown, end } = noting();
  receive(encode(filled(7)));
  modelInput.publish({ vector: filled(1), isDrawing: true });
  modelInput.publish({ vector: filled(2), isDrawing: true });
  modelInput.publish({ vector: filled(2), isDrawing: false });
  receive(encode(filled(2)));
  assert.deepEqual(shown, ["7 false", "1 true", "2 true", "2 false"]);
  end();
});

test("what was drawn before the chapter was opened is shown at once", () => {
  modelInput.publish({ vector: filled(3), isDrawing: false });
  const { shown, end } = noting();
  assert.deepEqual(shown, ["3 false"]);
  end();
  modelInput.publish({ vector: filled(4), isDrawing: false });
  assert.deepEqual(shown, ["3 false"]);
});

test("when the drawing is wiped away, the example takes its place", () => {
  const { receive, shown, end } = noting();
  receive(encode(filled(7)));
  modelInput.publish({ vector: filled(1), isDrawing: false });
  modelInput.publish({ vector: EMPTY, isDrawing: false });
  assert.deepEqual(shown, ["7 false", "1 false", "7 false"]);
  end();
});
