// The file of a network, which model/network_file.py describes and writes.

import { COMPUTE } from "./layers.js";

/** @typedef {import("./layers.js").Layer} Layer */
/** @typedef {import("./layers.js").Tensor} Tensor */
/** @typedef {import("./network.js").Network} Network */

/** @typedef {Omit<Layer, "weights"> & {weights: Record<string, number[]>}} Described A layer, with the
 * shapes of its weights. */

const MAGIC = "pixelviz";
const HEADER_AT = MAGIC.length + Uint32Array.BYTES_PER_ELEMENT;

/**
 * @param {ArrayBuffer} file
 * @returns {Network}
 * @throws {Error} The file is cut off, or not one of a network.
 */
export function read(file) {
  const { header, end } = headerOf(file);
  const { name, title, threshold } = header;
  /** @type {Described[]} */ const described = header.layers;
  const shapes = described.flatMap(({ weights }) => Object.values(weights));
  const needed = shapes.reduce((sum, shape) => sum + countOf(shape), 0);
  if (end + needed * Float32Array.BYTES_PER_ELEMENT !== file.byteLength) {
    throw unexpected(`${file.byteLength} bytes, which do not fit its ${needed} weights`);
  }
  let at = end;

  /** @param {number[]} shape @returns {Tensor} The next weights of the file. */
  function take(shape) {
    const values = new Float32Array(file, at, countOf(shape));
    at += values.byteLength;
    return { shape, values };
  }

  const layers = described.map((layer) => {
    if (!Object.hasOwn(COMPUTE, layer.kind)) throw unexpected(`a layer of the kind ${layer.kind}`);
    const weights = Object.entries(layer.weights).map(([key, shape]) => [key, take(shape)]);
    return { ...layer, weights: Object.fromEntries(weights) };
  });
  return { name, title, threshold, layers };
}

/** @param {number[]} shape @returns {number} How many numbers an array of this shape has. */
function countOf(shape) {
  return shape.reduce((product, length) => product * length, 1);
}

/** @param {ArrayBuffer} file @returns {{header: any, end: number}} `end` is where it ends. */
function headerOf(file) {
  const decoder = new TextDecoder();
  const beginning = decoder.decode(file.slice(0, MAGIC.length));
  if (beginning !== MAGIC || file.byteLength < HEADER_AT) throw unexpected("another file");
  const end = HEADER_AT + new DataView(file).getUint32(MAGIC.length, true);
  if (end > file.byteLength) throw unexpected("a header that is cut off");
  let header;
  try {
    header = JSON.parse(decoder.decode(file.slice(HEADER_AT, end)));
  } catch {
    throw unexpected("a header that is not JSON");
  }
  const isComplete = header?.layers?.every?.((/** @type {any} */ layer) => layer?.weights);
  if (!isComplete) throw unexpected("a header without layers");
  return { header, end };
}

/** @param {string} found @returns {Error} */
function unexpected(found) {
  return new Error(`Expected the file of a network, got ${found}. Reload the page.`);
}
