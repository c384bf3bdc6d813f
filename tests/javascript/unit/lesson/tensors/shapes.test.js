import assert from "node:assert/strict";
import { test } from "node:test";

import { grouped } from "../../../../../pixelviz/page/browser/counts.js";
import {
  BYTES,
  countOf,
  formatBytes,
  formatShape,
} from "../../../../../pixelviz/page/lesson/tensors/shapes.js";
import { expected } from "../../expected.js";

test("shapes are written, and what is in them is counted, as numpy does", () => {
  for (const { shape, text, count, uint8, float32 } of expected.tensors.shapes) {
    assert.equal(formatShape(shape), text);
    assert.equal(countOf(shape), count);
    assert.equal(countOf(shape) * BYTES.uint8, uint8);
    assert.equal(countOf(shape) * BYTES.float32, float32);
  }
});

test("numbers have commas, and one byte is one byte", () => {
  assert.equal(grouped(54880000), "54,880,000");
  assert.equal(formatBytes(1), "1 byte");
  assert.equal(formatBytes(3136), "3,136 bytes");
});
