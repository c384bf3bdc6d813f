// Fetches MNIST from the server, in parts; with the first one, 1 MB, everything works already.

import { grouped } from "../counts.js";
import { LENGTH } from "../arrays.js";

/**
 * @typedef {import("./data_set.js").DataSet} DataSet
 *
 * @typedef {object} Part As the server tells it.
 * @property {string} address Relative to the page's.
 * @property {[number, number]} training The first picture of the training set in it, and the one after
 *   its last.
 * @property {[number, number]} test The same of the test set.
 */

export const KIND = "mnist";

/**
 * @param {object} listener
 * @param {(share: number) => void} listener.onProgress Called with how much of what was asked for has
 *   come, 0 to 1.
 * @param {(set: DataSet, isWhole: boolean) => void} listener.onSet
 * @param {(error: Error) => void} listener.onFailure
 */
export function createMnist({ onProgress, onSet, onFailure }) {
  /** @type {Map<string, Uint8Array>} By address, what has come. */ let parts = new Map();
  /** @type {AbortController | null} */ let fetching = null;

  /**
   * Fetches those parts that have not come yet, one after the other.
   * @param {Part[]} wanted
   * @param {Part[]} all
   */
  async function take(wanted, all) {
    fetching?.abort();
    const { signal } = (fetching = new AbortController());
    const missing = wanted.filter(({ address }) => !parts.has(address));
    const total = missing.reduce((sum, part) => sum + bytesOf(part), 0);
    let before = 0;
    try {
      for (const part of missing) {
        const start = before;
        const content = await download(part, signal, (bytes) => onProgress((start + bytes) / total));
        parts.set(part.address, content);
        if (signal.aborted) return; // it has come at the very moment
        before += bytesOf(part);
      }
      const isWhole = wanted.length === all.length;
      onSet(join(wanted, parts, isWhole), isWhole);
      if (isWhole) parts = new Map(); // the set has all of them now
    } catch (error) {
      if (!signal.aborted) onFailure(error instanceof Error ? error : new Error(String(error)));
    }
    if (fetching?.signal === signal) fetching = null;
  }

  return {
    /** @param {Part[]} all */
    fetchFirst: (all) => take(all.slice(0, 1), all),

    /** @param {Part[]} all What has come before the last stop is not fetched again. */
    fetchAll: (all) => take(all, all),

    /** @param {Part[]} all @returns {number} How many pictures have not come yet. */
    missing(all) {
      const still = all.filter(({ address }) => !parts.has(address));
      return still.reduce((sum, part) => sum + countOf(part), 0);
    },

    /** @returns {boolean} */
    get isFetching() {
      return fetching !== null;
    },

    stop() {
      fetching?.abort();
      fetching = null;
    },
  };
}

/** @param {Part} part @returns {number} How many pictures are in it. */
export function countOf({ training, test }) {
  return training[1] - training[0] + test[1] - test[0];
}

/** @param {Part} part @returns {number} A target and 784 pixels for each picture. */
function bytesOf(part) {
  return countOf(part) * (1 + LENGTH);
}

/**
 * @param {Part} part
 * @param {AbortSignal} signal
 * @param {(bytes: number) => void} tell Called with how much has come, decompressed.
 * @returns {Promise<Uint8Array>}
 * @throws {Error} It could not be fetched, or is not what the server has told.
 */
async function download(part, signal, tell) {
  const response = await fetch(new URL(part.address, document.baseURI), { signal });
  if (!response.ok || !response.body) throw new Error(`MNIST was answered with ${response.status}.`);
  const content = new Uint8Array(bytesOf(part));
  let length = 0;
  const reader = response.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    if (length + read.value.length > content.length) throw new Error("More of MNIST came than expected.");
    content.set(read.value, length);
    length += read.value.length;
    tell(length);
  }
  if (length < content.length) throw new Error("Less of MNIST came than expected.");
  return content;
}

/**
 * Puts parts together: all of the training set first, as in each of them.
 * @param {Part[]} wanted
 * @param {Map<string, Uint8Array>} contents By address.
 * @param {boolean} isWhole
 * @returns {DataSet}
 */
export function join(wanted, contents, isWhole) {
  const trainingCount = wanted.reduce((sum, { training }) => sum + training[1] - training[0], 0);
  const count = wanted.reduce((sum, part) => sum + countOf(part), 0);
  const [grids, targets] = [new Uint8Array(count * LENGTH), new Uint8Array(count)];
  let [training, test] = [0, trainingCount];
  for (const part of wanted) {
    const content = contents.get(part.address) ?? new Uint8Array();
    const all = countOf(part);
    const split = part.training[1] - part.training[0];
    const copy = (/** @type {number} */ from, /** @type {number} */ end, /** @type {number} */ to) => {
      targets.set(content.subarray(from, end), to);
      grids.set(content.subarray(all + from * LENGTH, all + end * LENGTH), to * LENGTH);
    };
    copy(0, split, training);
    copy(split, all, test);
    training += split;
    test += all - split;
  }
  const [learned, held] = [trainingCount, count - trainingCount].map(grouped);
  const what = isWhole
    ? `${learned} in the training set and ${held} in the test set`
    : `the first ${learned} of the training set and the first ${held} of the test set`;
  return { kind: KIND, name: "MNIST", source: what, grids, targets, trainingCount };
}
