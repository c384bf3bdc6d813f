// The prediction: what the models in this browser and those on the server say to the grid.

import { find } from "../browser/elements.js";
import { endInstance, instanceFor } from "../browser/instances.js";
import { modelInput } from "../browser/model_input.js";
import { createNetworkClient } from "../browser/network/network_client.js";
import { decode } from "../browser/pixel_codec.js";
import { createPanel } from "./panel.js";
import { createShownAnswer } from "./shown_answer.js";

/**
 * @typedef {object} Answer What the server sends after each stroke.
 * @property {string} pixels The grid that the models were asked about, in base64.
 * @property {Record<string, number[]>} logits What they say, by name.
 */

/** @typedef {import("./panel.js").Choice & Answer} Data */

/**
 * @param {{data: Data, parentElement: ShadowRoot}} component
 */
export default function show({ data, parentElement }) {
  instanceFor(parentElement, createPrediction).set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createPrediction(root) {
  const panel = createPanel(root);
  const others = find(root, ".others", HTMLElement);
  /** @type {import("./panel.js").Choice} */
  let choice = { chosen: "", models: [], unavailable: [], said: "" };
  /** @type {Set<string>} Where networks were asked for: once, also where that failed. */
  const addresses = new Set();

  const networks = createNetworkClient({
    onLogits(answer) {
      shown.answered(answer);
      if (others.checkVisibility()) choice.models.forEach(load); // only now, to be first with the first
    },
    onFailure: () => shown.update(),
  });
  const shown = createShownAnswer(
    networks,
    (answer) => panel.draw(answer, choice),
    (name, own, server) => console.warn("The server's answer differs", { name, own, server }),
  );
  const stopReceiving = modelInput.subscribe(shown.feed);

  /** @param {import("./panel.js").Model} model */
  function load({ name, address }) {
    if (!address || addresses.has(address)) return;
    addresses.add(address);
    networks.load(name, address).then(shown.update, (error) => console.warn(error));
  }

  return {
    /** @param {Data} data */
    set({ pixels, logits, ...rest }) {
      choice = rest;
      const { chosen, models, unavailable } = choice;
      models.filter(({ name }) => name === chosen).forEach(load);
      const names = [...new Set([chosen, ...models.map(({ name }) => name)])];
      shown.choose(names.filter((name) => !unavailable.includes(name)));
      shown.receive({ vector: decode(pixels), logits });
    },

    end() {
      stopReceiving();
      networks.end();
      panel.end();
    },
  };
}
