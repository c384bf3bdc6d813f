// The bytes of a file, part by part, also of a packed one: never all of them at once.

import { UNPACKED_BYTES_MAX } from "./limits.js";
import { Refusal } from "./refusal.js";

/** @typedef {ReadableStream<Uint8Array<ArrayBuffer>>} ByteStream */

/**
 * @typedef {object} Source Bytes that can be read from the beginning as often as need be.
 * @property {() => ByteStream} open
 * @property {number | null} size How many bytes there are, where that is known.
 */

/** @typedef {(share: number) => void} OnProgress Called with how much is read, 0 to 1. */

/**
 * @param {Blob} blob
 * @param {(count: number) => void} onBytes Called with the number of bytes of each part that is read.
 * @returns {Source}
 */
export function sourceOf(blob, onBytes) {
  return { open: () => counting(blob.stream(), onBytes), size: blob.size };
}

const UNPACKED_MB_MAX = Math.floor(UNPACKED_BYTES_MAX / 1e6);

const TOO_MUCH = `Unpacked, the file takes more than ${UNPACKED_MB_MAX} MB, as no set of this page does.`;

/** Packed bytes become up to 1,032 times as many, all at once. */
const PACKED_PART_BYTES = 16_384;

/**
 * @param {ByteStream} stream As gzip packs it.
 * @returns {ByteStream}
 */
export function unpacked(stream) {
  const inParts = new TransformStream({
    transform(/** @type {Uint8Array<ArrayBuffer>} */ chunk, controller) {
      for (let at = 0; at < chunk.length; at += PACKED_PART_BYTES) {
        controller.enqueue(chunk.subarray(at, at + PACKED_PART_BYTES));
      }
    },
  });
  return stream.pipeThrough(inParts).pipeThrough(new DecompressionStream("gzip"));
}

/**
 * @param {Source} packed By gzip.
 * @returns {Source}
 */
export function gunzipped(packed) {
  const open = () =>
    limited(unpacked(packed.open()), {
      damaged: "The gzip file is damaged or cut off.",
      bytesMax: UNPACKED_BYTES_MAX,
      tooMuch: TOO_MUCH,
    });
  return { open, size: null };
}

/**
 * @param {ByteStream} stream
 * @param {(count: number) => void} onBytes
 * @returns {ByteStream} The same bytes, which are counted as they are read.
 */
export function counting(stream, onBytes) {
  return stream.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        onBytes(chunk.length);
        controller.enqueue(chunk);
      },
    }),
  );
}

/**
 * @param {() => Promise<ByteStream>} make Called when the first byte is wanted.
 * @returns {ByteStream}
 */
export function lazily(make) {
  /** @type {ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> | null} */ let reader = null;
  return new ReadableStream(
    {
      async pull(controller) {
        reader ??= (await make()).getReader();
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader?.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/**
 * @param {ByteStream} stream Of a packed file.
 * @param {{damaged: string, bytesMax: number, tooMuch: string}} bound What is said where it cannot be
 *   unpacked; how many bytes there may be, and what is said where there are more.
 * @returns {ByteStream} A stream that fails by a `Refusal` only, and never goes on for too long.
 */
export function limited(stream, { damaged, bytesMax, tooMuch }) {
  const reader = stream.getReader();
  let count = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await reader.read().catch((error) => {
          throw error instanceof Refusal ? error : new Refusal(damaged);
        });
        if (done) {
          controller.close();
          return;
        }
        count += value.length;
        if (count > bytesMax) {
          reader.cancel().catch(() => {});
          throw new Refusal(tooMuch);
        }
        controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/**
 * Gives the parts of a stream to a function, until it returns true.
 * @param {ByteStream} stream
 * @param {(chunk: Uint8Array<ArrayBuffer>) => boolean | void} take Returns true if that is enough.
 */
export async function forEachChunk(stream, take) {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || take(value)) return;
    }
  } finally {
    reader.cancel().catch(() => {}); // of one that has failed
  }
}

/**
 * @param {Source} source
 * @param {number} count
 * @returns {Promise<Uint8Array<ArrayBuffer>>} So many of the first bytes, or all if there are fewer.
 */
export async function firstBytes(source, count) {
  const first = new Uint8Array(count);
  let length = 0;
  await forEachChunk(source.open(), (chunk) => {
    const part = chunk.subarray(0, count - length);
    first.set(part, length);
    length += part.length;
    return length === count;
  });
  return first.subarray(0, length);
}
