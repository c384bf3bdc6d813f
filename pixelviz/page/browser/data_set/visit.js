// The digits of this visit: drawings that the person has kept, each with its label. The tab keeps them
// while the page is reloaded; nobody else gets them.

import { LENGTH } from "../arrays.js";
import { decode, encode } from "../pixel_codec.js";
import { dataSets } from "./data_sets.js";

/** @typedef {import("../arrays.js").Vector} Vector */

export const KIND = "visit";

/** So many digits are kept at most: as text they take half of what a tab may store. */
export const DIGITS_MAX = 1000;

const KEY = "pixelviz-visit";

/**
 * @param {{put: (set: import("./data_set.js").DataSet) => void, remove: (kind: string) => void}} sets
 * @param {Storage | null} storage Null where the browser allows none.
 */
export function createVisit(sets, storage) {
  /** @type {{vector: Vector, target: number}[]} */ let digits = read(storage);
  if (digits.length > 0) publish();

  function publish() {
    save(storage, digits);
    if (digits.length === 0) {
      sets.remove(KIND);
      return;
    }
    const grids = new Uint8Array(digits.length * LENGTH);
    digits.forEach(({ vector }, at) => grids.set(vector, at * LENGTH));
    sets.put({
      kind: KIND,
      name: "Digits of this visit",
      source: "drawings that you have kept",
      grids,
      targets: Uint8Array.from(digits, ({ target }) => target),
      trainingCount: digits.length,
    });
  }

  return {
    /**
     * Keeps digits, with their targets 0 to 9.
     * @param {{vector: Vector, target: number}[]} some
     * @returns {boolean} Whether there was room for them all.
     */
    keep(some) {
      const room = DIGITS_MAX - digits.length;
      digits = [...digits, ...some.slice(0, room).map((each) => ({ ...each, vector: each.vector.slice() }))];
      publish();
      return some.length <= room;
    },

    /** @param {number} number Of the digit to throw away. */
    remove(number) {
      digits = digits.filter((_, at) => at !== number);
      publish();
    },

    clear() {
      digits = [];
      publish();
    },

    /** @returns {number} */
    get count() {
      return digits.length;
    },
  };
}

/**
 * @param {Storage | null} storage
 * @returns {{vector: Vector, target: number}[]} What was kept before the page was reloaded; nothing
 *   where that is not what this module has written.
 */
function read(storage) {
  try {
    const kept = JSON.parse(storage?.getItem(KEY) ?? "[]");
    const digits = kept.map((/** @type {[number, string]} */ [target, pixels]) => {
      return { target, vector: decode(pixels) };
    });
    return digits.length <= DIGITS_MAX && digits.every(isDigit) ? digits : [];
  } catch {
    return [];
  }
}

/** @param {{vector: Vector, target: number}} digit @returns {boolean} */
function isDigit({ vector, target }) {
  return vector.length === LENGTH && Number.isInteger(target) && target >= 0 && target <= 9;
}

/** @param {Storage | null} storage @param {{vector: Vector, target: number}[]} digits */
function save(storage, digits) {
  try {
    if (digits.length === 0) storage?.removeItem(KEY);
    else storage?.setItem(KEY, JSON.stringify(digits.map(({ target, vector }) => [target, encode(vector)])));
  } catch {
    // a browser may refuse to keep anything; until the page is reloaded the digits are there
  }
}

/** @returns {Storage | null} */
function storageOfTab() {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

/** Those of this page. */
export const visit = createVisit(dataSets, storageOfTab());
