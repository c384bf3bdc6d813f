import assert from "node:assert/strict";
import test from "node:test";

import { distance, meansInSlices } from "../../../../../pixelviz/page/lesson/data/means/mean_images.js";
import {
  nearest,
  squaredNorms,
} from "../../../../../pixelviz/page/lesson/data/neighbours/nearest.js";
import { expected } from "../../expected.js";

const { labelled } = expected;
const grids = Uint8Array.from(labelled.pictures.flat());
const set = {
  kind: "file",
  name: "",
  source: "",
  grids,
  targets: Uint8Array.from(labelled.targets),
  trainingCount: labelled.trainingCount,
};
/** @param {typeof set} all @returns {import("../../../../../pixelviz/page/lesson/data/means/mean_images.js").Means} */
const meansOf = (all) => /** @type {any} */ (meansInSlices(all, Infinity).next().value);

const drawn = Uint8Array.from(labelled.drawn);

test("the mean images and the counts are numpy's", () => {
  const { training, test: held, images } = meansOf(set);
  assert.deepEqual(training, labelled.training);
  assert.deepEqual(held, labelled.test);
  assert.equal(images[8], null);
  const there = images.filter((image) => image !== null);
  assert.equal(there.length, labelled.means.length);
  there.forEach((image, at) => {
    image.forEach((value, index) => assert.ok(Math.abs(value - labelled.means[at][index]) < 1e-9));
  });
  assert.ok(Math.abs(distance(drawn, labelled.means[0]) - labelled.distance) < 1e-9);
});

test("added up in slices they are the same, and nobody waits for all of them", () => {
  const slices = [...meansInSlices(set, 7)].length;
  assert.equal(slices, Math.ceil(labelled.targets.length / 7) - 1);
  const counting = meansInSlices(set, 7);
  let step = counting.next();
  while (!step.done) step = counting.next();
  assert.deepEqual(step.value, meansOf(set));
});

test("the nearest neighbours and their distances are exactly numpy's, and in its order", () => {
  const found = nearest(drawn, grids, squaredNorms(grids), 10);
  assert.deepEqual(found.map(({ number }) => number), labelled.nearest);
  assert.deepEqual(found.map(({ squared }) => squared), labelled.squared);
});

test("of few pictures all are neighbours", () => {
  const few = grids.subarray(0, 3 * drawn.length);
  assert.equal(nearest(drawn, few, squaredNorms(few), 10).length, 3);
  assert.equal(nearest(drawn, new Uint8Array(), new Float64Array(), 10).length, 0);
});
