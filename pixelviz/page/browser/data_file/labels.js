// An array of labels -> the targets, 0 to 9.

import { forEachValues } from "./array_file.js";
import { COUNT_MAX } from "./limits.js";
import { shapeText, sizeOf } from "./npy.js";

/** @typedef {import("./npz.js").NamedArray} NamedArray */

const CLASSES = 10;

/**
 * @param {NamedArray} array
 * @param {number} count How many pictures there are.
 * @returns {boolean} Whether its shape is that of their labels: one each, or a row of ten, one of them 1.
 */
export function isForPictures({ header: { shape } }, count) {
  const [length, ...rest] = shape;
  return (
    length === count &&
    (rest.every((each) => each === 1) || (rest.length === 1 && rest[0] === CLASSES))
  );
}

/**
 * @param {NamedArray} array
 * @returns {Promise<{targets: Uint8Array | null, problem: string}>} Null, and why, where they are no digits.
 */
export async function readLabels(array) {
  const { shape } = array.header;
  const size = sizeOf(shape);
  if (size > COUNT_MAX * CLASSES) return problemWith(array, `has the shape ${shapeText(shape)}`);
  const values = new Float64Array(size);
  let length = 0;
  await forEachValues(array.source, array.header, (part) => {
    values.set(part, length);
    length += part.length;
  });
  const digits = size > shape[0] ? ofRows(values, shape[0], array.header.byColumns) : values;
  if (!digits.every((digit) => digit >= 0 && digit < CLASSES && Number.isInteger(digit))) {
    return problemWith(array, "has other values than the digits 0 to 9");
  }
  return { targets: Uint8Array.from(digits), problem: "" };
}

/**
 * @param {Float64Array} values Ten for each picture.
 * @param {number} count
 * @param {boolean} byColumns
 * @returns {Float64Array} Which of the ten is 1; NaN unless exactly one is, and the others are 0.
 */
function ofRows(values, count, byColumns) {
  return Float64Array.from({ length: count }, (_, row) => {
    const ten = Array.from(
      { length: CLASSES },
      (__, digit) => values[byColumns ? digit * count + row : row * CLASSES + digit],
    );
    const isOneHot =
      ten.filter((value) => value === 1).length === 1 &&
      ten.filter((value) => value === 0).length === CLASSES - 1;
    return isOneHot ? ten.indexOf(1) : NaN;
  });
}

/** @param {NamedArray} array @param {string} what */
function problemWith({ name }, what) {
  return { targets: null, problem: `The array ${name} ${what}, so it is not used as labels.` };
}
