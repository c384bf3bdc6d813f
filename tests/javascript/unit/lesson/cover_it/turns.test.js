import assert from "node:assert/strict";
import { test } from "node:test";

import { createTurns } from "../../../../../pixelviz/page/lesson/cover_it/turns.js";
import { createFakeNetworks } from "./fake_networks.js";

/** @param {number} value @returns {Uint8Array} */
const grid = (value) => Uint8Array.from({ length: 784 }, () => value);

function build() {
  const networks = createFakeNetworks((name, vector) => [name.length, vector[0]], 2);
  const turns = createTurns(networks.askMany);
  /** @type {string[]} */ const told = [];
  /** @param {string} what @param {number[]} values @param {string[]} [names] */
  const question = (what, values, names = ["a", "bb"]) => ({
    vectors: values.map(grid),
    names,
    /** @param {string} name @param {number} start @param {Float32Array[]} logits */
    hear(name, start, logits) {
      told.push(`${what} ${name} ${start}: ${logits.map(([, value]) => value)}`);
    },
    done: () => void told.push(`${what} done`),
  });
  /** @param {number} [count] */
  const answer = (count = Infinity) => {
    for (let at = 0; at < count; at += 1) {
      const part = networks.nextPart();
      if (!part) return;
      turns.receive(part);
    }
  };
  return { networks, turns, told, question, answer };
}

test("one question is asked after the other, the most urgent first", () => {
  const { networks, turns, told, question, answer } = build();
  turns.ask(1, question("map", [1, 2, 3]));
  turns.ask(1, question("other map", [4]));
  turns.ask(0, question("here", [5]));
  assert.equal(networks.asked.length, 1); // the others would end it
  answer();
  assert.deepEqual(told, [
    "map a 0: 1,2", "map a 2: 3", "map bb 0: 1,2", "map bb 2: 3", "map done",
    "here a 0: 5", "here bb 0: 5", "here done",
    "other map a 0: 4", "other map bb 0: 4", "other map done",
  ]);
});

test("of questions that are as urgent, the newest is asked", () => {
  const { networks, turns, told, question, answer } = build();
  for (const value of [1, 2, 3]) turns.ask(0, question(`${value}`, [value], ["a"]));
  answer();
  assert.deepEqual(told, ["1 a 0: 1", "1 done", "3 a 0: 3", "3 done"]);
  turns.ask(1, question("no grid", []));
  turns.ask(1, question("no model", [1], []));
  assert.equal(networks.asked.length, 2);
});

test("what is withdrawn is not asked, and what is cancelled not heard", () => {
  const { networks, turns, told, question, answer } = build();
  turns.ask(0, question("first", [1, 2, 3], ["a"]));
  turns.ask(1, question("second", [4], ["a"]));
  turns.withdraw(1);
  answer(1);
  const late = networks.nextPart();
  turns.cancel();
  assert.deepEqual(networks.asked.at(-1)?.vectors, []); // so that the Worker stops
  if (late) turns.receive(late);
  assert.deepEqual(told, ["first a 0: 1,2"]);
  turns.ask(0, question("third", [5], ["a"]));
  answer();
  assert.deepEqual(told.slice(1), ["third a 0: 5", "third done"]);
});
