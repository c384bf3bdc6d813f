import assert from "node:assert/strict";
import test from "node:test";

import { DIGIT_COLOURS } from "../../../../../pixelviz/page/lesson/data/projection/digit_colours.js";
import {
  DIRECTIONS,
  nearestTo,
  nextIn,
  onPaper,
  scaleFor,
} from "../../../../../pixelviz/page/lesson/data/projection/places.js";
import {
  componentsOf,
  coordinatesOf,
  createSums,
  evenlyChosen,
} from "../../../../../pixelviz/page/lesson/data/projection/principal_components.js";
import { eigenOf } from "../../../../../pixelviz/page/lesson/data/projection/symmetric_eigen.js";
import { expected } from "../../expected.js";

const WITHIN = 1e-6;
const { projection } = expected;
const pictures = projection.pictures.map((values) => Uint8Array.from(values));

/** @param {Uint8Array[]} some */
function componentsOfAll(some) {
  const sums = createSums();
  some.forEach(sums.add);
  return componentsOf(sums.finish());
}

/** @param {ArrayLike<number>} one @param {ArrayLike<number>} other */
function areNear(one, other) {
  assert.equal(one.length, other.length);
  for (let at = 0; at < one.length; at += 1) {
    assert.ok(Math.abs(one[at] - other[at]) < WITHIN, `${one[at]} is not ${other[at]} at ${at}`);
  }
}

test("mean, components, signs, variances and coordinates are those of numpy's SVD", () => {
  const found = componentsOfAll(pictures);
  assert.ok(found);
  areNear(found.mean, projection.mean);
  found.components.forEach((component, at) => areNear(component, projection.components[at]));
  areNear(found.variances, projection.variances);
  areNear([found.totalVariance], [projection.totalVariance]);
  pictures.forEach((picture, at) => {
    areNear(coordinatesOf(picture, found), projection.coordinates[at]);
  });
  assert.deepEqual(componentsOfAll(pictures), found);
});

test("there are no components where pictures do not vary in two directions", () => {
  const [one, two] = pictures;
  for (const some of [[one], [one, one, one], [one, two], [one, two, one, two], [one.map(() => 0)]]) {
    assert.equal(componentsOfAll(some), null);
  }
  assert.ok(componentsOfAll(pictures.slice(0, 3)));
});

test("the eigenvalues of a symmetric matrix are those of numpy, and the vectors fit", () => {
  const matrix = projection.symmetric.map((row) => Float64Array.from(row));
  const found = eigenOf(matrix);
  areNear(
    found.map(({ value }) => value),
    projection.eigenvalues,
  );
  for (const { value, vector } of found) {
    const product = matrix.map((row) => row.reduce((sum, each, at) => sum + each * vector[at], 0));
    areNear(
      product,
      vector.map((each) => value * each),
    );
  }
});

test("pictures are taken evenly, all of them where they are few", () => {
  assert.deepEqual(evenlyChosen(4, 10), [0, 1, 2, 3]);
  assert.deepEqual(evenlyChosen(10, 4), [0, 2, 5, 7]);
  const chosen = evenlyChosen(70_000, 4000);
  assert.equal(new Set(chosen).size, 4000);
  assert.ok(Math.max(...chosen) < 70_000);
  assert.deepEqual(evenlyChosen(0, 10), []);
});

test("all points are on the paper, and a step is as long across as up", () => {
  for (const aspect of [1, 1.25, 3]) {
    const coordinates = projection.coordinates.flat();
    const toPlace = scaleFor(coordinates, aspect);
    const places = projection.coordinates.map(([across, up]) => toPlace(across, up));
    for (const place of places) assert.deepEqual(onPaper(place), place);
    const [from, right, above] = [toPlace(0, 0), toPlace(1, 0), toPlace(0, 1)];
    areNear([(right.x - from.x) * aspect, right.y], [from.y - above.y, from.y]);
    assert.ok(above.y < from.y);
    const least = Math.min(...places.map(({ x, y }) => Math.min(x, y, 1 - x, 1 - y)));
    areNear([Math.min(least, 0.05)], [0.05]);
  }
  assert.deepEqual(onPaper({ x: -2, y: 7 }), { x: 0, y: 1 });
});

test("the nearest point is meant, if any is near, and the keys go on to the next one", () => {
  const places = [
    { x: 0.1, y: 0.5 },
    { x: 0.2, y: 0.52 },
    { x: 0.5, y: 0.1 },
    { x: 0.9, y: 0.9 },
  ];
  const all = () => true;
  assert.equal(nearestTo(places, { x: 0.19, y: 0.5 }, 1, 0.1, all), 1);
  assert.equal(nearestTo(places, { x: 0.19, y: 0.5 }, 1, 0.1, (at) => at !== 1), 0);
  assert.equal(nearestTo(places, { x: 0.7, y: 0.5 }, 1, 0.1, all), null);
  assert.equal(nextIn(places, places[0], DIRECTIONS.ArrowRight, 1, all), 1);
  assert.equal(nextIn(places, places[1], DIRECTIONS.ArrowLeft, 1, all), 0);
  assert.equal(nextIn(places, places[0], DIRECTIONS.ArrowLeft, 1, all), null);
  assert.equal(nextIn(places, places[1], DIRECTIONS.ArrowUp, 1, all), 2);
  assert.equal(nextIn(places, places[2], DIRECTIONS.ArrowDown, 1, all), 1);
  assert.equal(nextIn(places, places[2], DIRECTIONS.ArrowDown, 1, (at) => at === 3), 3);
});

/** @param {string} colour @returns {number[]} Red, green and blue as light, 0 to 1. */
function lightOf(colour) {
  return [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
}

/** @param {string} colour @returns {number[]} Lightness and two opponents (OKLab, B. Ottosson 2020). */
function perceived(colour) {
  const [r, g, b] = lightOf(colour);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

test("the ten colours can be told apart, and seen on black", () => {
  assert.equal(DIGIT_COLOURS.length, 10);
  DIGIT_COLOURS.forEach((colour, at) => {
    const [r, g, b] = lightOf(colour);
    assert.ok((0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05) / 0.05 >= 4.5, colour);
    for (const other of DIGIT_COLOURS.slice(at + 1)) {
      const [one, two] = [perceived(colour), perceived(other)];
      const distance = Math.hypot(...one.map((each, axis) => each - two[axis]));
      assert.ok(distance >= 0.12, `${colour} ${other} ${distance}`);
    }
  });
});
