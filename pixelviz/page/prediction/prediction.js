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
  /** Whether there is room for the other models' answers. Asking for it would lay out the page anew. */
  let areOthersShown = false;
  const room = new ResizeObserver(([{ contentRect }]) => {
    areOthersShown = contentRect.height > 0;
  });
  room.observe(others);

  const networks = createNetworkClient({
    onLogits(answer) {
      shown.answered(answer);
      if (areOthersShown) choice.models.forEach(want); // only now: the first answer comes first
    },
    onReady: () => shown.update(),
    onFailure: () => shown.update(),
  });
  const shown = createShownAnswer(
    networks,
    (answer) => {
      latest = answer;
      request ||= requestAnimationFrame(draw); // once a frame, however many have answered
    },
    (name, own, server) => console.warn("The server's answer differs", { name, own, server }),
  );
  /** @type {import("./shown_answer.js").Shown | null} */ let latest = null;
  let request = 0;

  function draw() {
    request = 0;
    if (latest) panel.draw(latest, choice);
  }

  const stopReceiving = modelInput.subscribe(shown.feed);

  /** @param {import("./panel.js").Model} model */
  function want({ name, address }) {
    networks.want(name, address);
  }

  return {
    /** @param {Data} data */
    set({ pixels, logits, ...rest }) {
      choice = rest;
      const { chosen, models, unavailable } = choice;
      models.filter(({ name }) => name === chosen).forEach(want);
      const names = [...new Set([chosen, ...models.map(({ name }) => name)])];
      shown.choose(names.filter((name) => !unavailable.includes(name)));
      shown.receive({ vector: decode(pixels), logits });
    },

    end() {
      stopReceiving();
      room.disconnect();
      shown.end();
      cancelAnimationFrame(request);
      networks.end();
      panel.end();
    },
  };
}
