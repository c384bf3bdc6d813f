// A grid -> a link that opens the page with it, as in formats/share_link.py.

import { crc32 } from "./crc32.js";

const VERSION = "1";

/**
 * @param {import("./arrays.js").Vector} vector Too noisy a one does not fit into a link.
 * @returns {Promise<string | null>} The code that carries it in a link; null where the browser cannot
 *   compress it.
 */
export async function codeOf(vector) {
  const packed = await deflated(vector);
  if (!packed) return null;
  const letters = btoa(String.fromCharCode(...packed));
  const base64url = letters.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return `${VERSION}.${base64url}.${crc32(packed).toString(16).padStart(8, "0")}`;
}

/** @param {Uint8Array} bytes @returns {Promise<Uint8Array | null>} */
async function deflated(bytes) {
  try {
    const stream = new Blob([Uint8Array.from(bytes)]).stream();
    const packed = stream.pipeThrough(new CompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(packed).arrayBuffer());
  } catch {
    return null; // a browser of before 2023 does not know it
  }
}
