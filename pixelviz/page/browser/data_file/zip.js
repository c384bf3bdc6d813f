// The files in a zip archive, such as an NPZ file.
// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT

import { grouped } from "../counts.js";
import { counting, lazily, limited, unpacked } from "./bytes.js";
import { UNPACKED_BYTES_MAX } from "./limits.js";
import { Refusal, quoted } from "./refusal.js";

/** @typedef {import("./bytes.js").Source} Source */

/**
 * @typedef {object} Entry
 * @property {string} name
 * @property {Source} source Its content.
 */

const END = 0x06054b50;
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 65_535;
const DIRECTORY = 0x02014b50;
const DIRECTORY_BYTES = 46;
const DIRECTORY_BYTES_MAX = 1_000_000;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const TOO_LONG = 0xffff_ffff;
const STORED = 0;
const DEFLATED = 8;
const IS_ENCRYPTED = 1;

const DAMAGED = "The zip archive is damaged or cut off.";

/** @param {Uint8Array} bytes @returns {boolean} Whether a file begins as zip archives do. */
export function isZip(bytes) {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * @param {Blob} blob
 * @param {(count: number) => void} onBytes Called with the number of bytes of each part that is read.
 * @returns {Promise<Entry[]>}
 * @throws {Refusal} It is damaged, or packed in a way that is not read here.
 */
export async function entriesOf(blob, onBytes) {
  const tail = await viewOf(blob.slice(-END_BYTES - COMMENT_BYTES_MAX));
  let end = tail.byteLength - END_BYTES;
  while (end >= 0 && tail.getUint32(end, true) !== END) end -= 1;
  if (end < 0) throw new Refusal(DAMAGED);
  const [count, length, start] = [
    tail.getUint16(end + 10, true),
    tail.getUint32(end + 12, true),
    tail.getUint32(end + 16, true),
  ];
  if (length === TOO_LONG || start === TOO_LONG) throw tooLong();
  if (length > DIRECTORY_BYTES_MAX || start + length > blob.size) throw new Refusal(DAMAGED);
  const directory = await viewOf(blob.slice(start, start + length));
  /** @type {Entry[]} */ const entries = [];
  for (let at = 0, number = 0; number < count; number += 1) {
    if (at + DIRECTORY_BYTES > length || directory.getUint32(at, true) !== DIRECTORY) {
      throw new Refusal(DAMAGED);
    }
    const nameLength = directory.getUint16(at + 28, true);
    if (at + DIRECTORY_BYTES + nameLength > length) throw new Refusal(DAMAGED);
    const name = new TextDecoder().decode(
      new Uint8Array(directory.buffer, at + DIRECTORY_BYTES, nameLength),
    );
    entries.push({ name, source: contentOf(blob, directory, at, name, onBytes) });
    at +=
      DIRECTORY_BYTES +
      nameLength +
      directory.getUint16(at + 30, true) +
      directory.getUint16(at + 32, true);
  }
  return entries;
}

/** @param {Blob} blob */
async function viewOf(blob) {
  return new DataView(await blob.arrayBuffer());
}

function tooLong() {
  return new Refusal(
    "The zip archive is of the kind for files above 4 GB (zip64), which is more than this page takes.",
  );
}

/**
 * @param {Blob} blob
 * @param {DataView} directory
 * @param {number} at Where the directory describes the file.
 * @param {string} name
 * @param {(count: number) => void} onBytes
 * @returns {Source}
 */
function contentOf(blob, directory, at, name, onBytes) {
  const number = (/** @type {number} */ offset) => directory.getUint32(at + offset, true);
  const [checksum, packedSize, size, start] = [16, 20, 24, 42].map(number);
  const flags = directory.getUint16(at + 8, true);
  const method = directory.getUint16(at + 10, true);
  if ([packedSize, size, start].includes(TOO_LONG)) throw tooLong();

  function open() {
    if (flags & IS_ENCRYPTED) {
      throw new Refusal(`${quoted(name)} in the archive is protected by a password.`);
    }
    if (method !== STORED && method !== DEFLATED) {
      throw new Refusal(
        `${quoted(name)} in the archive is packed in a way that the page cannot unpack.`,
      );
    }
    const megabytes = grouped(Math.round(size / 1e6));
    if (size > UNPACKED_BYTES_MAX) {
      throw new Refusal(
        `${quoted(name)} in the archive takes ${megabytes} MB unpacked, as no data set of this page does.`,
      );
    }
    const parts = lazily(async () => {
      const local = await viewOf(blob.slice(start, start + LOCAL_BYTES));
      if (local.byteLength < LOCAL_BYTES || local.getUint32(0, true) !== LOCAL) {
        throw new Refusal(DAMAGED);
      }
      const first = start + LOCAL_BYTES + local.getUint16(26, true) + local.getUint16(28, true);
      if (first + packedSize > blob.size) throw new Refusal(DAMAGED);
      const packed = blob.slice(first, first + packedSize);
      if (method === STORED) return counting(packed.stream(), onBytes);
      return unpacked(counting(gzipOf(packed, checksum, size).stream(), onBytes));
    });
    return limited(parts, { damaged: DAMAGED, bytesMax: size, tooMuch: DAMAGED });
  }
  return { open, size };
}

/**
 * Not every engine that unpacks gzip also takes what is inside of it alone, and this way it checks the
 * content too.
 * @param {Blob} packed By deflate.
 * @param {number} checksum CRC-32 of the content.
 * @param {number} size Of the content.
 * @returns {Blob} The same as gzip writes it.
 */
function gzipOf(packed, checksum, size) {
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, checksum, true);
  trailer.setUint32(4, size, true);
  return new Blob([Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255), packed, trailer]);
}
