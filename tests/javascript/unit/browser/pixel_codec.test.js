import assert from "node:assert/strict";
import { test } from "node:test";

import { decode, encode } from "../../../../pixelviz/page/browser/pixel_codec.js";
import { expected } from "../expected.js";

test("what was encoded is decoded to the same values, all 256 of them", () => {
  const vector = Uint8Array.from({ length: 784 }, (_, index) => (7 * index) % 256);
  assert.deepEqual(decode(encode(vector)), vector);
});

test("the server's text is read, and the server gets the same text", () => {
  for (const { text, values } of expected.grids) {
    assert.deepEqual(decode(text), Uint8Array.from(values));
    assert.equal(encode(Uint8Array.from(values)), text);
  }
});

test("text that is not base64 is refused", () => {
  assert.throws(() => decode("*"), { name: "InvalidCharacterError" });
});
