// Which data set the chapters work on: MNIST, which is fetched in parts, a file, the digits of this
// visit, or those of the class.

import { counted, grouped } from "../../../browser/counts.js";
import { JOINT, KIND as CLASS } from "../../../browser/data_set/class_set.js";
import { countOf } from "../../../browser/data_set/data_set.js";
import { dataSets } from "../../../browser/data_set/data_sets.js";
import { KIND as MNIST, countOf as countOfPart } from "../../../browser/data_set/mnist.js";
import { mnistSource } from "../../../browser/data_set/mnist_source.js";
import { KIND as VISIT } from "../../../browser/data_set/visit.js";
import { find, write } from "../../../browser/elements.js";
import { endInstance, instanceFor } from "../../../browser/instances.js";
import { openButton } from "../../../browser/third_party_dom.js";
import { createChoice } from "../choice.js";
import { createKeepDigits } from "../keep/keep_digits.js";
import { createClassPanel } from "./class_panel.js";

/**
 * @typedef {import("../../../browser/data_set/data_set.js").DataSet} DataSet
 * @typedef {import("../../../browser/data_set/mnist.js").Part} Part
 *
 * @typedef {object} Sources
 * @property {Part[]} parts Those of MNIST; none where the server does not have it.
 * @property {boolean} isMnistWanted Whether the address asks for MNIST.
 * @property {boolean} isMnistLoading Whether the server will soon have more to tell.
 *
 * @typedef {(name: string, value: unknown) => void} SetTrigger
 *
 * @typedef {Sources & import("../keep/keep_digits.js").Keepable} Data
 */

const FILE = "file";
const OPTIONS = [
  { value: MNIST, title: "MNIST" },
  { value: FILE, title: "A file of yours" },
  { value: VISIT, title: "Digits of this visit" },
  { value: CLASS, title: "Our class" },
];

const ABOUT = {
  [MNIST]:
    "MNIST is not in this browser yet. It comes from this page's server, in parts; the first is enough " +
    "for everything below.",
  [FILE]:
    "No file is open. Open one with pictures of 28 × 28: CSV, NPY or NPZ, up to 150 MB. This browser " +
    "reads it; nothing is sent to the server.",
  [VISIT]:
    "Nothing is kept yet. Draw a digit and press what it is meant to be, or choose one of these " +
    "buttons and press a key from 0 to 9. What you keep stays in this tab.",
  [CLASS]: "Nothing is taken from a class yet.",
};

/** So many bytes a digit of MNIST takes on its way, compressed. */
const BYTES_EACH = 164;

/** So long after an answer the server is asked how much of MNIST it has. */
const AGAIN_MS = 400;

const FAILED = "MNIST did not come whole: the connection may be lost. Try again.";

/**
 * The source that was shown last, and the kind of the set that was chosen then: while the server gets
 * MNIST, Streamlit makes the component anew, which must not take the person's choice away.
 * @type {{kind: string, chosen: string | undefined} | null}
 */
let last = null;

/** @param {{data: Data, parentElement: ShadowRoot, setTriggerValue: SetTrigger}} component */
export default function show({ data, parentElement, setTriggerValue }) {
  const sources = instanceFor(parentElement, createSources);
  sources.askAgain = () => setTriggerValue("again", true);
  sources.set(data);
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
  // What is kept or thrown away here is what one wants to see.
  const keep = createKeepDigits(find(root, ".panel.visit", HTMLElement), () => choose(VISIT));
  const ofClass = createClassPanel(find(root, ".panel.class", HTMLElement), () => {
    choose(CLASS);
    find(root, ".kinds input:checked", HTMLInputElement).focus();
  });
  const choice = createChoice(find(root, ".kinds", HTMLFieldSetElement), choose);
  /** @type {ReadonlyMap<string, DataSet>} */ let sets = new Map();
  /** @type {Part[]} */ let parts = [];
  /** Which source is shown; its set need not be there yet. */ let kind = last?.kind ?? MNIST;
  /** The set that the chapters work on. @type {DataSet | null} */ let chosen = null;
  let chosenKind = last?.chosen;
  let isFetching = false;
  let isFirstData = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;

  first.addEventListener("click", () => mnistSource.fetchFirst(parts));
  all.addEventListener("click", () => mnistSource.fetchAll(parts));
  stop.addEventListener("click", () => mnistSource.stop());
  find(root, ".open", HTMLElement).addEventListener("click", () => openButton()?.click());

  /** @param {string} wanted */
  function choose(wanted) {
    kind = wanted;
    dataSets.choose(kind);
    render();
  }

  /** @returns {string} */
  function tellAbout() {
    const set = sourceOf(chosen?.kind) === kind ? chosen : sets.get(kind);
    if (set) return told(set);
    const other = chosen ? `Until then, everything below shows ${chosen.name}.` : "";
    return `${ABOUT[/** @type {keyof typeof ABOUT} */ (kind)]} ${other}`.trim();
  }

  function render() {
    last = { kind, chosen: chosenKind };
    choice.show(OPTIONS, kind);
    for (const { value } of OPTIONS) find(root, `.panel.${value}`, HTMLElement).hidden = value !== kind;
    write(about, tellAbout());
    const count = parts.reduce((sum, part) => sum + countOfPart(part), 0);
    const there = sets.get(MNIST);
    first.hidden = isFetching || there !== undefined || parts.length === 0;
    all.hidden = isFetching || !there || countOf(there) >= count;
    stop.hidden = progress.hidden = !isFetching;
    const megabytes = Math.max(Math.round((mnistSource.missing(parts) * BYTES_EACH) / 1e6), 1);
    if (parts.length > 0) write(first, `Fetch ${grouped(countOfPart(parts[0]))} digits (1 MB)`);
    write(all, `Fetch all ${grouped(count)} (about ${megabytes} MB more)`);
  }

  const stopHearing = dataSets.subscribe(({ all: present, chosen: now }) => {
    sets = present;
    // Another set that comes or goes does not take away the source that the person looks at.
    if (now && now.kind !== chosenKind) kind = sourceOf(now.kind) ?? kind;
    chosen = now;
    chosenKind = now?.kind;
    render();
  });
  const stopFollowing = mnistSource.subscribe(({ share, hasFailed }) => {
    isFetching = share !== null;
    progress.value = share ?? 0;
    write(problem, hasFailed ? FAILED : "");
    render();
  });

  const instance = {
    askAgain: () => {},

    /** @param {Data} data */
    set(data) {
      clearTimeout(timer);
      if (data.isMnistLoading) timer = setTimeout(() => instance.askAgain(), AGAIN_MS);
      // Addresses stay true; a message from before the server had MNIST may come after them.
      if (data.parts.length > 0) parts = data.parts;
      keep.set(data);
      if (data.isMnistWanted && isFirstData) choose(MNIST);
      isFirstData = false;
      render();
    },

    end() {
      clearTimeout(timer);
      stopHearing();
      stopFollowing();
      keep.end();
      ofClass.end();
    },
  };
  return instance;
}

/** @param {string | undefined} kind @returns {string | undefined} The source at which a set is shown. */
function sourceOf(kind) {
  return kind === JOINT ? CLASS : kind;
}

/** @param {DataSet} set @returns {string} */
function told(set) {
  return `${set.name}: ${counted(countOf(set), "picture")}, ${set.source}.`;
}
