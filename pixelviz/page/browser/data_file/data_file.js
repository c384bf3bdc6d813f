// A file of pictures -> a data set, a single picture, a question about it, or why it is none.

import { counted, grouped } from "../counts.js";
import { LENGTH, SIDE } from "../arrays.js";
import { arrayFile } from "./array_file.js";
import { firstBytes, gunzipped, sourceOf } from "./bytes.js";
import { idxHeaderOf, isIdx } from "./idx.js";
import { FILE_BYTES_MAX } from "./limits.js";
import { headerOf, isNpy } from "./npy.js";
import { npzFile } from "./npz.js";
import { Refusal } from "./refusal.js";
import { tableFile } from "./table_file.js";
import { invert, isOnLightPaper, scalingOf } from "./values.js";
import { entriesOf, isZip } from "./zip.js";

/** @typedef {import("./pictures.js").Pictures} Pictures */
/** @typedef {import("./pictures.js").Reading} Reading */
/** @typedef {import("./values.js").Scale} Scale */

/** @typedef {import("./outcome.js").Answerable} Answerable */
/** @typedef {import("./outcome.js").FoundOne} FoundOne */
/** @typedef {import("./outcome.js").FoundSet} FoundSet */
/** @typedef {import("./outcome.js").Option} Option */

/** A question shows so many pictures for each answer. */
const SHOWN = 6;

/** A file is looked through, and then converted. */
const PASSES = 2;

const UNREADABLE =
  "The file could not be read. If it was moved or changed just now, choose it again.";

/**
 * @param {Blob} blob
 * @param {(share: number) => void} [onProgress] Called with how much of the work is done, 0 to 1.
 * @returns {Promise<Answerable>} It never rejects.
 */
export async function openDataFile(blob, onProgress) {
  let count = 0;
  const onBytes = (/** @type {number} */ bytes) => {
    count += bytes;
    onProgress?.(Math.min(count / (PASSES * blob.size || 1), 1));
  };
  return refusing(async () => {
    if (blob.size === 0) throw new Refusal("The file is empty.");
    if (blob.size > FILE_BYTES_MAX) {
      throw new Refusal(
        `The file has ${megabytes(blob.size)} MB; this page reads up to ${megabytes(FILE_BYTES_MAX)} MB.`,
      );
    }
    return asked(await picturesIn(blob, onBytes));
  });
}

/** @param {number} bytes */
function megabytes(bytes) {
  return grouped(Math.ceil(bytes / 1e6));
}

/** @param {() => Promise<Answerable>} read @returns {Promise<Answerable>} */
async function refusing(read) {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Refusal)) console.warn(error);
    return { kind: "refusal", sentence: error instanceof Refusal ? error.message : UNREADABLE };
  }
}

/** @param {Blob} blob @param {(count: number) => void} onBytes @returns {Promise<Pictures>} */
async function picturesIn(blob, onBytes) {
  const file = sourceOf(blob, onBytes);
  const head = new Uint8Array(await blob.slice(0, 16).arrayBuffer());
  if (isZip(head)) return npzFile(await entriesOf(blob, onBytes));
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  const source = isGzip ? gunzipped(file) : file;
  const begin = isGzip ? await firstBytes(source, 16) : head;
  if (begin.length === 0) throw new Refusal("The file is empty.");
  if (isGzip && isZip(begin)) {
    throw new Refusal(
      "The gzip file holds a zip archive. Unpack it first, and open what is in it.",
    );
  }
  const other = OTHERS.find(({ magic }) => magic.every((byte, at) => begin[at] === byte));
  if (other) throw new Refusal(`This is ${other.what}, not a table of numbers.`);
  if (isIdx(begin)) return arrayFile(source, await idxHeaderOf(source));
  return isNpy(begin) ? arrayFile(source, await headerOf(source)) : tableFile(source);
}

/** What other files begin with. */
const OTHERS = [
  { magic: [0x89, 0x50, 0x4e, 0x47], what: "a PNG picture" },
  { magic: [0xff, 0xd8, 0xff], what: "a JPEG picture" },
  { magic: [0x25, 0x50, 0x44, 0x46], what: "a PDF" },
  { magic: [0x89, 0x48, 0x44, 0x46], what: "an HDF5 file" },
  { magic: [0x80, 0x02], what: "a pickle of Python" },
  { magic: [0x80, 0x03], what: "a pickle of Python" },
  { magic: [0x80, 0x04], what: "a pickle of Python" },
  { magic: [0x80, 0x05], what: "a pickle of Python" },
];

/** @param {Pictures} pictures @returns {Promise<Answerable>} */
async function asked(pictures) {
  const { readings } = pictures;
  if (readings.length === 1) return scaled(pictures, 0);
  const scales = readings.map(
    (reading, number) => scalingOf(pictures.rangeOf(number), reading.count).scales[0],
  );
  const options = await inTurn(readings, (reading, number) =>
    optionOf(pictures, number, scales[number], reading.title),
  );
  return question(
    "The file does not say what is what in it. Which of these is right?",
    options,
    (number) => scaled(pictures, number),
  );
}

/** @param {Pictures} pictures @param {number} reading @returns {Promise<Answerable>} */
async function scaled(pictures, reading) {
  const { problem, scales } = scalingOf(
    pictures.rangeOf(reading),
    pictures.readings[reading].count,
  );
  if (!problem) return converted(pictures, reading, scales[0]);
  const options = await inTurn(scales, (scale) => optionOf(pictures, reading, scale, scale.note));
  return question(problem, options, (number) => converted(pictures, reading, scales[number]));
}

/** @param {Pictures} pictures @param {number} number @param {Scale} scale @returns {Promise<Answerable>} */
async function converted(pictures, number, scale) {
  const reading = pictures.readings[number];
  const { grids, targets } = await pictures.convert(number, scale);
  const found = () => outcomeOf(reading, scale, grids, targets);
  if (!isOnLightPaper(grids)) return found();
  const first = grids.slice(0, SHOWN * LENGTH);
  const labels = targets?.slice(0, SHOWN) ?? null;
  const negative = first.slice();
  invert(negative);
  const options = [
    {
      title: "Invert them: light ink on black paper, as MNIST’s",
      grids: negative,
      targets: labels,
    },
    { title: "Leave them as they are", grids: first, targets: labels },
  ];
  return question(
    "The ink is dark on light paper here; the models know light ink on black paper.",
    options,
    async (option) => {
      if (option !== 0) return found();
      invert(grids);
      const outcome = found();
      return { ...outcome, notes: [...outcome.notes, "Inverted: what was light is dark."] };
    },
  );
}

/**
 * @param {Reading} reading
 * @param {Scale} scale
 * @param {Uint8Array} grids
 * @param {Uint8Array | null} targets
 * @returns {FoundSet | FoundOne}
 */
function outcomeOf({ notes, count, trainingCount, isNotable }, scale, grids, targets) {
  const all = [...notes, scale.note];
  if (count === 1) {
    const title = `One picture${targets ? `, labelled ${targets[0]}` : ""}`;
    return {
      kind: "one",
      title,
      notes: all,
      grids,
      targets,
      isNotable: isNotable || scale.isNotable,
    };
  }
  if (trainingCount < count) {
    all.push(
      `${grouped(trainingCount)} are for training, ${grouped(count - trainingCount)} for testing.`,
    );
  }
  return {
    kind: "set",
    title: `${counted(count, "picture")} of ${SIDE} × ${SIDE} pixels`,
    notes: all,
    grids,
    targets,
    trainingCount,
  };
}

/**
 * @param {Pictures} pictures
 * @param {number} reading
 * @param {Scale} scale
 * @param {string} title
 * @returns {Promise<Option>}
 */
async function optionOf(pictures, reading, scale, title) {
  return { title, ...(await pictures.convert(reading, scale, SHOWN)) };
}

/**
 * @param {string} text
 * @param {Option[]} options
 * @param {(option: number) => Promise<Answerable>} answer
 * @returns {Answerable}
 */
function question(text, options, answer) {
  return { kind: "question", text, options, answer: (option) => refusing(() => answer(option)) };
}

/**
 * @template Item, Result
 * @param {Item[]} items
 * @param {(item: Item, number: number) => Promise<Result>} call
 * @returns {Promise<Result[]>} One after the other, so that only one of them takes memory.
 */
async function inTurn(items, call) {
  const results = [];
  for (const [number, item] of items.entries()) results.push(await call(item, number));
  return results;
}
