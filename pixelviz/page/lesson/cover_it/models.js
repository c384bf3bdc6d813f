// The three networks of a component, which its own Worker computes.

import { createNetworkClient } from "../../browser/network/network_client.js";
import { createTurns } from "./turns.js";

/** @typedef {import("../../prediction/panel.js").Model} Model */

export const LOADING = "loading …";
export const MISSING = "not in this browser";

/**
 * @param {object} listener
 * @param {() => void} listener.onReady Called when one more model can be asked.
 * @param {(name: string) => void} listener.onMissing Called with each model that cannot be asked.
 */
export function createModels({ onReady, onMissing }) {
  /** @type {Model[]} */ let models = [];
  const client = createNetworkClient({
    onMany: (many) => turns.receive(many),
    onFailure: () => models.forEach(({ name }) => onMissing(name)),
  });
  const turns = createTurns(client.askMany);

  return {
    turns,

    /** @param {Model[]} wanted Loads them, unless they are loaded. */
    want(wanted) {
      models = wanted;
      for (const { name, address } of models) {
        if (client.isReady(name)) continue;
        if (!address) onMissing(name);
        else client.load(name, address).then(onReady, () => onMissing(name));
      }
    },

    /** @returns {string[]} The names of those that can be asked. */
    get ready() {
      return models.filter(({ name }) => client.isReady(name)).map(({ name }) => name);
    },

    end: client.end,
  };
}
