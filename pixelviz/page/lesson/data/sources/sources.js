// Which data set the chapters work on: MNIST, which is fetched in parts, a file, or the digits of this
// visit.

import { LENGTH } from "../../../browser/arrays.js";
import { countOf } from "../../../browser/data_set/data_set.js";
import { dataSets } from "../../../browser/data_set/data_sets.js";
import { KIND as MNIST, countOf as countOfPart, createMnist } from "../../../browser/data_set/mnist.js";
import { KIND as VISIT } from "../../../browser/data_set/visit.js";
import { createDrawnGrid } from "../../../browser/drawn_grid.js";
import { find, write } from "../../../browser/elements.js";
import { endInstance, instanceFor } from "../../../browser/instances.js";
import { openButton } from "../../../browser/third_party_dom.js";
import { createChoice } from "../choice.js";
import { createKeepDigits } from "../keep_digits.js";
import { counted, grouped } from "../shares.js";

/**
 * @typedef {import("../../../browser/data_set/data_set.js").DataSet} DataSet
 * @typedef {import("../../../browser/data_set/mnist.js").Part} Part
 *
 * @typedef {object} Data
 * @property {string} pixels The grid's 784 bytes in base64.
 * @property {boolean} isExample Whether nothing is drawn, so that it is an example.
 * @property {string[]} examples The ten examples in base64, 0 to 9.
 * @property {Part[]} parts Those of MNIST; none where the server does not have it.
 * @property {boolean} isMnistWanted Whether the address asks for MNIST.
 */

const FILE = "file";
const OPTIONS = [
  { value: MNIST, title: "MNIST" },
  { value: FILE, title: "A file of yours" },
  { value: VISIT, title: "Digits of this visit" },
];

const ABOUT = {
  [MNIST]:
    "MNIST is not in this browser yet. It comes from this page's server, in parts: with the first, " +
    "everything below works.",
  [FILE]:
    "No file is open. Open one with pictures of 28 × 28: CSV, NPY or NPZ, up to 50 MB. This browser " +
    "reads it; nothing is sent to the server.",
  [VISIT]:
    "Nothing is kept yet. Draw a digit and press what it is meant to be, or choose one of these " +
    "buttons and press a key from 0 to 9. What you keep stays in this tab.",
};

/** So many bytes a digit of MNIST takes on its way, compressed. */
const BYTES_EACH = 164;

const FAILED = "MNIST did not come whole: the connection may be lost. Try again.";

/** @param {{data: Data, parentElement: ShadowRoot}} component */
export default function show({ data, parentElement }) {
  instanceFor(parentElement, createSources).set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createSources(root) {
  const about = find(root, ".about", HTMLElement);
  const problem = find(root, ".problem", HTMLElement);
  const progress = find(root, "progress", HTMLProgressElement);
  const [first, all, stop] = ["first", "all", "stop"].map((name) =>
    find(root, `.mnist .${name}`, HTMLButtonElement),
  );
  const keep = createKeepDigits(find(root, ".panel.visit", HTMLElement));
  const choice = createChoice(find(root, ".kinds", HTMLFieldSetElement), choose);
  /** @type {ReadonlyMap<string, DataSet>} */ let sets = new Map();
  /** @type {Part[]} */ let parts = [];
  /** Which source is shown; its set need not be there yet. */ let kind = MNIST;
  /** @type {import("../../../browser/arrays.js").Vector} */ let vector = new Uint8Array(LENGTH);
  let isExample = true;
  let isFirstData = true;

  const mnist = createMnist({
    onProgress(share) {
      progress.value = share;
    },
    onSet(set) {
      dataSets.put(set);
      dataSets.choose(MNIST);
    },
    onFailure(error) {
      console.warn(error);
      write(problem, FAILED);
    },
  });

  /** @param {Promise<void>} fetching */
  async function fetchParts(fetching) {
    write(problem, "");
    progress.value = 0;
    render();
    await fetching;
    render();
  }

  first.addEventListener("click", () => fetchParts(mnist.fetchFirst(parts)));
  all.addEventListener("click", () => fetchParts(mnist.fetchAll(parts)));
  stop.addEventListener("click", () => {
    mnist.stop();
    render();
  });
  find(root, ".open", HTMLElement).addEventListener("click", () => openButton()?.click());

  /** @param {string} chosen */
  function choose(chosen) {
    kind = chosen;
    dataSets.choose(kind);
    render();
  }

  function render() {
    choice.show(OPTIONS, kind);
    for (const { value } of OPTIONS) find(root, `.panel.${value}`, HTMLElement).hidden = value !== kind;
    const set = sets.get(kind);
    write(about, set ? told(set) : ABOUT[/** @type {keyof typeof ABOUT} */ (kind)]);
    const count = parts.reduce((sum, part) => sum + countOfPart(part), 0);
    const there = sets.get(MNIST);
    const isFetching = mnist.isFetching;
    first.hidden = isFetching || there !== undefined || parts.length === 0;
    all.hidden = isFetching || !there || countOf(there) >= count;
    stop.hidden = progress.hidden = !isFetching;
    const missing = there ? count - countOf(there) : count;
    const megabytes = Math.round((missing * BYTES_EACH) / 1e6);
    if (parts.length > 0) write(first, `Fetch ${grouped(countOfPart(parts[0]))} digits (1 MB)`);
    write(all, `Fetch all ${grouped(count)} (about ${megabytes} MB more)`);
  }

  const stopHearing = dataSets.subscribe(({ all: present, chosen }) => {
    sets = present;
    if (chosen) kind = chosen.kind;
    render();
  });
  const grid = createDrawnGrid((next, isDrawing) => {
    vector = next;
    if (isDrawing) isExample = false;
    keep.follow(vector, !isExample);
  });

  return {
    /** @param {Data} data */
    set(data) {
      parts = data.parts;
      isExample = data.isExample;
      keep.offer(data.examples);
      grid.receive(data.pixels);
      keep.follow(vector, !isExample);
      if (data.isMnistWanted && isFirstData) choose(MNIST);
      isFirstData = false;
      render();
    },

    end() {
      mnist.stop();
      stopHearing();
      grid.end();
    },
  };
}

/** @param {DataSet} set @returns {string} */
function told(set) {
  return `${set.name}: ${counted(countOf(set), "picture")}, ${set.source}.`;
}
