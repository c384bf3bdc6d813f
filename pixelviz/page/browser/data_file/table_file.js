// A table of numbers as text -> its pictures. It is read twice: once to learn what its columns and
// values are, and once to make the pictures. So no more of it is in memory than one part.

import { counted, grouped } from "../counts.js";
import { LENGTH, SIDE } from "../arrays.js";
import { columnReadings } from "./columns.js";
import { firstBytes } from "./bytes.js";
import { HEAD_BYTES, dialectOf, forEachRow } from "./csv.js";
import { headerOf } from "./header.js";
import { COUNT_MAX } from "./limits.js";
import { Refusal, quoted } from "./refusal.js";
import { ColumnStatistics } from "./statistics.js";
import { pixelOf } from "./values.js";

/** @typedef {import("./bytes.js").Source} Source */
/** @typedef {import("./csv.js").Dialect} Dialect */
/** @typedef {import("./csv.js").Row} Row */
/** @typedef {import("./pictures.js").Pictures} Pictures */
/** @typedef {import("./pictures.js").Reading} Reading */

const LOST_ROW =
  "The first line is a picture that pandas has made the header of: it is not among these pictures.";

/**
 * @param {Source} source
 * @returns {Promise<Pictures>}
 * @throws {Refusal} It holds no pictures.
 */
export async function tableFile(source) {
  const dialect = dialectOf(await firstBytes(source, HEAD_BYTES));
  const survey = await surveyed(source, dialect);
  const { statistics, names, skip } = survey;
  const linesEach = linesOfPicture(survey);
  const notes = survey.isLostRow ? [LOST_ROW] : [];
  const readings =
    linesEach > 1 ? [onSeveralLines(statistics, linesEach)] : columnReadings(statistics, names);
  const count = statistics.count / linesEach;
  if (count > COUNT_MAX) throw tooMany();

  return {
    readings: readings.map(({ title, notes: more, label, isNotable }) => ({
      title,
      notes: [...more, ...notes],
      count,
      trainingCount: count,
      hasLabels: label !== null,
      isNotable: isNotable || notes.length > 0,
    })),
    rangeOf: (number) =>
      statistics.rangeOf(linesEach > 1 ? Array(statistics.width).keys() : readings[number].pixels),
    async convert(number, scale, countMax = count) {
      const { pixels, label } = readings[number];
      const each = pixels.length;
      const wanted = Math.min(count, countMax);
      const grids = new Uint8Array(wanted * LENGTH);
      const targets = label === null ? null : new Uint8Array(wanted);
      let row = -skip;
      await forEachRow(source, dialect, {
        onRow({ values }) {
          if (row >= 0) {
            for (let at = 0; at < each; at += 1) {
              grids[row * each + at] = pixelOf(values[pixels[at]], scale);
            }
            if (targets && label !== null) targets[row] = values[label];
          }
          row += 1;
          return row === wanted * linesEach;
        },
      });
      return { grids, targets };
    },
  };
}

/**
 * @typedef {object} Survey
 * @property {ColumnStatistics} statistics Of all rows that are data.
 * @property {string[] | null} names Those of the columns, if the table says them.
 * @property {boolean} isLostRow Whether the header was a row.
 * @property {number} skip How many lines come before the data: 1 or 0.
 */

/** @param {Source} source @param {Dialect} dialect @returns {Promise<Survey>} */
async function surveyed(source, dialect) {
  /** @type {Row | null} */ let first = null;
  /** @type {string[]} */ let cells = [];
  /** @type {ColumnStatistics | null} */ let statistics = null;
  let comment = "";
  let width = 0;
  await forEachRow(source, dialect, {
    onComment: (text) => (comment ||= text),
    onRow(row) {
      if (!first) {
        first = { ...row, values: row.values.slice(0, row.width), texts: new Map(row.texts) };
        cells = row.cells();
        return;
      }
      statistics ??= new ColumnStatistics((width = row.width));
      if (row.width !== width) throw ragged(row, width, statistics.count);
      statistics.addRow(row);
    },
  });
  if (!first) throw new Refusal("The file is empty.");
  return withFirstLine(first, cells, statistics, namesIn(comment, dialect, cells.length));
}

/** @param {string} comment @param {Dialect} dialect @param {number} width @returns {string[] | null} */
function namesIn(comment, { separator }, width) {
  const names = comment.split(separator === " " ? /\s+|,/ : separator).map((name) => name.trim());
  return names.length === width ? names : null;
}

/**
 * @param {Row} first
 * @param {string[]} cells
 * @param {ColumnStatistics | null} below Of the other lines.
 * @param {string[] | null} commented The names that a comment gives.
 * @returns {Survey}
 */
function withFirstLine(first, cells, below, commented) {
  const header = headerOf(cells, (column) => below?.odd.has(column) ?? false, below?.count ?? 0);
  const isOnlyHeader = !below && header;
  if (isOnlyHeader) throw new Refusal(notTable(cells));
  const statistics = below ?? new ColumnStatistics(first.width);
  const isNarrow = header && first.width === statistics.width - 1; // R names no column for the rows
  if (first.width !== statistics.width && !isNarrow) {
    const what = header ? "The header" : `Line ${grouped(first.line)}`;
    const has = counted(first.width, header ? "name" : "value");
    throw new Refusal(
      `${what} has ${has}, the lines below it have ${counted(statistics.width, "value")}.`,
    );
  }
  if (header) {
    const names = isNarrow ? ["", ...header.names] : header.names;
    return {
      statistics,
      names: header.isLostRow ? null : names,
      isLostRow: header.isLostRow,
      skip: 1,
    };
  }
  statistics.addFirstRow(first);
  return { statistics, names: commented, isLostRow: false, skip: 0 };
}

/** @param {string[]} cells Those of the only line, which is no row of numbers. @returns {string} */
function notTable(cells) {
  if (cells.length < 12) {
    return `This is text, not a table of numbers: it begins with ${quoted(cells.join(" "))}.`;
  }
  return `The file has a header of ${counted(cells.length, "name")}, and no picture below it.`;
}

/** @param {Row} row @param {number} width @param {number} count How many rows came before. */
function ragged({ line, width: found, texts }, width, count) {
  const isText = texts.size > found / 2 && width < 12;
  if (isText && count < 5) return new Refusal("This is text, not a table of numbers.");
  return new Refusal(
    `Line ${grouped(line)} has ${counted(found, "value")}, the line above it ${grouped(width)}.`,
  );
}

function tooMany() {
  return new Refusal(
    `The file has more than ${grouped(COUNT_MAX)} pictures, which is as many as this page takes.`,
  );
}

/** @param {Survey} survey @returns {number} On how many lines each picture is: 1, 28 or 784. */
function linesOfPicture({ statistics: { width, count } }) {
  if (width === SIDE && count % SIDE === 0) return SIDE;
  if (width === 1 && count === LENGTH) return LENGTH;
  return 1;
}

/** @param {ColumnStatistics} statistics @param {number} lines */
function onSeveralLines(statistics, lines) {
  const columns = Int32Array.from({ length: statistics.width }, (_, column) => column);
  const odd = columns.find((column) => !statistics.hasNumbers(column));
  if (odd !== undefined) {
    const { line, text } = statistics.odd.get(odd) ?? {
      line: statistics.firstEmpty.get(odd) ?? 0,
      text: "",
    };
    throw new Refusal(
      `Line ${grouped(line)} has ${quoted(text)} as value ${odd + 1}, which is no number.`,
    );
  }
  const note =
    lines === SIDE
      ? "Each picture is on 28 lines. No labels."
      : "The picture is in one column. No label.";
  return { pixels: columns, label: null, title: note, notes: [note], isNotable: false };
}
