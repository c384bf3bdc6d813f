// The file of a network, which model/network_file.py describes and writes.

import { COMPUTE } from "./layers.js";

/** @typedef {import("./layers.js").Layer} Layer */
/** @typedef {import("./layers.js").Tensor} Tensor */
/** @typedef {import("./network.js").Network} Network */

/**
 * @typedef {Omit<Network, "layers"> & {layers: (Omit<Layer, "weights">
 *   & {weights: Record<string, number[]>})[]}} Header Of the weights it has the shapes alone.
 */

const MAGIC = "pixelviz";
const HEADER_AT = MAGIC.length + Uint32Array.BYTES_PER_ELEMENT;

/**
 * @param {ArrayBuffer} file
 * @returns {Network}
 * @throws {Error} The file is cut off, or not one of a network.
 */
export function read(file) {
  const header = headerOf(file);
  let at = HEADER_AT + lengthOfHeader(file);

  /** @param {number[]} shape @returns {Tensor} The next weights of the file. */
  function take(shape) {
    const count = shape.reduce((product, length) => product * length, 1);
    const values = new Float32Array(file, at, count);
    at += values.byteLength;
    return { shape, values };
  }

  const needed = header.layers
    .flatMap((layer) => Object.values(layer.weights))
    .reduce((sum, shape) => sum + shape.reduce((product, length) => product * length, 1), 0);
  if (at + needed * Float32Array.BYTES_PER_ELEMENT !== file.byteLength) {
    throw unexpected(`one with ${file.byteLength} bytes, which do not fit its ${needed} weights`);
  }
  const layers = header.layers.map((layer) => {
    if (!Object.hasOwn(COMPUTE, layer.kind)) throw unexpected(`a layer of the kind ${layer.kind}`);
    const weights = Object.entries(layer.weights).map(([name, shape]) => [name, take(shape)]);
    return { ...layer, weights: Object.fromEntries(weights) };
  });
  const { name, title, threshold } = header;
  return { name, title, threshold, layers };
}

/** @param {ArrayBuffer} file @returns {number} In bytes. */
function lengthOfHeader(file) {
  return new DataView(file).getUint32(MAGIC.length, true);
}

/** @param {ArrayBuffer} file @returns {Header} */
function headerOf(file) {
  const decoder = new TextDecoder();
  if (
    file.byteLength < HEADER_AT ||
    decoder.decode(new Uint8Array(file, 0, MAGIC.length)) !== MAGIC
  ) {
    throw unexpected("another file");
  }
  const length = lengthOfHeader(file);
  if (length > file.byteLength - HEADER_AT) throw unexpected("a header that is cut off");
  try {
    return JSON.parse(decoder.decode(new Uint8Array(file, HEADER_AT, length)));
  } catch {
    throw unexpected("a header that is not JSON");
  }
}

/** @param {string} found @returns {Error} */
function unexpected(found) {
  return new Error(`Expected the file of a network, got ${found}. Reload the page.`);
}
