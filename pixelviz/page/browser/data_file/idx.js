// The header of an IDX file, the form in which MNIST was first published: train-images-idx3-ubyte.gz.

import { firstBytes } from "./bytes.js";
import { typeOf } from "./npy.js";
import { Refusal } from "./refusal.js";

/** By their numbers, the types of values. The most significant byte comes first. */
const TYPES = new Map([
  [0x08, "|u1"],
  [0x09, "|i1"],
  [0x0b, ">i2"],
  [0x0c, ">i4"],
  [0x0d, ">f4"],
  [0x0e, ">f8"],
]);

const AXES_MAX = 4;

/** @param {Uint8Array} bytes @returns {boolean} Whether a file begins as IDX files do. */
export function isIdx(bytes) {
  const [first, second, type, axes] = bytes;
  return first === 0 && second === 0 && TYPES.has(type) && axes >= 1 && axes <= AXES_MAX;
}

/**
 * @param {import("./bytes.js").Source} source
 * @returns {Promise<import("./npy.js").ArrayHeader>}
 * @throws {Refusal} It is cut off.
 */
export async function idxHeaderOf(source) {
  const bytes = await firstBytes(source, 4 + 4 * AXES_MAX);
  const axes = bytes[3];
  const start = 4 + 4 * axes;
  if (bytes.length < start) throw new Refusal("The header of the IDX file is cut off.");
  const view = new DataView(bytes.buffer);
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  return { shape, byColumns: false, type: typeOf(TYPES.get(bytes[2]) ?? ""), start };
}
