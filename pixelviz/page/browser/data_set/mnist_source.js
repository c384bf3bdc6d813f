// MNIST for all components of the page: what is on its way goes on while another chapter is opened.

import { createChannel } from "../channel.js";
import { dataSets } from "./data_sets.js";
import { KIND, createMnist } from "./mnist.js";

/**
 * @typedef {import("./mnist.js").Part} Part
 *
 * @typedef {object} Fetching
 * @property {number | null} share How much of what was asked for has come, 0 to 1; null while nothing
 *   is on its way.
 * @property {boolean} hasFailed Whether the last try did.
 */

/** @param {Pick<typeof dataSets, "put" | "choose">} sets Get MNIST when its first part has come. */
export function createMnistSource(sets) {
  /** @type {ReturnType<typeof createChannel<Fetching>>} */ const channel = createChannel();
  /** @type {number | null} */ let share = null;
  let hasFailed = false;
  let isThere = false;

  const mnist = createMnist({
    onProgress(now) {
      share = now;
      publish();
    },
    onSet(set) {
      sets.put(set);
      if (!isThere) sets.choose(KIND); // all of it comes later, when another set may be looked at
      isThere = true;
    },
    onFailure(error) {
      console.warn(error);
      hasFailed = true;
    },
  });

  function publish() {
    channel.publish({ share, hasFailed });
  }

  /** @param {Promise<void>} fetching */
  async function follow(fetching) {
    [share, hasFailed] = [0, false];
    publish();
    await fetching;
    if (!mnist.isFetching) share = null;
    publish();
  }

  publish();
  return {
    /** @param {Part[]} all */
    fetchFirst: (all) => follow(mnist.fetchFirst(all)),

    /** @param {Part[]} all What has come before the last stop is not fetched again. */
    fetchAll: (all) => follow(mnist.fetchAll(all)),

    missing: mnist.missing,

    stop() {
      mnist.stop();
      share = null;
      publish();
    },

    subscribe: channel.subscribe,
  };
}

/** That of this page. */
export const mnistSource = createMnistSource(dataSets);
