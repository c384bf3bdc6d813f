// The arrays of an NPZ file -> pictures and labels: x_train and y_train, images and labels, and the like.

import { grouped } from "../counts.js";
import { LENGTH } from "../arrays.js";
import { arrayFile } from "./array_file.js";
import { isForPictures, readLabels } from "./labels.js";
import { COUNT_MAX } from "./limits.js";
import { NAME } from "./names.js";
import { headerOf, shapeText } from "./npy.js";
import { Refusal, quoted } from "./refusal.js";
import { shapeReadings } from "./shapes.js";
import { joinedRange } from "./statistics.js";

/** @typedef {import("./pictures.js").Pictures} Pictures */
/** @typedef {import("./bytes.js").Source} Source */
/** @typedef {import("./npy.js").ArrayHeader} ArrayHeader */
/** @typedef {{name: string, source: Source, header: ArrayHeader}} NamedArray */
/**
 * @typedef {object} Part
 * @property {NamedArray} array
 * @property {Pictures} pictures
 * @property {number} reading The one that is used.
 * @property {Uint8Array | null} targets
 * @property {string} labelName "" where there are none.
 */

/** An archive with more files is none of arrays. */
const ARRAYS_MAX = 100;

const PART_ORDER = ["train", "", "val", "test"];

/**
 * @param {import("./zip.js").Entry[]} entries
 * @returns {Promise<Pictures>}
 * @throws {Refusal} It holds no pictures.
 */
export async function npzFile(entries) {
  const { arrays, problems } = await arraysIn(entries);
  const ofPictures = arrays.filter(({ header }) => isOfPictures(header.shape));
  if (!ofPictures.length) throw new Refusal(noPictures(arrays, problems));
  /** @type {Part[]} */ const parts = [];
  const notes = [];
  const free = new Set(arrays.filter((array) => !ofPictures.includes(array)));
  for (const array of inOrder(ofPictures)) {
    const pictures = await arrayFile(array.source, array.header);
    // Where an array can be read in two ways, the number of labels may tell which one it is.
    const found = pictures.readings.map(({ count }) => labelsFor(array, count, [...free]));
    const reading = Math.max(found.findIndex(Boolean), 0);
    const labels = found[reading];
    const { targets, problem } = labels ? await readLabels(labels) : { targets: null, problem: "" };
    if (labels) free.delete(labels);
    if (problem) notes.push(problem);
    parts.push({ array, pictures, reading, targets, labelName: labels?.name ?? "" });
  }
  if (parts.length === 1 && !parts[0].targets) return noted(parts[0].pictures, notes);
  return joined(parts, notes);
}

/** @param {import("./zip.js").Entry[]} entries */
async function arraysIn(entries) {
  const files = entries.filter(({ name }) => name.endsWith(".npy"));
  if (!files.length) throw new Refusal(noArrays(entries));
  /** @type {NamedArray[]} */ const arrays = [];
  const problems = [];
  for (const { name, source } of files.slice(0, ARRAYS_MAX)) {
    const short = name.slice(0, -".npy".length);
    try {
      arrays.push({ name: short, source, header: await headerOf(source) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problems.push(error.message);
    }
  }
  return { arrays, problems };
}

/** @param {import("./zip.js").Entry[]} entries */
function noArrays(entries) {
  const names = entries.map(({ name }) => name);
  if (names.some((name) => name.startsWith("xl/"))) {
    return "This is an Excel workbook. Save the sheet as CSV, and open that.";
  }
  const first = names.length
    ? `, but ${quoted(names[0])}${names.length > 1 ? ` and ${grouped(names.length - 1)} more` : ""}`
    : "";
  const advice = names.some((name) => NAME.test(name)) ? " Unpack it, and open what is in it." : "";
  return `The archive holds no NumPy arrays${first}.${advice}`;
}

/** @param {NamedArray[]} arrays @param {string[]} problems */
function noPictures(arrays, problems) {
  if (!arrays.length) return problems[0];
  const found = arrays
    .slice(0, 4)
    .map(({ name, header }) => `${name} of shape ${shapeText(header.shape)}`);
  const others = arrays.length > found.length ? " and others" : "";
  return `None of the arrays in this file holds pictures of 28 × 28: it has ${found.join(", ")}${others}.`;
}

/** @param {number[]} shape */
function isOfPictures(shape) {
  try {
    return shapeReadings(shape).readings.length > 0;
  } catch {
    return false;
  }
}

/** @param {string} name Of an array. @returns {string} Which part of a set it says; "" if none. */
function partOf(name) {
  return PART_ORDER.find((part) => part && name.toLowerCase().includes(part)) ?? "";
}

/** @param {NamedArray[]} arrays @returns {NamedArray[]} Those for training first. */
function inOrder(arrays) {
  const place = (/** @type {NamedArray} */ { name }) => PART_ORDER.indexOf(partOf(name));
  return [...arrays].sort((one, other) => place(one) - place(other));
}

const LABEL_NAME = /(^|[^a-z])(y|labels?|targets?|classes|class|digits?)([^a-z]|$)/i;

/**
 * @param {NamedArray} array Of pictures.
 * @param {number} count
 * @param {NamedArray[]} others
 * @returns {NamedArray | undefined} Its labels: of the same part, named as labels, or the next one.
 */
function labelsFor({ name }, count, others) {
  const fitting = others.filter(
    (other) => isForPictures(other, count) && partOf(other.name) === partOf(name),
  );
  const named = fitting.filter((other) => LABEL_NAME.test(other.name));
  const [, prefix, number] = /^(.*?)(\d+)$/.exec(name) ?? [];
  const next = fitting.find((other) => other.name === `${prefix}${Number(number) + 1}`);
  return named[0] ?? next ?? (fitting.length === 1 ? fitting[0] : undefined);
}

/** @param {Pictures} pictures @param {string[]} notes @returns {Pictures} */
function noted(pictures, notes) {
  const readings = pictures.readings.map((reading) => ({
    ...reading,
    notes: [...reading.notes, ...notes],
    isNotable: reading.isNotable || notes.length > 0,
  }));
  return { ...pictures, readings };
}

/** @param {Part[]} parts @param {string[]} notes @returns {Pictures} */
function joined(parts, notes) {
  const counts = parts.map(({ pictures, reading: each }) => pictures.readings[each].count);
  const count = counts.reduce((sum, each) => sum + each, 0);
  if (count > COUNT_MAX) {
    throw new Refusal(
      `The file has ${grouped(count)} pictures; this page takes ${grouped(COUNT_MAX)}.`,
    );
  }
  const hasLabels = parts.every(({ targets }) => targets);
  const isSplit = parts.length > 1;
  const names = parts.map(({ array }) => partOf(array.name));
  const training = counts
    .filter((_, at) => names[at] === "train")
    .reduce((sum, each) => sum + each, 0);
  const trainingCount = isSplit ? training || counts[0] : count;
  const first = parts[0].pictures.readings[parts[0].reading];
  const reading = {
    ...first,
    notes: [...first.notes, ...whatIsWhat(parts, hasLabels), ...notes],
    isNotable: first.isNotable || notes.length > 0,
    count,
    trainingCount,
    hasLabels,
  };
  return {
    readings: [reading],
    rangeOf: () => joinedRange(parts.map(({ pictures, reading: each }) => pictures.rangeOf(each))),
    async convert(_, scale, countMax = count) {
      const wanted = Math.min(count, countMax);
      const grids = new Uint8Array(wanted * LENGTH);
      const targets = hasLabels ? new Uint8Array(wanted) : null;
      let start = 0;
      for (const [number, { pictures, reading: each, targets: some }] of parts.entries()) {
        const part = Math.min(counts[number], wanted - start);
        if (part <= 0) break;
        grids.set((await pictures.convert(each, scale, part)).grids, start * LENGTH);
        if (some) targets?.set(some.subarray(0, part), start);
        start += part;
      }
      return { grids, targets };
    },
  };
}

/** @param {Part[]} parts @param {boolean} hasLabels @returns {string[]} */
function whatIsWhat(parts, hasLabels) {
  const from = (/** @type {string[]} */ names) => names.join(" and ");
  const pictures = `The pictures are in ${from(parts.map(({ array }) => array.name))}`;
  if (hasLabels) {
    return [`${pictures}, the labels in ${from(parts.map(({ labelName }) => labelName))}.`];
  }
  const hasSome = parts.some(({ targets }) => targets);
  return [
    `${pictures}. ${hasSome ? "Not all of them have labels, so none are used." : "No labels."}`,
  ];
}
