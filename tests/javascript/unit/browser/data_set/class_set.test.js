import assert from "node:assert/strict";
import test from "node:test";

import { createClassSet, joined, setOf } from "../../../../../pixelviz/page/browser/data_set/class_set.js";
import { countOf, meaningOf, pictureOf, whoseIs, writerOf } from "../../../../../pixelviz/page/browser/data_set/data_set.js";
import { createDataSets } from "../../../../../pixelviz/page/browser/data_set/data_sets.js";
import { partsOf } from "../../../../../pixelviz/page/lesson/data/evaluation/parts.js";
import { nearest, squaredNorms } from "../../../../../pixelviz/page/lesson/data/neighbours/nearest.js";
import { expected } from "../../expected.js";

/**
 * @typedef {import("../../../../../pixelviz/page/browser/data_set/class_set.js").Class} Class
 * @typedef {import("../../../../../pixelviz/page/browser/data_set/class_set.js").ClassNow} ClassNow
 * @typedef {import("../../../../../pixelviz/page/browser/data_set/data_sets.js").DataSets} DataSets
 */

const { labelled } = expected;
const TIME = new Date(2030, 0, 2, 8, 5);
const MARKS = new Map(
  [[4, "red", "owl"], [9, "blue", "fox"], [12, "green", "cat"]].map(([device, colour, animal]) => [
    Number(device),
    { device: Number(device), colour: String(colour), animal: String(animal), css: `${colour}ish`, count: 0 },
  ]),
);

/** A class that has given some of the labelled pictures. @param {number[]} numbers @returns {Class} */
function classOf(numbers) {
  const digits = numbers.map((number) => ({
    number,
    device: [9, 4, 9][number % 3],
    label: labelled.targets[number],
    vector: Uint8Array.from(labelled.pictures[number]),
    at: 0,
  }));
  return { code: "KRTWMXBD", digits, devices: MARKS, isKnown: true };
}

/** @param {number} start @param {number} end @param {number} trainingCount */
function mnistOf(start, end, trainingCount) {
  return {
    kind: "mnist",
    name: "MNIST",
    source: "",
    grids: Uint8Array.from(labelled.pictures.slice(start, end).flat()),
    targets: Uint8Array.from(labelled.targets.slice(start, end)),
    trainingCount,
  };
}

function page() {
  /** @type {(state: Class | null) => void} */ let tell = () => {};
  const sets = createDataSets();
  const ofClass = createClassSet(sets, { subscribe: (receive) => (tell = receive) }, () => TIME);
  /** @type {ClassNow} */ let now = /** @type {any} */ (null);
  /** @type {DataSets} */ let present = /** @type {any} */ (null);
  ofClass.subscribe((next) => (now = next));
  sets.subscribe((next) => (present = next));
  return { sets, ofClass, tell: (/** @type {Class | null} */ state) => tell(state), now: () => now, present: () => present };
}

test("the set has the class's digits in their order, and knows who wrote each", () => {
  const state = classOf([0, 1, 2, 3]);
  const set = setOf(state, TIME);
  assert.deepEqual([set.kind, set.name, set.trainingCount, countOf(set)], ["class", "Our class", 4, 4]);
  assert.equal(set.source, "by 2 writers, as the class was at 08:05");
  assert.deepEqual([...set.grids], labelled.pictures.slice(0, 4).flat());
  assert.deepEqual([...(set.targets ?? [])], labelled.targets.slice(0, 4));
  assert.deepEqual([0, 1, 2, 3].map((number) => writerOf(set, number)?.device), [9, 4, 9, 9]);
  assert.deepEqual(writerOf(set, 1), { device: 4, name: "red owl", css: "redish" });
  assert.equal(meaningOf(set, 0), `blue fox's ${labelled.targets[0]}`);
  state.digits[0].vector.fill(7);
  assert.deepEqual([...pictureOf(set, 0)], labelled.pictures[0]); // it is a copy
  const odd = setOf({ ...classOf([5]), devices: new Map() }, TIME);
  assert.equal(whoseIs(odd, 0), "device 9's");
});

test("pictures of other sets are nobody's", () => {
  const set = mnistOf(0, 3, 2);
  assert.deepEqual([writerOf(set, 0), whoseIs(set, 0), meaningOf(set, 1)], [null, "", `target ${labelled.targets[1]}`]);
  assert.equal(meaningOf({ ...set, targets: null }, 0), "");
});

test("together with MNIST the class comes first, and neighbours are found in both as numpy finds them", () => {
  const ofClass = setOf(classOf([0, 1, 2, 3, 4]), TIME);
  const count = labelled.targets.length;
  const both = joined(ofClass, mnistOf(5, count, 20));
  assert.deepEqual([...(both.targets ?? [])], labelled.targets);
  assert.equal(both.trainingCount, 25);
  const found = nearest(Uint8Array.from(labelled.drawn), both.grids, squaredNorms(both.grids), 10);
  assert.deepEqual(found.map(({ number }) => number), labelled.nearest);
  assert.equal(meaningOf(both, 1), `red owl's ${labelled.targets[1]}`);
  assert.deepEqual([writerOf(both, 5), meaningOf(both, 5)], [null, `MNIST's ${labelled.targets[5]}`]);
  assert.deepEqual(
    partsOf(both).map(({ name, start, end }) => [name, start, end]),
    [["class", 0, 5], ["test", 25, count], ["training", 5, 25], ["all", 0, count]],
  );
  assert.equal(partsOf(ofClass).length, 1);
});

test("a set does not change before it is taken again, and the panel knows what has come and gone", () => {
  const { ofClass, tell, now, present } = page();
  assert.deepEqual(now(), { count: null, taken: null, come: 0, gone: 0, isOver: false });
  tell({ ...classOf([]), isKnown: false });
  assert.equal(now().count, null); // nobody knows yet how many there are
  ofClass.take();
  assert.equal(present().chosen, null);
  tell(classOf([1, 2, 3]));
  assert.deepEqual(now(), { count: 3, taken: null, come: 3, gone: 0, isOver: false });
  ofClass.take();
  const first = present().chosen;
  assert.equal(first?.kind, "class");
  assert.deepEqual(now(), { count: 3, taken: 3, come: 0, gone: 0, isOver: false });
  tell(classOf([1, 3, 4, 5]));
  assert.deepEqual(now(), { count: 4, taken: 3, come: 2, gone: 1, isOver: false });
  assert.equal(present().chosen, first);
  ofClass.take();
  assert.deepEqual([...(present().chosen?.targets ?? [])], [1, 3, 4, 5].map((number) => labelled.targets[number]));
  tell(null); // the class has ended
  assert.deepEqual(now(), { count: null, taken: 4, come: 0, gone: 0, isOver: true });
  tell({ ...classOf([1]), code: "BCDFGHJK" });
  assert.deepEqual(now(), { count: 1, taken: 4, come: 1, gone: 0, isOver: true });
  ofClass.throwAway();
  assert.deepEqual([now().taken, present().all.size], [null, 0]);
});

test("both together are there only while they are looked at, and a newer class is joined too", async () => {
  const { sets, ofClass, tell, present } = page();
  tell(classOf([0, 1]));
  ofClass.take();
  ofClass.join();
  assert.equal(present().chosen?.kind, "class"); // there is no MNIST
  sets.put(mnistOf(5, 9, 3));
  ofClass.join();
  assert.deepEqual([present().chosen?.kind, present().chosen?.grids.length], ["class-and-mnist", 6 * 784]);
  tell(classOf([0, 1, 2]));
  ofClass.take();
  assert.deepEqual([present().chosen?.kind, present().chosen?.grids.length], ["class-and-mnist", 7 * 784]);
  sets.choose("mnist");
  await Promise.resolve();
  assert.deepEqual([...present().all.keys()], ["class", "mnist"]);
  ofClass.join();
  await Promise.resolve();
  assert.equal(present().chosen?.kind, "class-and-mnist");
  ofClass.throwAway();
  assert.deepEqual([...present().all.keys()], ["mnist"]);
  assert.equal(present().chosen?.kind, "mnist");
});
