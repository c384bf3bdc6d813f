import assert from "node:assert/strict";
import { test } from "node:test";

import {
  formatIndex,
  parseIndex,
  positionOf,
} from "../../../../../pixelviz/page/lesson/tensors/tensor_index.js";
import { expected } from "../../expected.js";

const { batch, indices } = expected.tensors;

/** @param {string} text @returns {string} */
function problemOf(text) {
  const parsed = parseIndex(text, batch);
  assert.ok("problem" in parsed, text);
  return parsed.problem;
}

test("an index names the number that it names in numpy, or none where numpy has none", () => {
  for (const { text, number } of indices) {
    const parsed = parseIndex(`tensor[${text}]`, batch);
    const found = "index" in parsed ? positionOf(parsed.index, batch) : null;
    assert.equal(found, number, text);
  }
  assert.ok(indices.some(({ number }) => number !== null));
});

test("fewer indices name several numbers, of the shape that numpy gives", () => {
  const several = indices.filter(({ shape }) => shape !== null);
  assert.ok(several.length > 0);
  for (const { text, shape } of several) {
    const written = shape?.length === 1 ? `(${shape[0]},)` : `(${shape?.join(", ")})`;
    assert.ok(problemOf(`tensor[${text}]`).includes(written), text);
  }
});

test("what is beyond an axis is refused with what there is", () => {
  assert.equal(problemOf("tensor[4, 14, 9, 0]"), "There is no picture 4: pictures go from 0 to 3.");
  assert.equal(problemOf("tensor[0, 28, 9, 0]"), "There is no row 28: rows go from 0 to 27.");
  assert.equal(problemOf("tensor[0, 0, -29, 0]"), "There is no column −29: columns go from 0 to 27.");
  assert.equal(problemOf("tensor[0, 0, 0, 1]"), "There is no channel 1: there is only channel 0.");
});

test("what is very long is repeated as it was typed, and not to its end", () => {
  const picture = "9".repeat(400);
  assert.equal(
    problemOf(`tensor[${picture}, 14, 9, 0]`),
    `There is no picture ${"9".repeat(20)}…: pictures go from 0 to 3.`,
  );
  assert.ok(problemOf(`tensor[${"x".repeat(400)}, 14, 9, 0]`).endsWith(`got “${"x".repeat(20)}…”.`));
});

test("what cannot be read is answered with what was expected, by an example that can be typed", () => {
  for (const text of [
    "", "tensor", "tensor[]", "tensor[1, 2", "tensor 1, 2, 3, 0]", "batch[1, 2, 3, 0]", "[1, 2, 3, 0]",
    "tensor[1][2][3][0]", "tensor[1, , 3, 0]", "tensor[a, 2, 3, 0]", "tensor[1.5, 2, 3, 0]",
    "tensor[:, 2, 3, 0]", "tensor[1, 2, 3, 0]; x", "tensor[1e1, 2, 3, 0]",
  ]) {
    const problem = problemOf(text);
    const example = /for example (tensor\[.*?\])/.exec(problem)?.[1] ?? "";
    assert.match(problem, /^Expected four whole numbers in brackets/, text);
    assert.ok("index" in parseIndex(example, batch), example);
  }
  assert.match(problemOf("tensor[1, x7, 3, 0]"), /got “x7”\.$/);
  assert.match(problemOf("tensor[1, 2, 3, 0, 0]"), /has 4 axes; you typed 5 numbers/);
});

test("spaces do not matter, nor does the sign of a minus", () => {
  for (const text of [" tensor [ 2,14 , 9,0 ] ", "tensor[\u22122, 14, 9, 0]"]) {
    assert.deepEqual(parseIndex(text, batch), { index: [2, 14, 9, 0] });
  }
  assert.equal(formatIndex([2, 14, 9, 0]), "tensor[2, 14, 9, 0]");
  assert.deepEqual(parseIndex("tensor[-0, 0, 0, 0]", batch), { index: [0, 0, 0, 0] });
});
