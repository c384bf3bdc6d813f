import assert from "node:assert/strict";
import { test } from "node:test";

import {
  largestOf,
  signedColour,
  textColourOn,
} from "../../../../pixelviz/page/browser/signed_colours.js";
import { expected } from "../expected.js";

test("a signed number has the colour that it has in the server's pictures", () => {
  const { values, colours } = expected.signed;
  const largest = largestOf(values);
  assert.deepEqual(
    values.map((/** @type {number} */ value) => signedColour(value, largest)),
    colours,
  );
});

test("beyond the largest the colour stays full, and without one all is black", () => {
  assert.deepEqual(signedColour(5, 1), signedColour(1, 1));
  assert.deepEqual(signedColour(-5, 1), signedColour(-1, 1));
  assert.deepEqual(signedColour(3, 0), [0, 0, 0]);
});

test("text is black where the colour is bright, and white where it is dark", () => {
  assert.equal(textColourOn([0, 0, 0]), "#fff");
  assert.equal(textColourOn([255, 255, 255]), "#000");
  assert.equal(textColourOn([117, 117, 117]), "#fff"); // as shade.js has it
  assert.equal(textColourOn([118, 118, 118]), "#000");
});
