// Train on the set of a class: who is held out, what is said of it, and what is tried on another set.

import assert from "node:assert/strict";
import { test } from "node:test";

import { createRandom } from "../../../../../pixelviz/page/browser/training/random.js";
import { check, countsOf, hasWriters, leftOutOf } from "../../../../../pixelviz/page/lesson/train/held_writers.js";
import { splitText } from "../../../../../pixelviz/page/lesson/train/learned_from.js";
import { startOf, trialsFor, tryInSlices } from "../../../../../pixelviz/page/lesson/train/trial.js";
import { bands } from "../../browser/training/pictures.js";

/** @param {number[]} counts By writer, how many pictures each has written; the devices are 3, 6, 9, ... */
function setOf(counts) {
  const writers = counts.map((_, place) => ({ device: 3 * (place + 1), name: `blue ${place}`, css: "blue" }));
  const writtenBy = Uint16Array.from(counts.flatMap((count, place) => Array(count).fill(place)));
  const base = { kind: "class", name: "Our class", source: "", trainingCount: writtenBy.length };
  return { ...base, ...bands(writtenBy.length), writers, writtenBy };
}

const BY_CHANCE = { isByWriters: true, devices: [] };

test("chance holds out about a sixth, the same each time, and never nobody or all", () => {
  for (const counts of [[1, 1], [50, 1], [1, 50], [9, 3, 4], Array(24).fill(13), [200, ...Array(99).fill(1)]]) {
    const set = setOf(counts);
    const places = leftOutOf(set, BY_CHANCE) ?? [];
    assert.ok(places.length > 0 && places.length < counts.length, String(counts));
    assert.deepEqual(leftOutOf(set, BY_CHANCE), places);
    const before = places.slice(0, -1).map((place) => counts[place]);
    if (counts.length === 24) {
      const held = places.reduce((sum, place) => sum + counts[place], 0);
      assert.ok(held >= set.trainingCount / 6 && before.length * 13 < set.trainingCount / 6, String(held));
    }
  }
  const [few, more] = [Array(24).fill(10), Array(25).fill(10)].map((counts) => leftOutOf(setOf(counts), BY_CHANCE) ?? []);
  assert.ok(few.filter((place) => !more.includes(place)).length <= 1); // hardly others with one writer more
  assert.deepEqual(countsOf(setOf([4, 2])), [4, 2]);
});

test("chosen writers are held out as long as the set has them, and not all of them", () => {
  const set = setOf([4, 2, 3]);
  assert.deepEqual(leftOutOf(set, { isByWriters: true, devices: [9, 3, 77] }), [0, 2]);
  for (const devices of [[77], [3, 6, 9]]) {
    assert.deepEqual(leftOutOf(set, { isByWriters: true, devices }), leftOutOf(set, BY_CHANCE));
  }
  assert.equal(leftOutOf(set, { isByWriters: false, devices: [3] }), null);
  assert.equal(leftOutOf(setOf([4]), BY_CHANCE), null);
  assert.ok(!hasWriters(setOf([4])) && !hasWriters({ ...set, writers: undefined }) && hasWriters(set));
});

test("what was kept is taken back only if it can be chosen", () => {
  assert.deepEqual(check({ isByWriters: true, devices: [3, 17], more: 1 }), { isByWriters: true, devices: [3, 17] });
  for (const odd of [null, 7, {}, { isByWriters: 1, devices: [] }, { isByWriters: true, devices: [-1] }, { isByWriters: true, devices: Array(151).fill(1) }]) {
    assert.equal(check(odd), null, JSON.stringify(odd));
  }
});

test("it names the writers who are held out, and counts their pictures", () => {
  const split = { training: 249, heldOut: 51, isTestSet: false };
  const writers = [{ name: "blue fox", count: 12 }, { name: "red owl", count: 39 }];
  assert.equal(
    splitText(split, 249, { writers, isTestSetUnused: false }),
    "all 249 pictures; 51 others are held out, all those by blue fox (12) and red owl (39).",
  );
  const many = Array.from({ length: 9 }, (_, at) => ({ name: `n${at}`, count: 1 }));
  assert.match(
    splitText({ ...split, heldOut: 1 }, 10, { writers: many, isTestSetUnused: true }),
    /^10 of 249 pictures; 1 other is held out, .* n0 \(1\), .*, n4 \(1\) and 4 others\. MNIST's test set is not used\.$/,
  );
  assert.match(splitText(split, 249, { writers: [], isTestSetUnused: false }), /about a sixth/);
});

test("what is learned is tried only on sets that have no picture of it", () => {
  const [mnist, visit, file] = ["mnist", "visit", "file"].map((kind) => ({ ...setOf([3]), kind }));
  const ofClass = setOf([3]);
  const both = { ...ofClass, kind: "class-and-mnist" };
  const all = [mnist, visit, { ...file, targets: null }, ofClass, both];
  const kindsFor = (/** @type {typeof ofClass} */ learned) => trialsFor(all, learned).map(({ kind }) => kind);
  assert.deepEqual(kindsFor(ofClass), ["mnist"]);
  assert.deepEqual(kindsFor(mnist), ["class"]);
  assert.deepEqual(kindsFor(both), ["mnist"]); // its test set, which is not learned from
  assert.deepEqual(kindsFor({ ...ofClass, kind: "samples" }), ["mnist", "class"]);
});

test("a trial counts the right answers, in slices, of the test set where there is one", () => {
  const random = createRandom(3);
  const kernel = Float32Array.from({ length: 7840 }, () => random() - 0.5);
  const network = { layers: [{ kernel, bias: new Float32Array(10) }], scale: 1 / 255, order: null };
  const set = setOf([60, 40]);
  const rights = Array.from({ length: 100 }, (_, number) => {
    const sums = Array.from({ length: 10 }, (_each, digit) => {
      let sum = 0;
      for (let pixel = 0; pixel < 784; pixel += 1) sum += (set.grids[784 * number + pixel] / 255) * kernel[10 * pixel + digit];
      return sum;
    });
    return sums.indexOf(Math.max(...sums)) === set.targets[number];
  });
  for (const trainingCount of [100, 70]) {
    const start = startOf({ ...set, trainingCount });
    assert.equal(start, trainingCount === 100 ? 0 : 70);
    const trying = tryInSlices(network, { ...set, trainingCount }, 10);
    let [slices, step] = [0, trying.next()];
    for (; !step.done; step = trying.next()) slices += 1;
    assert.deepEqual(step.value, { right: rights.slice(start).filter(Boolean).length, count: 100 - start });
    assert.equal(slices, (100 - start) / 10 - 1);
  }
});
