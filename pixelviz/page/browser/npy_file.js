// Writes an array as numpy keeps it: an .npy file, version 1.0.

/** Magic string, version and the header's length come before the header. */
const BEFORE_HEADER = 10;

/** What comes before the values is filled up to a multiple of so many bytes. */
const ALIGNED = 64;

/**
 * @param {"|u1" | "<f4"} kind Of the values, as numpy names it.
 * @param {number[]} shape With one dimension at least.
 * @param {Uint8Array} values Their bytes, the lowest first.
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function npyFile(kind, shape, values) {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const text = `{'descr': '${kind}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const length = Math.ceil((BEFORE_HEADER + text.length + 1) / ALIGNED) * ALIGNED - BEFORE_HEADER;
  const bytes = new Uint8Array(BEFORE_HEADER + length + values.length);
  const encoder = new TextEncoder();
  bytes.set([0x93, ...encoder.encode("NUMPY"), 1, 0]);
  new DataView(bytes.buffer).setUint16(BEFORE_HEADER - 2, length, true);
  bytes.set(encoder.encode(`${text.padEnd(length - 1)}\n`), BEFORE_HEADER);
  bytes.set(values, BEFORE_HEADER + length);
  return bytes;
}
