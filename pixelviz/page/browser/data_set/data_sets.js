// The data sets that this browser has, and which of them the chapters work on. Nothing of them is sent
// to the server, and a reload of the page forgets them.

import { createChannel } from "../channel.js";

/** @typedef {import("./data_set.js").DataSet} DataSet */

/**
 * @typedef {object} DataSets
 * @property {ReadonlyMap<string, DataSet>} all By their kinds, in the order in which they came.
 * @property {DataSet | null} chosen The one that the chapters show and learn from.
 */

export function createDataSets() {
  /** @type {ReturnType<typeof createChannel<DataSets>>} */ const channel = createChannel();
  /** @type {Map<string, DataSet>} */ const all = new Map();
  /** @type {string | null} */ let chosen = null;

  function publish() {
    channel.publish({ all: new Map(all), chosen: all.get(chosen ?? "") ?? null });
  }

  publish();
  return {
    /**
     * Adds a set, in place of the one of its kind that was there before. The first one is chosen.
     * @param {DataSet} set
     */
    put(set) {
      all.set(set.kind, set);
      chosen ??= set.kind;
      publish();
    },

    /** @param {string} kind That of a set that is there; any other changes nothing. */
    choose(kind) {
      if (!all.has(kind) || chosen === kind) return;
      chosen = kind;
      publish();
    },

    /** @param {string} kind Another one is chosen in the place of a chosen one. */
    remove(kind) {
      if (!all.delete(kind)) return;
      if (chosen === kind) chosen = [...all.keys()].at(-1) ?? null;
      publish();
    },

    /** Calls a function at each change, and at once; returns what ends that. */
    subscribe: channel.subscribe,
  };
}

/** Those of this page, for all its components. */
export const dataSets = createDataSets();
