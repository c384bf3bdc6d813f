// The Worker that computes the networks' answers, so that the pen never waits for them.
// network_client.js starts it and says what the messages are.

import { LENGTH, PIXEL_MAX } from "../arrays.js";
import { later } from "../later.js";
import { logitsOf, outputsOf } from "./network.js";
import { read } from "./network_file.js";
import { createQuestionQueue } from "./question_queue.js";

/** @typedef {import("./network.js").Network} Network */
/** @typedef {import("../arrays.js").Vector} Vector */

/** A browser translates code that has run a few times into faster code. So often a network runs first. */
const WARM_UPS = 5;

/** So many of many pictures are answered in one message, and before the next question is heard. */
const TOGETHER = 8;

/** A picture of which every pixel has ink, so that nothing is left out. */
const INK = Uint8Array.from({ length: LENGTH }, (_, index) => 1 + (index % PIXEL_MAX));

const page = /** @type {Worker} */ (/** @type {unknown} */ (self));
/** @type {Map<string, Network>} */ const networks = new Map();
const queue = createQuestionQueue(later);

page.onmessage = ({ data }) => {
  if (data.kind === "load") load(data.name, data.address, data.file);
  else queue.ask(STEPS[/** @type {keyof typeof STEPS} */ (data.kind)](data));
};

page.onmessageerror = () => {
  throw new Error("A message to the network's worker could not be read.");
};

/** @param {string} name @param {string} address @param {ArrayBuffer} file */
function load(name, address, file) {
  let network;
  try {
    network = read(file);
  } catch (error) {
    page.postMessage({ kind: "refused", address, problem: String(error) });
    return;
  }
  networks.set(name, network);
  page.postMessage({ kind: "loaded", address });
  later(() => warmUp(network, WARM_UPS));
}

/** @param {Network} network @param {number} times One after the other: a question comes between. */
function warmUp(network, times) {
  logitsOf(network, INK);
  if (times > 1) later(() => warmUp(network, times - 1));
}

/** By the kind of question, the steps that answer it. */
const STEPS = {
  /** @param {{vector: Vector, names: string[]}} question */
  ask: ({ vector, names }) =>
    names.map((name) => () => {
      const network = networks.get(name);
      if (network) page.postMessage({ kind: "logits", vector, name, logits: logitsOf(network, vector) });
    }),

  /** @param {{vector: Vector, name: string}} question */
  look: ({ vector, name }) => [
    () => {
      const network = networks.get(name);
      if (network) page.postMessage({ kind: "outputs", vector, name, outputs: outputsOf(network, vector) });
    },
  ],

  /** @param {{vectors: Vector[], names: string[], number: number}} question */
  askMany: ({ vectors, names, number }) =>
    names.flatMap((name) =>
      startsOf(vectors.length).map((start) => () => {
        const network = networks.get(name);
        if (!network) return;
        const asked = vectors.slice(start, start + TOGETHER);
        const logits = asked.map((vector) => logitsOf(network, vector));
        page.postMessage({ kind: "many", number, name, start, logits });
      }),
    ),
};

/** @param {number} count @returns {number[]} Where each group of so many begins. */
function startsOf(count) {
  return Array.from({ length: Math.ceil(count / TOGETHER) }, (_, group) => TOGETHER * group);
}
