// The header of an NPY file, and its values as numbers. https://numpy.org/neps/nep-0001-npy-format.html

import { firstBytes } from "./bytes.js";
import { Refusal, quoted } from "./refusal.js";

/** @typedef {import("./bytes.js").Source} Source */

/**
 * @typedef {object} ArrayHeader
 * @property {number[]} shape
 * @property {boolean} byColumns Whether the first index counts fastest, as in Fortran.
 * @property {NumberType} type
 * @property {number} start Where the values begin, in bytes.
 */

/**
 * @typedef {object} NumberType
 * @property {string} name "uint8", "float32" and so on, as NumPy says it.
 * @property {number} size Of a value, in bytes.
 * @property {(bytes: Uint8Array<ArrayBuffer>) => ArrayLike<number>} read Reads values, of which there is a
 *   whole number.
 */

const MAGIC = "\x93NUMPY";
const HEADER_MAX = 10_000;
const LETTERS_MAX = 32;
const BEGINNING = 12; // the magic string, the version and the length of what follows

/** @param {Uint8Array} bytes @returns {boolean} Whether a file begins as NPY files do. */
export function isNpy(bytes) {
  return latin(bytes.subarray(0, MAGIC.length)) === MAGIC;
}

/** @param {Uint8Array} bytes */
function latin(bytes) {
  return String.fromCharCode(...bytes);
}

/**
 * @param {Source} source
 * @returns {Promise<ArrayHeader>}
 * @throws {Refusal} It is no array of numbers.
 */
export async function headerOf(source) {
  const bytes = await firstBytes(source, BEGINNING + HEADER_MAX);
  const view = new DataView(bytes.buffer, 0, bytes.length);
  if (!isNpy(bytes) || bytes.length < BEGINNING) {
    throw new Refusal("The header of the NPY file is cut off.");
  }
  const isLong = bytes[MAGIC.length] > 1;
  const start = isLong ? BEGINNING : BEGINNING - 2;
  const length = isLong ? view.getUint32(8, true) : view.getUint16(8, true);
  if (length > HEADER_MAX || start + length > bytes.length) {
    throw new Refusal("The header of the NPY file is cut off, or longer than any header.");
  }
  return { ...parsed(latin(bytes.subarray(start, start + length))), start: start + length };
}

/** @param {string} text A Python dict. @returns {Omit<ArrayHeader, "start">} */
function parsed(text) {
  const type = /'descr' *: *'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order' *: *(True|False)/.exec(text)?.[1];
  const shape = /'shape' *: *\(([0-9, L]*)\)/.exec(text)?.[1];
  if (type === undefined && /'descr' *: *\[/.test(text)) {
    throw new Refusal("The array holds records of several values each, not pixels.");
  }
  if (type === undefined || order === undefined || shape === undefined) {
    throw new Refusal("The header of the NPY file cannot be read.");
  }
  const lengths = shape.split(",").flatMap((part) => (part.trim() ? [parseInt(part, 10)] : []));
  return { shape: lengths, byColumns: order === "True", type: typeOf(type) };
}

const NAMES = { b: "bool", i: "int", u: "uint", f: "float" };

/**
 * @param {string} text As NumPy writes a type: "|u1", "<f4", ">i2".
 * @returns {NumberType}
 * @throws {Refusal} It is no type of numbers.
 */
export function typeOf(text) {
  const [, order, kind, digits] = /^([<>|=]?)([a-zA-Z])(\d*)$/.exec(text) ?? [];
  const size = Number(digits);
  if (kind === "O") {
    throw new Refusal(
      "The array holds Python objects, which cannot be read without running them. Save it as numbers.",
    );
  }
  if ((kind === "U" || kind === "S") && size >= 1 && size <= LETTERS_MAX) {
    return textType(kind, order, size);
  }
  const make = READERS.get(`${kind}${digits}`);
  if (!make) {
    throw new Refusal(`The array holds values of the type ${quoted(text)}, which are no pixels.`);
  }
  const read =
    order === ">"
      ? (/** @type {Uint8Array<ArrayBuffer>} */ bytes) => make(reversed(bytes, size))
      : make;
  const name =
    kind === "b" ? "bool" : `${NAMES[/** @type {keyof typeof NAMES} */ (kind)]}${8 * size}`;
  return { name, size, read };
}

/** @typedef {(bytes: Uint8Array<ArrayBuffer>) => ArrayLike<number>} Read */

/** Of little-endian values. */
const READERS = new Map(
  /** @type {[string, Read][]} */ ([
    ["b1", (bytes) => bytes],
    ["u1", (bytes) => bytes],
    ["i1", (bytes) => new Int8Array(aligned(bytes))],
    ["u2", (bytes) => new Uint16Array(aligned(bytes))],
    ["i2", (bytes) => new Int16Array(aligned(bytes))],
    ["u4", (bytes) => new Uint32Array(aligned(bytes))],
    ["i4", (bytes) => new Int32Array(aligned(bytes))],
    ["u8", (bytes) => Float64Array.from(new BigUint64Array(aligned(bytes)), Number)],
    ["i8", (bytes) => Float64Array.from(new BigInt64Array(aligned(bytes)), Number)],
    ["f2", (bytes) => Float64Array.from(new Uint16Array(aligned(bytes)), halfOf)],
    ["f4", (bytes) => new Float32Array(aligned(bytes))],
    ["f8", (bytes) => new Float64Array(aligned(bytes))],
  ]),
);

/**
 * @param {string} kind "U" for 4 bytes a letter, "S" for 1.
 * @param {string} order
 * @param {number} length How many letters each text has, with zeros at the end.
 * @returns {NumberType} Whole numbers that are written as text; NaN for other text.
 */
function textType(kind, order, length) {
  const letters = typeOf(kind === "U" ? `${order}u4` : "u1");
  const size = letters.size * length;
  const read = (/** @type {Uint8Array<ArrayBuffer>} */ bytes) => {
    const codes = letters.read(bytes);
    return Float64Array.from({ length: bytes.length / size }, (_, at) => {
      const text = Array.from({ length }, (__, letter) =>
        String.fromCharCode(codes[at * length + letter]),
      ).join("");
      return /^[0-9]+\0*$/.test(text) ? parseInt(text, 10) : NaN;
    });
  };
  return { name: "text", size, read };
}

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {ArrayBuffer} A copy that begins where any value may. */
function aligned(bytes) {
  return bytes.slice().buffer;
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {number} size Of a value.
 * @returns {Uint8Array<ArrayBuffer>} The bytes of each value in the opposite order.
 */
function reversed(bytes, size) {
  const copy = bytes.slice();
  for (let at = 0; at < copy.length; at += size) copy.subarray(at, at + size).reverse();
  return copy;
}

/** @param {number} bits @returns {number} A float of 16 bits. */
function halfOf(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** @param {number[]} shape @returns {number} How many values an array has. */
export function sizeOf(shape) {
  return shape.reduce((product, length) => product * length, 1);
}

/** @param {number[]} shape @returns {string} As Python writes it: "(60000, 28, 28)". */
export function shapeText(shape) {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}
