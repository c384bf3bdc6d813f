// The Worker in which the models read a whole data set. evaluator.js starts it and says what the
// messages are.

import { later } from "../../../browser/later.js";
import { read } from "../../../browser/network/network_file.js";
import { readSome } from "./reader.js";

/** @typedef {import("./parts.js").Range} Range */

/** So often it tells what it has read, and hears whether it is to stop. */
const PART_MS = 50;

const page = /** @type {Worker} */ (/** @type {unknown} */ (self));
/** @type {Map<string, import("../../../browser/network/network.js").Network>} */
const networks = new Map();
/** @type {Uint8Array} */ let grids = new Uint8Array();
/** @type {{name: string, range: Range, number: number} | null} */ let job = null;
let isWaiting = false;

page.onmessage = ({ data }) => HEAR[/** @type {keyof typeof HEAR} */ (data.kind)](data);

page.onmessageerror = () => {
  throw new Error("A message to the worker of the evaluation could not be read.");
};

const HEAR = {
  /** @param {{name: string, file: ArrayBuffer}} message */
  load({ name, file }) {
    try {
      networks.set(name, read(file));
      page.postMessage({ kind: "loaded", name });
    } catch (error) {
      page.postMessage({ kind: "refused", name, problem: String(error) });
    }
  },

  /** @param {{grids: Uint8Array}} message */
  set(message) {
    job = null;
    grids = message.grids;
  },

  /** @param {{name: string, range: Range, number: number}} question */
  read(question) {
    job = question;
    goOnLater();
  },

  stop() {
    job = null;
  },
};

function goOnLater() {
  if (isWaiting || !job) return;
  isWaiting = true;
  later(goOn);
}

function goOn() {
  isWaiting = false;
  const network = job && networks.get(job.name);
  if (!job || !network) return;
  const { name, range, number } = job;
  const until = performance.now() + PART_MS;
  const answers = readSome(network, grids, range, () => performance.now() >= until);
  const start = range.start;
  const next = start + answers.digits.length;
  job = next < range.end ? { name, number, range: { start: next, end: range.end } } : null;
  page.postMessage({ kind: "answers", name, number, start, answers, isLast: job === null });
  goOnLater();
}
