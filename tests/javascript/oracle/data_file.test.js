// Files of pictures are read as numpy has written them; test_data_file.py writes them and what is in them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { openDataFile } from "../../../pixelviz/page/browser/data_file/data_file.js";
import {
  csvOf,
  npyOf,
  singlePictureFile,
} from "../../../pixelviz/page/browser/data_file/single_picture.js";

/**
 * @typedef {object} Expected
 * @property {string | null} grids In base64; null where the file is refused.
 * @property {number[] | null} targets
 * @property {number | null} trainingCount
 * @property {string[]} answers Which option is chosen, by a part of its title.
 * @property {string[]} says
 */

const folder = process.env.PIXELVIZ_DATA_FILES ?? "";
if (!folder) throw new Error("Run this test with: pytest tests/javascript/test_data_file.py");

const LENGTH = 784;

/** @type {Record<string, Expected>} */
const files = JSON.parse(readFileSync(join(folder, "expected.json"), "utf-8"));

for (const [name, expected] of Object.entries(files)) {
  test(name, async () => {
    const blob = new Blob([readFileSync(join(folder, name))]);
    let outcome = await openDataFile(blob);
    for (const answer of expected.answers) {
      assert.equal(outcome.kind, "question", JSON.stringify(outcome));
      if (outcome.kind !== "question") return;
      const option = outcome.options.findIndex(({ title }) => title.includes(answer));
      assert.ok(option >= 0, outcome.options.map(({ title }) => title).join("\n"));
      const shown = outcome.options[option].grids;
      outcome = await /** @type {any} */ (outcome).answer(option);
      if (outcome.kind === "set" && !outcome.notes.join().includes("Inverted")) {
        assert.deepEqual(outcome.grids.subarray(0, shown.length), shown);
      }
    }
    const said =
      "sentence" in outcome
        ? outcome.sentence
        : "text" in outcome
          ? outcome.text
          : [outcome.title, ...outcome.notes].join(" ");
    if (expected.grids === null) {
      assert.equal(outcome.kind, "refusal", said);
    } else if (outcome.kind !== "set" && outcome.kind !== "one") {
      assert.fail(`${outcome.kind}: ${said}`);
    } else {
      const grids = Uint8Array.from(Buffer.from(expected.grids, "base64"));
      const count = grids.length / LENGTH;
      assert.equal(outcome.kind, count === 1 ? "one" : "set", said);
      assert.equal(outcome.grids.length, grids.length, said);
      const differing = grids.findIndex((value, at) => value !== outcome.grids[at]);
      assert.equal(
        differing,
        -1,
        `value ${differing}: ${grids[differing]}, ${outcome.grids[differing]}; ${said}`,
      );
      assert.deepEqual(outcome.targets && [...outcome.targets], expected.targets, said);
      if (outcome.kind === "set") {
        assert.equal(outcome.trainingCount, expected.trainingCount ?? count);
      }
    }
    for (const words of expected.says) {
      assert.ok(said.includes(words), `${words} is not in: ${said}`);
    }
  });
}

test("a single picture is written as the server writes it", async () => {
  const single = JSON.parse(readFileSync(join(folder, "single.json"), "utf-8"));
  const vector = Uint8Array.from(single.values);
  assert.deepEqual([csvOf(vector, null), csvOf(vector, 7)], single.csv);
  assert.deepEqual([...npyOf(vector)], single.npy);
  const names = ["a.npy", "a.csv.gz", "b.txt", "a.npz"].map(
    (name) => singlePictureFile(vector, null, name).name,
  );
  assert.deepEqual(names, ["a.npy", "a.csv", "b.csv", "a.csv"]);
  assert.equal(singlePictureFile(vector, 7, "a.npy").name, "a.csv");
  assert.equal(await singlePictureFile(vector, 7, "a.csv").text(), single.csv[1]);
});
