// A table of numbers as text -> its rows. Commas, semicolons, tabs, bars or blanks separate the cells.

import { counted } from "../counts.js";
import { forEachChunk } from "./bytes.js";
import { COLUMNS_MAX, LINES_MAX, LINE_BYTES_MAX } from "./limits.js";
import { isTruth, numberIn, numberOf } from "./number_text.js";
import { Refusal } from "./refusal.js";

/** @typedef {import("./bytes.js").Source} Source */

/**
 * @typedef {object} Dialect How a table is written.
 * @property {string} separator ",", ";", tab, "|", or " " for one or more blanks.
 * @property {"." | ","} point What separates the decimals.
 * @property {"utf-8" | "utf-16le" | "utf-16be"} encoding
 */

/**
 * @typedef {object} Row One line of a table; the next line overwrites it.
 * @property {number} line Its number in the file, from 1.
 * @property {number} width How many cells it has.
 * @property {Float64Array} values Those of the cells, NaN where one is no number.
 * @property {Map<number, string>} texts The cells that are no numbers, by column; "" for empty ones.
 * @property {boolean} hasTruths Whether one of them is "True" or "False".
 * @property {() => string[]} cells Returns all cells as text.
 */

const BLANK = 32;
const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const COMMENT = 35;

/** Decides after so many bytes how a table is written. */
export const HEAD_BYTES = 65_536;

const SEPARATORS = [";", "\t", ",", "|"];

/**
 * @param {Uint8Array} head The first bytes of a table.
 * @returns {Dialect}
 * @throws {Refusal} It is no text.
 */
export function dialectOf(head) {
  const encoding = encodingOf(head);
  const text = new TextDecoder(encoding).decode(head);
  if (text.includes("\0") || text.includes("\u0001")) {
    throw new Refusal("The file is not a table of numbers: it holds bytes that are no text.");
  }
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() && !line.startsWith("#"));
  const sample = lines[1] ?? lines[0] ?? "";
  const separator = SEPARATORS.find((each) => sample.includes(each)) ?? " ";
  const hasCommas =
    (separator === ";" || separator === "\t") &&
    /[0-9],[0-9]/.test(lines.slice(1, 20).join("\n") || sample);
  return { separator, point: hasCommas ? "," : ".", encoding };
}

/** @param {Uint8Array} head */
function encodingOf(head) {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return "utf-8";
}

/**
 * Reads the rows of a table.
 * @param {Source} source
 * @param {Dialect} dialect
 * @param {object} take
 * @param {(row: Row) => boolean | void} take.onRow Called with each line that is not blank; returns true
 *   if the rest is not wanted.
 * @param {(text: string) => void} [take.onComment] Called with what stands behind a #.
 * @throws {Refusal} A line is too long, or has too many cells.
 */
export async function forEachRow(source, dialect, { onRow, onComment }) {
  const read = createRowReader(dialect);
  let line = 0;
  await forEachLine(inUtf8(source, dialect), (bytes, start, end) => {
    line += 1;
    if (line > LINES_MAX) {
      throw new Refusal(
        `The file has more than ${counted(LINES_MAX, "line")}, as no data set of this page has.`,
      );
    }
    let first = start;
    while (first < end && (bytes[first] === BLANK || bytes[first] === RETURN)) first += 1;
    if (first === end) return false;
    if (bytes[first] === COMMENT) {
      onComment?.(new TextDecoder().decode(bytes.subarray(first + 1, end)).trim());
      return false;
    }
    return onRow(read(bytes, start, end, line));
  });
}

/** @param {Source} source @param {Dialect} dialect */
function inUtf8(source, { encoding }) {
  if (encoding === "utf-8") return source.open();
  return source
    .open()
    .pipeThrough(new TextDecoderStream(encoding))
    .pipeThrough(new TextEncoderStream());
}

/**
 * @param {import("./bytes.js").ByteStream} stream
 * @param {(bytes: Uint8Array, start: number, end: number) => boolean | void} take Called with where a line
 *   is; returns true if the rest is not wanted.
 */
async function forEachLine(stream, take) {
  let rest = new Uint8Array(0);
  let newline = 0;
  let isDone = false;
  await forEachChunk(stream, (chunk) => {
    const bytes = rest.length ? joined(rest, chunk) : chunk;
    // An old Mac ends its lines by a return alone.
    newline ||= bytes.includes(NEWLINE)
      ? NEWLINE
      : bytes.subarray(0, -1).includes(RETURN)
        ? RETURN
        : 0;
    let start = 0;
    for (
      let end = nextLine(bytes, newline, start);
      end >= 0;
      end = nextLine(bytes, newline, start)
    ) {
      isDone = take(bytes, start, end) === true;
      if (isDone) return true;
      start = end + 1;
    }
    rest = bytes.slice(start);
    if (rest.length > LINE_BYTES_MAX) {
      throw new Refusal("The file is not a table of numbers: one of its lines does not end.");
    }
    return false;
  });
  if (!isDone && rest.length) take(rest, 0, rest.length);
}

/** @param {Uint8Array} bytes @param {number} newline 0 as long as it is not known. @param {number} start */
function nextLine(bytes, newline, start) {
  return newline ? bytes.indexOf(newline, start) : -1;
}

/** @param {Uint8Array} one @param {Uint8Array} other */
function joined(one, other) {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/**
 * @param {Dialect} dialect
 * @returns {(bytes: Uint8Array, start: number, end: number, line: number) => Row}
 */
function createRowReader({ separator, point }) {
  const [separates, pointByte] = [separator.charCodeAt(0), point.charCodeAt(0)];
  const isBlank = separator === " ";
  const values = new Float64Array(COLUMNS_MAX);
  /** @type {Row} */
  const row = { line: 0, width: 0, values, texts: new Map(), hasTruths: false, cells: () => [] };

  /** @param {Uint8Array} bytes @param {number} start @param {number} end @param {number} column */
  function readCell(bytes, start, end, column) {
    const value = numberIn(bytes, start, end, pointByte);
    if (!Number.isNaN(value)) {
      values[column] = value;
      return;
    }
    const text = bare(new TextDecoder().decode(bytes.subarray(start, end)));
    values[column] = numberOf(text, point);
    if (isTruth(text)) row.hasTruths = true;
    if (Number.isNaN(values[column])) row.texts.set(column, text);
  }

  return (bytes, start, end, line) => {
    row.line = line;
    row.hasTruths = false;
    if (row.texts.size) row.texts = new Map();
    row.cells = () =>
      [...placesOf(bytes, start, end, separates, isBlank)].map(([from, to]) =>
        bare(new TextDecoder().decode(bytes.subarray(from, to))),
      );
    let column = 0;
    for (let at = start; at <= end; column += 1) {
      if (column === COLUMNS_MAX) {
        throw new Refusal(
          `Line ${line} has more than ${counted(COLUMNS_MAX, "value")}: a picture of 28 × 28 has 784.`,
        );
      }
      let from = at;
      while (from < end && isSpace(bytes[from], separates)) from += 1;
      const to = endOfCell(bytes, from, end, separates);
      let last = to;
      while (last > from && isSpace(bytes[last - 1], separates)) last -= 1;
      if (isBlank && from === end && column > 0) break; // blanks at the end of the line
      readCell(bytes, from, last, column);
      at = to + 1;
    }
    row.width = column;
    return row;
  };
}

/**
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {number} end
 * @param {number} separates The byte that does.
 * @param {boolean} isBlank Whether that is a blank.
 * @returns {Generator<[number, number]>} Where each cell begins and ends.
 */
function* placesOf(bytes, start, end, separates, isBlank) {
  for (let at = start; at <= end;) {
    let from = at;
    while (from < end && isSpace(bytes[from], separates)) from += 1;
    if (isBlank && from === end && at > start) return;
    const to = endOfCell(bytes, from, end, separates);
    yield [from, to];
    at = to + 1;
  }
}

/** @param {number} byte @param {number} separates @returns {boolean} Whether it may stand around a cell. */
function isSpace(byte, separates) {
  return byte === BLANK || byte === RETURN || (byte === TAB && separates !== TAB);
}

/** @param {Uint8Array} bytes @param {number} start @param {number} end @param {number} separates */
function endOfCell(bytes, start, end, separates) {
  let at = start;
  if (bytes[at] === QUOTE) {
    at = bytes.indexOf(QUOTE, at + 1);
    if (at < 0 || at >= end) return end;
  }
  while (at < end && bytes[at] !== separates) at += 1;
  return at;
}

/** @param {string} cell @returns {string} Without blanks, quotes and a byte order mark around it. */
function bare(cell) {
  const text = cell.replace(/^\uFEFF/, "").trim();
  const found = /^(["'])(.*)\1$/s.exec(text);
  return found ? found[2].replaceAll('""', '"').trim() : text;
}
