// Reads files of pictures, and says how long that took and how much memory it needed at most.
// tests/benchmarks/data_files.py writes the files and calls it, with one path.

import * as fs from "node:fs";

import { openDataFile } from "../../../pixelviz/page/browser/data_file/data_file.js";

const WATCH_MS = 10;

function used() {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const { openAsBlob } = /** @type {any} */ (fs); // newer than the types
const blob = await openAsBlob(process.argv[2]);
const before = used();
let [peak, steps] = [0, 0];
const watching = setInterval(() => (peak = Math.max(peak, used() - before)), WATCH_MS);
const start = performance.now();
const outcome = await openDataFile(blob, () => (steps += 1));
const seconds = (performance.now() - start) / 1000;
clearInterval(watching);
const title = "title" in outcome ? outcome.title : outcome.kind;
console.log(JSON.stringify({ title, seconds, peak, steps }));
