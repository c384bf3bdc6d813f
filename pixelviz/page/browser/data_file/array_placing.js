// Puts the values of an array, as they are stored, where they belong in the pictures.

import { LENGTH, SIDE } from "../arrays.js";
import { pixelOf } from "./values.js";

/** @typedef {import("./shapes.js").Role} Role */
/** @typedef {import("./values.js").Scale} Scale */

/** Where a value does not belong into any picture: below 0, also with what other axes add to it. */
const NOWHERE = -(2 ** 30);

/** How much red, green, blue and opacity are of a grey, in 256ths: as in ITU-R BT.601. */
const GREY = [77, 150, 29, 0];
const GREY_SUM = 256;

/**
 * @param {number[]} shape
 * @param {boolean} byColumns
 * @param {{roles: Role[], count: number, columns: Int32Array | null, label: number | null}} reading
 * @param {Scale} scale
 * @param {number} countMax Of more pictures, only so many.
 * @returns {{take(values: ArrayLike<number>): boolean, result(): import("./pictures.js").Converted}} `take`
 *   returns whether all that is wanted has come.
 */
export function createPlacer(shape, byColumns, { roles, count, columns, label }, scale, countMax) {
  const wanted = Math.min(count, countMax);
  const isInColour = roles.includes("colour");
  const pixels = isInColour ? new Uint16Array(wanted * LENGTH) : new Uint8Array(wanted * LENGTH);
  const targets = label === null ? null : new Uint8Array(wanted);
  const fastestFirst = byColumns ? [...shape.keys()] : [...shape.keys()].reverse();
  const axes = fastestFirst.map((axis) => ({
    role: roles[axis],
    places: placesOn(roles[axis], shape[axis], columns, wanted),
  }));
  const [inner, ...outer] = axes;
  const counters = outer.map(() => 0);
  const isPictureLast = !byColumns && roles[0] === "picture";
  let at = 0;
  let base = baseOf();
  let isDone = false;

  function baseOf() {
    return outer.reduce((sum, { places }, axis) => sum + places[counters[axis]], 0);
  }

  function goOn() {
    at = 0;
    for (let axis = 0; axis < outer.length; axis += 1) {
      counters[axis] += 1;
      if (counters[axis] < outer[axis].places.length) break;
      counters[axis] = 0;
    }
    base = baseOf();
    isDone = isPictureLast && counters[counters.length - 1] >= wanted;
  }

  /** @param {Role} role @returns {number} Which one along the axis it is. */
  function indexOn(role) {
    return inner.role === role
      ? at
      : (counters[outer.findIndex((axis) => axis.role === role)] ?? 0);
  }

  /** @param {number} value One that is no pixel. */
  function noteLabel(value) {
    const picture = indexOn("picture");
    if (targets && picture < wanted && indexOn("values") === label) targets[picture] = value;
  }

  return {
    take(values) {
      const { length } = inner.places;
      for (let index = 0; index < values.length && !isDone; index += 1) {
        const place = base + inner.places[at];
        const value = values[index];
        if (place < 0) noteLabel(value);
        else if (isInColour) pixels[place] += GREY[indexOn("colour")] * pixelOf(value, scale);
        else pixels[place] = pixelOf(value, scale);
        at += 1;
        if (at === length) goOn();
      }
      return isDone;
    },

    result: () => ({
      grids: isInColour
        ? Uint8Array.from(pixels, (sum) => Math.round(sum / GREY_SUM))
        : /** @type {Uint8Array} */ (pixels),
      targets,
    }),
  };
}

/**
 * @param {Role} role Of an axis.
 * @param {number} length Of the axis.
 * @param {Int32Array | null} columns
 * @param {number} wanted
 * @returns {Int32Array} By the index along the axis, how far the value is from the first pixel.
 */
function placesOn(role, length, columns, wanted) {
  if (role === "values") {
    const places = new Int32Array(length).fill(NOWHERE);
    columns?.forEach((column, pixel) => (places[column] = pixel));
    return places;
  }
  const step = { picture: LENGTH, row: SIDE, column: 1, pixel: 1, colour: 0 }[role];
  return Int32Array.from({ length }, (_, index) =>
    role === "picture" && index >= wanted ? NOWHERE : step * index,
  );
}
