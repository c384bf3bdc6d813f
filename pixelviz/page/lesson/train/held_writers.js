// Which writers' pictures are held out: nobody whose picture is read later has then been met before.

import { createKeptChoice, wholeNumbers } from "../../browser/kept_choice.js";
import { createRandom } from "../../browser/training/random.js";

/**
 * @typedef {import("../../browser/data_set/data_set.js").DataSet} DataSet
 *
 * @typedef {object} HeldOut What a person has chosen.
 * @property {boolean} isByWriters Whether some writers are held out, not some pictures of each.
 * @property {number[]} devices The writers, by the numbers of their devices; none where chance decides.
 */

/** Chance holds writers out until they have written this share: as much as of a set that is not split. */
const SHARE = 1 / 6;

/** There are never so many writers, nor such high numbers of devices. */
const [WRITERS_MAX, DEVICE_MAX] = [150, 9999];

const kept = createKeptChoice("held-out", check);

/** @type {HeldOut} */
export const heldOut = kept.read() ?? { isByWriters: false, devices: [] };

export function keepHeldOut() {
  kept.keep(heldOut);
}

/** @param {unknown} read @returns {HeldOut | null} What was read, if it can be chosen. */
export function check(read) {
  if (typeof read !== "object" || read === null) return null;
  const { isByWriters, devices: numbers } = /** @type {HeldOut} */ (read);
  const devices = wholeNumbers(numbers, { least: 0, most: DEVICE_MAX });
  if (typeof isByWriters !== "boolean" || devices === null || devices.length > WRITERS_MAX) return null;
  return { isByWriters, devices };
}

/** @param {DataSet} set @returns {boolean} Whether some of its writers can be held out, and some not. */
export function hasWriters({ writers }) {
  return (writers?.length ?? 0) > 1;
}

/** @param {DataSet} set @returns {number[]} How many pictures each of its writers has written. */
export function countsOf({ writers = [], writtenBy = new Uint16Array() }) {
  const counts = writers.map(() => 0);
  for (const writer of writtenBy) counts[writer] += 1;
  return counts;
}

/**
 * @param {DataSet} set With writers.
 * @param {HeldOut} choice
 * @returns {number[] | null} The places of those that are held out, some but never all of them; null where
 *   it is not writers that are.
 */
export function leftOutOf(set, { isByWriters, devices }) {
  const { writers = [] } = set;
  if (!isByWriters || !hasWriters(set)) return null;
  const chosen = placesOf(writers, ({ device }) => devices.includes(device));
  return chosen.length > 0 && chosen.length < writers.length ? chosen : byChance(set);
}

/**
 * @param {DataSet} set
 * @returns {number[]} The same each time, and hardly others where more writers come.
 */
function byChance(set) {
  const { writers = [] } = set;
  const counts = countsOf(set);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const order = placesOf(writers, () => true).sort((a, b) => lotOf(writers[a].device) - lotOf(writers[b].device));
  let written = 0;
  const found = order.slice(0, -1).filter((place) => {
    const isWanted = written < SHARE * all;
    if (isWanted) written += counts[place];
    return isWanted;
  });
  return found.sort((a, b) => a - b);
}

/** @param {number} device @returns {number} What it has drawn, from 0 to 1. */
function lotOf(device) {
  return createRandom(device)();
}

/**
 * @template Item
 * @param {Item[]} items
 * @param {(item: Item) => boolean} is
 * @returns {number[]}
 */
function placesOf(items, is) {
  return [...items.keys()].filter((place) => is(items[place]));
}
