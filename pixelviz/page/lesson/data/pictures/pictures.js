// Any picture of the chosen data set: by its number, at random, or on a wall of them all.

import { counted, grouped } from "../../../browser/counts.js";
import { countOf, meaningOf, pictureOf, writerOf } from "../../../browser/data_set/data_set.js";
import { dataSets } from "../../../browser/data_set/data_sets.js";
import { KIND as VISIT, visit } from "../../../browser/data_set/visit.js";
import { find, write } from "../../../browser/elements.js";
import { endInstance, instanceFor } from "../../../browser/instances.js";
import { createPainter } from "../../../browser/painter.js";
import { createChoice } from "../choice.js";
import { chosenPicture } from "../chosen_picture.js";
import { placePicture } from "../place_picture.js";
import { showWriter } from "../written.js";
import { createWall } from "./wall.js";

/**
 * @typedef {import("../../../browser/arrays.js").Vector} Vector
 * @typedef {import("../../../browser/data_set/data_set.js").DataSet} DataSet
 */

const NO_SET = "There is no data set here yet: get one above, and its pictures appear here.";
const ALL = "";
const DIGITS = [...Array(10).keys()];

/**
 * @param {{parentElement: ShadowRoot, setTriggerValue: import("../place_picture.js").SetTrigger}}
 *   component
 */
export default function show({ parentElement, setTriggerValue }) {
  const pictures = instanceFor(parentElement, createPictures);
  pictures.onPlace = (vector) => placePicture(setTriggerValue, vector);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createPictures(root) {
  const body = find(root, ".body", HTMLElement);
  const none = find(root, ".none", HTMLElement);
  const caption = find(root, ".caption", HTMLElement);
  const under = find(root, ".under", HTMLElement);
  const announcement = find(root, ".announcement", HTMLElement);
  const field = find(root, ".number", HTMLInputElement);
  const remove = find(root, ".remove", HTMLButtonElement);
  const paint = createPainter(find(root, ".large", HTMLCanvasElement));
  const choice = createChoice(find(root, ".digits", HTMLFieldSetElement), (value) => filter(value));
  const wall = createWall(find(root, ".wall", HTMLElement), {
    onChoose: (at) => choose(numbers[at]),
    onPoint: (at) => write(under, at === null ? toldAll() : captionOf(numbers[at])),
  });
  const instance = { end, onPlace: (/** @type {Vector} */ _vector) => {} };
  /** @type {DataSet | null} */ let set = null;
  /** Those on the wall, in their order. @type {number[] | Uint32Array} */ let numbers = [];
  let only = ALL;
  let number = 0;

  /** @param {string} digit The only one that is to be on the wall, or "" for all. */
  function filter(digit) {
    if (!set) return;
    only = digit;
    const { targets } = set;
    const all = Uint32Array.from({ length: countOf(set) }, (_, at) => at);
    numbers = only === ALL || !targets ? all : all.filter((at) => targets[at] === Number(only));
    choice.show(options(set), only);
    const of = set;
    wall.show(numbers.length, (at) => pictureOf(of, numbers[at]));
    choose(numbers.includes(number) ? number : (numbers[0] ?? 0));
    write(under, toldAll());
  }

  /** @param {number} next */
  function choose(next) {
    if (!set) return;
    number = next;
    paint(pictureOf(set, number));
    write(caption, captionOf(number));
    showWriter(caption, set, number);
    write(announcement, captionOf(number));
    field.value = String(number);
    const at = numbers.indexOf(number);
    if (at >= 0) wall.choose(at);
    chosenPicture.publish({ set, number });
  }

  /** @param {number} of @returns {string} */
  function captionOf(of) {
    if (!set) return "";
    const isSplit = set.trainingCount < countOf(set) && !writerOf(set, of);
    const part = of < set.trainingCount ? "training set" : "test set";
    const meaning = meaningOf(set, of);
    return `Number ${grouped(of)}${meaning && ": "}${meaning}${isSplit ? `, ${part}` : ""}`;
  }

  /** @returns {string} */
  function toldAll() {
    return `${counted(numbers.length, "picture")}. Click one to see it large; then the wall can be scrolled.`;
  }

  field.addEventListener("change", () => {
    const last = set ? countOf(set) - 1 : 0;
    const wanted = Math.round(field.valueAsNumber);
    const next = Number.isFinite(wanted) ? Math.min(Math.max(wanted, 0), last) : number;
    if (!numbers.includes(next)) filter(ALL);
    choose(next);
  });
  find(root, ".next", HTMLElement).addEventListener("click", () => {
    choose(numbers[(numbers.indexOf(number) + 1) % numbers.length]);
  });
  find(root, ".random", HTMLElement).addEventListener("click", () => {
    choose(numbers[Math.floor(Math.random() * numbers.length)]);
  });
  find(root, ".place", HTMLElement).addEventListener("click", () => {
    if (set) instance.onPlace(pictureOf(set, number));
  });
  remove.addEventListener("click", () => visit.remove(number));

  const stopHearing = dataSets.subscribe(({ chosen }) => {
    const isOther = chosen?.kind !== set?.kind;
    set = chosen;
    body.hidden = set === null;
    none.hidden = set !== null;
    write(none, NO_SET);
    if (!set) return;
    remove.hidden = set.kind !== VISIT;
    field.max = String(countOf(set) - 1);
    find(root, ".digits", HTMLElement).hidden = set.targets === null;
    // What has just been kept is shown.
    if (isOther || number >= countOf(set)) number = 0;
    if (set.kind === VISIT && !isOther) number = countOf(set) - 1;
    filter(isOther || !isThere(set, only) ? ALL : only);
  });

  function end() {
    stopHearing();
    wall.end();
  }

  return instance;
}

/** @param {DataSet} set @param {string} digit @returns {boolean} Whether it has pictures of that digit. */
function isThere({ targets }, digit) {
  return digit === ALL || (targets?.includes(Number(digit)) ?? false);
}

/** @param {DataSet} set */
function options(set) {
  const there = DIGITS.filter((digit) => isThere(set, String(digit)));
  return [ALL, ...there.map(String)].map((value) => ({ value, title: value || "all" }));
}
