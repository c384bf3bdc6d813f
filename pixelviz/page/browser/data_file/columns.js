// Which column of a table is what: the label, the number of the row, the 784 pixels. Where the values
// leave more than one reading, all of them.

import { LENGTH } from "../arrays.js";
import { isIndexName, isLabelName, namedPixels } from "./column_names.js";
import { FEW, noLabel, notPictures, oddCell } from "./not_pictures.js";
import { Refusal, formatValue, quoted } from "./refusal.js";

/** @typedef {import("./statistics.js").ColumnStatistics} ColumnStatistics */

/**
 * @typedef {object} ColumnReading
 * @property {Int32Array} pixels By the index of each pixel, its column.
 * @property {number | null} label The column of the label.
 * @property {string} title What it is called where there is another one.
 * @property {string[]} notes What is said of it, each a sentence.
 * @property {boolean} isNotable Whether that has to be said, also of one picture.
 */

/** @typedef {{index: number | null, label: number | null, title: string, note: string}} Roles */

/**
 * @param {ColumnStatistics} statistics Of all rows that are data.
 * @param {string[] | null} names Those of the columns, where the table has any.
 * @returns {ColumnReading[]} The most probable first; at least one.
 * @throws {Refusal} The columns are not those of pictures of 28 × 28.
 */
export function columnReadings(statistics, names) {
  const all = Array.from({ length: statistics.width }, (_, column) => column);
  const isKept = (/** @type {number} */ column) =>
    !statistics.isEmpty(column) || isLabelName(names?.[column] ?? "");
  const columns = all.filter(isKept);
  const found = names
    ? namedReadings(statistics, names, columns)
    : placedReadings(statistics, columns, names);
  const sound = found.filter(({ pixels }) =>
    pixels.every((column) => statistics.hasNumbers(column)),
  );
  if (!sound.length) throw new Refusal(oddCell(statistics, found[0].pixels));
  return sound;
}

/**
 * @param {ColumnStatistics} statistics
 * @param {string[]} names
 * @param {number[]} columns
 * @returns {ColumnReading[]}
 */
function namedReadings(statistics, names, columns) {
  const pixelNames = namedPixels(names);
  const isPixel = new Set(pixelNames?.pixels ?? []);
  const others = columns.filter((column) => !isPixel.has(column));
  const indices = others.filter(
    (column) => isIndexName(names[column]) && !isLabelName(names[column]),
  );
  const rest = others.filter((column) => !indices.includes(column));
  let label = rest.find((column) => isLabelName(names[column])) ?? null;
  if (!pixelNames) {
    const pixels = rest.filter((column) => column !== label);
    if (label === null) return placedReadings(statistics, rest, names);
    if (pixels.length <= FEW) throw new Refusal(notPictures(statistics, columns, names));
    if (pixels.length !== LENGTH) {
      throw new Refusal(notPictures(statistics, pixels, null, " beside that of the label"));
    }
    return [
      readingOf(statistics, Int32Array.from(pixels), label, labelNote(label, names), [], false),
    ];
  }
  label ??= rest.length === 1 && statistics.hasDigits(rest[0]) ? rest[0] : null;
  const left = rest.filter((column) => column !== label).map((column) => quoted(names[column]));
  const notes = [];
  if (pixelNames.isReordered) notes.push("The pixels are put in the order of their names.");
  if (left.length) {
    notes.push(`Left out: ${left.slice(0, 5).join(", ")}${left.length > 5 ? " and others" : ""}.`);
  }
  return [
    readingOf(
      statistics,
      pixelNames.pixels,
      label,
      labelNote(label, names),
      notes,
      left.length > 0,
    ),
  ];
}

/** @param {number | null} label @param {string[]} names */
function labelNote(label, names) {
  if (label === null) return "No labels.";
  const place =
    label === 0
      ? "the first column"
      : label === names.length - 1
        ? "the last column"
        : `column ${label + 1}`;
  return `The label is in ${place}, ${quoted(names[label])}.`;
}

/**
 * @param {ColumnStatistics} statistics
 * @param {number[]} columns
 * @param {string[] | null} names For what is said where they are refused.
 * @returns {ColumnReading[]}
 */
function placedReadings(statistics, columns, names) {
  const extra = columns.length - LENGTH;
  if (extra < 0 || extra > 2) throw new Refusal(notPictures(statistics, columns, names));
  const roles =
    extra === 0
      ? [NO_LABELS]
      : extra === 1
        ? ofOneColumn(statistics, columns)
        : ofTwoColumns(statistics, columns);
  if (!roles.length) throw new Refusal(noLabel(statistics, columns));
  return roles.map(({ index, label, title, note }) => {
    const pixels = Int32Array.from(
      columns.filter((column) => column !== index && column !== label),
    );
    return { ...readingOf(statistics, pixels, label, note, [], false), title };
  });
}

/** @type {Roles} */
const NO_LABELS = { index: null, label: null, title: "No labels", note: "No labels." };

/** @param {ColumnStatistics} statistics @param {number[]} columns @returns {Roles[]} */
function ofOneColumn(statistics, columns) {
  const [first, last] = [columns[0], columns[LENGTH]];
  const isCounted = statistics.isIndex(first);
  const labels = labelPlaces(statistics, [first, last]).map((label) =>
    rolesOf(null, label, label === first),
  );
  // The numbers of up to ten rows look like labels, and those of more do not.
  const index = isCounted
    ? [
        {
          index: first,
          label: null,
          title: "The first column counts the lines",
          note: "The first column numbers the pictures. No labels.",
        },
      ]
    : [];
  return [...labels, ...index];
}

/** @param {ColumnStatistics} statistics @param {number[]} columns @returns {Roles[]} */
function ofTwoColumns(statistics, columns) {
  const last = columns[columns.length - 1];
  const places = [columns[0], columns[1], last];
  return [columns[0], last].flatMap((index) => {
    if (!statistics.isIndex(index)) return [];
    const candidates = places.filter(
      (place) => place !== index && (index !== last || place !== columns[1]),
    );
    return labelPlaces(statistics, candidates).map((label) =>
      rolesOf(index, label, label !== last),
    );
  });
}

/**
 * @param {ColumnStatistics} statistics
 * @param {number[]} places The columns that may hold the label: two, or one.
 * @returns {number[]} Those that do, as far as their values tell: a pixel at the edge is always 0, the
 *   labels of a set are not.
 */
function labelPlaces(statistics, places) {
  const possible = places.filter((column) => statistics.hasDigits(column));
  const varied = possible.filter((column) => !statistics.isZero(column));
  if (statistics.count > 1) {
    return varied.length || possible.length < places.length ? varied : possible;
  }
  // Of one picture, a label comes first by custom; if it is 0 there, the last one may be the label.
  if (possible[0] !== places[0]) return varied;
  return varied[0] === places[0] ? [places[0]] : possible;
}

/** @param {number | null} index @param {number} label @param {boolean} isFirst @returns {Roles} */
function rolesOf(index, label, isFirst) {
  const place = `The label is in the ${isFirst ? (index === null ? "first" : "second") : "last"} column`;
  return {
    index,
    label,
    title: place,
    note: `${place}${index === null ? "" : "; another column numbers the pictures"}.`,
  };
}

/**
 * @param {ColumnStatistics} statistics
 * @param {Int32Array} pixels
 * @param {number | null} label
 * @param {string} note
 * @param {string[]} more
 * @param {boolean} isNotable
 * @returns {ColumnReading}
 */
function readingOf(statistics, pixels, label, note, more, isNotable) {
  const reading = { pixels, label, title: note, notes: [note, ...more], isNotable };
  if (label === null || statistics.hasDigits(label)) return reading;
  if (statistics.isEmpty(label)) {
    return { ...reading, label: null, notes: ["The labels are empty.", ...more] };
  }
  const text = statistics.odd.get(label)?.text;
  const found =
    text !== undefined
      ? `says ${quoted(text)}`
      : statistics.empty[label]
        ? "is empty in some lines"
        : `goes from ${formatValue(statistics.min[label])} to ${formatValue(statistics.max[label])}`;
  return {
    ...reading,
    label: null,
    isNotable: true,
    notes: [
      `The column of the labels ${found}, so it is not used: labels are the digits 0 to 9.`,
      ...more,
    ],
  };
}
