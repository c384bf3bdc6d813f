// Which axis of an array is what: the pictures, their rows and columns, their colours.

import { LENGTH, SIDE } from "../arrays.js";
import { shapeText } from "./npy.js";
import { Refusal } from "./refusal.js";

/**
 * @typedef {"picture" | "row" | "column" | "pixel" | "colour" | "values"} Role Of an axis; "values" are
 *   784 pixels and one or two more, of which `columns.js` tells what is what.
 *
 * @typedef {object} ShapeReading
 * @property {Role[]} roles By axis, without those of length 1.
 * @property {string} title
 * @property {string[]} notes
 * @property {boolean} isNotable
 */

/** So many columns beside the pixels: a label and the number of the picture. */
const EXTRA_MAX = 2;

/**
 * @param {number[]} shape
 * @returns {{shape: number[], readings: ShapeReading[]}} The shape without axes of length 1, and the
 *   readings, the most probable first.
 * @throws {Refusal} It is not that of pictures of 28 × 28.
 */
export function shapeReadings(shape) {
  const plain = shape.filter((length) => length !== 1);
  const readings = FORMS.flatMap((form) => form(plain));
  if (!readings.length) throw new Refusal(notPictures(shape));
  return { shape: plain, readings };
}

/** @type {((shape: number[]) => ShapeReading[])[]} */
const FORMS = [onePicture, rows, grids, gridsInColour, gridsLast];

/** @param {Role[]} roles @param {string} [note] @param {boolean} [isNotable] @returns {ShapeReading} */
function reading(roles, note, isNotable = false) {
  return { roles, title: note ?? "", notes: note ? [note] : [], isNotable };
}

/** @param {number[]} shape */
function onePicture(shape) {
  if (shape.length === 1 && shape[0] === LENGTH) return [reading(["pixel"])];
  if (shape.length === 1 && isWide(shape[0])) return [reading(["values"])];
  if (shape.length === 2 && shape.every((length) => length === SIDE)) {
    return [reading(["row", "column"])];
  }
  return [];
}

/** @param {number} length */
function isWide(length) {
  return length > LENGTH && length <= LENGTH + EXTRA_MAX;
}

/** @param {number[]} shape */
function rows(shape) {
  if (shape.length !== 2) return [];
  const [first, last] = shape;
  if (last === LENGTH) return [reading(["picture", "pixel"])];
  if (isWide(last)) return [reading(["picture", "values"])];
  if (first === LENGTH) return [reading(["pixel", "picture"], "Each column is a picture.", true)];
  return [];
}

/** @param {number[]} shape */
function grids(shape) {
  return shape.length === 3 && shape[1] === SIDE && shape[2] === SIDE
    ? [reading(["picture", "row", "column"])]
    : [];
}

const IN_COLOUR = "The pictures are in colour: each pixel is made grey.";

/** @param {number[]} shape */
function gridsInColour(shape) {
  if (shape.length !== 4) return [];
  const [, second, third, last] = shape;
  if (second === SIDE && third === SIDE && isColour(last)) {
    return [reading(["picture", "row", "column", "colour"], IN_COLOUR, true)];
  }
  if (isColour(second) && third === SIDE && last === SIDE) {
    return [reading(["picture", "colour", "row", "column"], IN_COLOUR, true)];
  }
  return [];
}

/** @param {number} length */
function isColour(length) {
  return length === 3 || length === 4;
}

/** @param {number[]} shape */
function gridsLast(shape) {
  if (shape.length !== 3) return [];
  const [first, second, third] = shape;
  const found = [];
  if (first === SIDE && second === SIDE) {
    if (isColour(third)) {
      found.push(
        reading(
          ["row", "column", "colour"],
          "One picture in colour: each pixel is made grey.",
          true,
        ),
      );
    }
    if (third !== SIDE) {
      found.push(
        reading(["row", "column", "picture"], `${third} pictures, one behind the other.`, true),
      );
    }
  }
  // (3, 28, 28) has been found by `grids` as three pictures.
  if (isColour(first) && second === SIDE && third === SIDE) {
    found.push(
      reading(["colour", "row", "column"], "One picture in colour: each pixel is made grey.", true),
    );
  }
  return found;
}

/** @param {number[]} shape */
function notPictures(shape) {
  const plain = shape.filter((length) => length !== 1);
  const found = `This is an array of shape ${shapeText(shape)}`;
  const wanted = `The page reads pictures of 28 × 28: (n, 28, 28) or (n, ${LENGTH}).`;
  if (plain.length === 0) return `${found}, a single number. ${wanted}`;
  if (plain.length === 1) return `${found}, a plain list of numbers: labels, perhaps. ${wanted}`;
  const [height, width] =
    plain.slice(-3).length === 3 && plain.length > 3 ? plain.slice(1, 3) : plain.slice(-2);
  if (plain.length > 2 && height === width) {
    return `${found}, which may be pictures of ${height} × ${width} pixels. ${wanted}`;
  }
  const side = Math.sqrt(plain[1]);
  if (plain.length === 2 && plain[1] > 1 && Number.isInteger(side)) {
    return `${found}, which may be pictures of ${side} × ${side} pixels. ${wanted}`;
  }
  return `${found}. ${wanted}`;
}
