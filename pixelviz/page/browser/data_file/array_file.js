// An array in an NPY file -> its pictures. It is read twice: once to learn what its values are, and
// once to make the pictures, in whatever order the values are stored.

import { grouped } from "../counts.js";
import { LENGTH, PIXEL_MAX } from "../arrays.js";
import { createPlacer } from "./array_placing.js";
import { columnReadings } from "./columns.js";
import { forEachChunk } from "./bytes.js";
import { COUNT_MAX, UNPACKED_BYTES_MAX } from "./limits.js";
import { shapeText, sizeOf } from "./npy.js";
import { Refusal } from "./refusal.js";
import { shapeReadings } from "./shapes.js";
import { ColumnStatistics } from "./statistics.js";

/** @typedef {import("./bytes.js").Source} Source */
/** @typedef {import("./npy.js").ArrayHeader} ArrayHeader */
/** @typedef {import("./pictures.js").Pictures} Pictures */
/** @typedef {import("./shapes.js").ShapeReading} ShapeReading */

/**
 * @typedef {object} Understood One way to understand an array.
 * @property {string} title
 * @property {string[]} notes
 * @property {boolean} isNotable
 * @property {number} count
 * @property {import("./shapes.js").Role[]} roles
 * @property {Int32Array | null} columns By the index of each pixel, its place on the axis of values.
 * @property {number | null} label The place of the label on that axis.
 */

/**
 * @param {Source} source
 * @param {ArrayHeader} header
 * @returns {Promise<Pictures>}
 * @throws {Refusal} It holds no pictures.
 */
export async function arrayFile(source, header) {
  const { shape, readings } = shapeReadings(header.shape);
  const counts = readings.map(({ roles }) => countOf(shape, roles));
  expectBounded(header, source, Math.min(...counts), Math.max(...counts));
  const valuesAxis = readings[0].roles.indexOf("values");
  const statistics = await surveyed(source, { ...header, shape }, valuesAxis);
  statistics.hasTruths = header.type.name === "bool";
  /** @type {Understood[]} */
  const all =
    valuesAxis < 0
      ? readings.map((each, number) => ({
          ...each,
          count: counts[number],
          columns: null,
          label: null,
        }))
      : columnReadings(statistics, null).map((each) => ({
          ...each,
          roles: readings[0].roles,
          count: counts[0],
          columns: each.pixels,
        }));
  const pictures = picturesOf(all);
  return pictures.readings.length > 1 && valuesAxis < 0 ? withoutEqualColours(pictures) : pictures;

  /** @param {Understood[]} understood @returns {Pictures} */
  function picturesOf(understood) {
    return {
      readings: understood.map(({ title, notes, isNotable, count, label }) => ({
        title,
        notes,
        isNotable,
        count,
        trainingCount: count,
        hasLabels: label !== null,
      })),
      rangeOf: (number) => statistics.rangeOf(understood[number].columns ?? [0]),
      async convert(number, scale, countMax = Infinity) {
        const placer = createPlacer(shape, header.byColumns, understood[number], scale, countMax);
        await forEachValues(source, header, (values) => placer.take(values));
        return placer.result();
      },
    };
  }

  /**
   * Three equal colours are a grey picture, and not three pictures.
   * @param {Pictures} found
   */
  async function withoutEqualColours(found) {
    const isOne = found.readings.map(({ count }) => count === 1);
    const each = await found.convert(isOne.indexOf(false), {
      offset: 0,
      factor: scaleOfRange(),
      note: "",
      isNotable: false,
    });
    const [red, green, blue] = [0, 1, 2].map((at) =>
      each.grids.subarray(LENGTH * at, LENGTH * (at + 1)),
    );
    const isGrey = red.every((value, index) => value === green[index] && value === blue[index]);
    return isGrey
      ? picturesOf([
          { ...all[isOne.indexOf(true)], notes: ["Its colours are all grey."], isNotable: false },
        ])
      : found;
  }

  function scaleOfRange() {
    return PIXEL_MAX / (statistics.max[0] || 1);
  }
}

/** @param {number[]} shape @param {import("./shapes.js").Role[]} roles */
function countOf(shape, roles) {
  const axis = roles.indexOf("picture");
  return axis < 0 ? 1 : shape[axis];
}

/** @param {ArrayHeader} header @param {Source} source @param {number} least @param {number} greatest */
function expectBounded({ shape, type, start }, source, least, greatest) {
  const bytes = sizeOf(shape) * type.size;
  if (least === 0) throw new Refusal(`The array of shape ${shapeText(shape)} holds no pictures.`);
  if (greatest > COUNT_MAX || bytes > UNPACKED_BYTES_MAX) {
    const most = `${grouped(COUNT_MAX)} pictures, which is as many as this page takes`;
    throw new Refusal(`The array of shape ${shapeText(shape)} holds more than ${most}.`);
  }
  if (source.size !== null && source.size < start + bytes) throw new Refusal(cutOff(shape));
}

/** @param {number[]} shape */
function cutOff(shape) {
  return `The file is cut off: its array of shape ${shapeText(shape)} has not all of its values.`;
}

/**
 * @param {Source} source
 * @param {ArrayHeader} header
 * @param {number} valuesAxis The axis whose values are told apart; below 0 where all are alike.
 */
async function surveyed(source, header, valuesAxis) {
  const { shape, byColumns } = header;
  const width = valuesAxis < 0 ? 1 : shape[valuesAxis];
  const statistics = new ColumnStatistics(width);
  const rows = sizeOf(shape) / width;
  let at = 0;
  await forEachValues(source, header, (values) => {
    for (let index = 0; index < values.length; index += 1, at += 1) {
      const column = byColumns ? Math.floor(at / rows) : at % width;
      statistics.addValue(column, values[index]);
      if (!Number.isFinite(values[index]) && !statistics.odd.has(column)) {
        throw new Refusal(
          `The array has ${values[index]} as one of its values, which is no pixel.`,
        );
      }
    }
    return false;
  });
  statistics.count = valuesAxis < 0 ? 1 : rows;
  return statistics;
}

/**
 * @param {Source} source
 * @param {ArrayHeader} header
 * @param {(values: ArrayLike<number>) => boolean | void} take Called with the values part by part, in the
 *   order in which they are stored; returns true if that is enough.
 */
export async function forEachValues(source, { shape, type, start }, take) {
  let toSkip = start;
  let left = sizeOf(shape);
  let rest = new Uint8Array(0);
  let isEnough = false;
  await forEachChunk(source.open(), (chunk) => {
    let bytes = chunk.subarray(toSkip);
    toSkip -= chunk.length - bytes.length;
    if (rest.length) {
      const both = new Uint8Array(rest.length + bytes.length);
      both.set(rest);
      both.set(bytes, rest.length);
      bytes = both;
    }
    const count = Math.min(left, Math.floor(bytes.length / type.size));
    rest = bytes.slice(count * type.size, (count + 1) * type.size);
    if (count) isEnough = take(type.read(bytes.subarray(0, count * type.size))) === true;
    left -= count;
    return isEnough || left === 0;
  });
  if (left > 0 && !isEnough) throw new Refusal(cutOff(shape));
}
