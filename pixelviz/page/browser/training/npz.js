// Writes arrays as numpy keeps them: an .npy file for each, and an .npz file, which is a zip file of these
// without compression.

import { crc32 } from "../crc32.js";
import { npyFile } from "../npy_file.js";

/** @typedef {{name: string, shape: number[], values: Float32Array}} NamedArray */

/** The day on which zip files begin, as they write it: the first of January 1980. */
const ZIP_DATE = 0x21;

/** @param {NamedArray} array @returns {Uint8Array} An .npy file, version 1.0. */
export function npyOf({ shape, values }) {
  const bytes = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, index) => bytes.setFloat32(4 * index, value, true));
  return npyFile("<f4", shape, new Uint8Array(bytes.buffer));
}

/** @param {NamedArray[]} arrays @returns {Uint8Array} An .npz file. */
export function npzOf(arrays) {
  const files = arrays.map((array) => {
    const content = npyOf(array);
    return { name: bytesOf(`${array.name}.npy`), content, checksum: crc32(content) };
  });
  /** @type {Uint8Array[]} */ const parts = [];
  /** @type {Uint8Array[]} */ const directory = [];
  let offset = 0;
  for (const { name, content, checksum } of files) {
    const common = [
      ...little(20, 2), // the version that reads it
      ...little(0, 4), // no flags, no compression
      ...little(0, 2),
      ...little(ZIP_DATE, 2),
      ...little(checksum, 4),
      ...little(content.length, 4),
      ...little(content.length, 4),
      ...little(name.length, 2),
      ...little(0, 2),
    ];
    const head = Uint8Array.from([...bytesOf("PK\x03\x04"), ...common, ...name]);
    const rest = [...little(0, 2), ...little(0, 2), ...little(0, 2), ...little(0, 4), ...little(offset, 4)];
    directory.push(Uint8Array.from([...bytesOf("PK\x01\x02"), ...little(20, 2), ...common, ...rest, ...name]));
    parts.push(head, content);
    offset += head.length + content.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const count = [...little(files.length, 2), ...little(files.length, 2)];
  const ends = [...little(size, 4), ...little(offset, 4), ...little(0, 2)];
  return joined([...parts, ...directory, Uint8Array.from([...bytesOf("PK\x05\x06"), ...little(0, 4), ...count, ...ends])]);
}

/** @param {string} text ASCII. @returns {number[]} */
function bytesOf(text) {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

/** @param {number} number @param {number} count @returns {number[]} Its bytes, the lowest first. */
function little(number, count) {
  return Array.from({ length: count }, (_, index) => Math.floor(number / 256 ** index) % 256);
}

/** @param {Uint8Array[]} parts @returns {Uint8Array} */
function joined(parts) {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}
