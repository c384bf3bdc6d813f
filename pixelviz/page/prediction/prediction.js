// The prediction: what the models in this browser and those on the server say to the grid.

import { find } from "../browser/elements.js";
import { endInstance, instanceFor } from "../browser/instances.js";
import { modelInput } from "../browser/model_input.js";
import { createNetworkClient } from "../browser/network/network_client.js";
import { decode } from "../browser/pixel_codec.js";
import { predictionOf } from "../browser/prediction.js";
import { SURE_FROM, trainedModel } from "../browser/trained_model.js";
import { logitsOf } from "../browser/training/network.js";
import { sentAnswers } from "./answer_channel.js";
import { createPanel } from "./panel.js";
import { createShownAnswer } from "./shown_answer.js";

/**
 * Streamlit calls this when the component is mounted, and whenever another model is chosen; what the
 * server answers comes by messenger.js.
 * @param {{data: import("./panel.js").Choice, parentElement: ShadowRoot}} component
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
  let choice = { chosen: "", models: [] };
  /** @type {import("./panel.js").Status} */
  let status = { unavailable: [], said: "" };
  /** Whether there is room for the other models' answers. Asking for it would lay out the page anew. */
  let areOthersShown = false;
  let isAnswered = false;
  const room = new ResizeObserver(([{ contentRect }]) => {
    areOthersShown = contentRect.height > 0;
    wantOthers();
  });
  room.observe(others);

  const networks = createNetworkClient({
    onLogits: (answer) => shown.answered(answer),
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
  /** @type {import("../browser/training/network.js").Network | null} What the person has trained. */
  let trained = null;
  /** @type {(() => void)[] | undefined} Set once it is known which model is chosen. */
  let stopReceiving;

  function draw() {
    request = 0;
    if (!latest) return;
    panel.draw(latest, choice, status);
    if (!isAnswered && latest.logits[choice.chosen]) {
      isAnswered = true; // by whoever was first
      wantOthers();
    }
    const { vector, isEmpty, isDrawing } = latest;
    const logits = trained && !isEmpty ? logitsOf(trained, vector) : null;
    panel.drawYours(logits && predictionOf(logits, SURE_FROM), isDrawing);
  }

  /** @param {import("./answer_channel.js").SentAnswer} answer */
  function receive({ pixels, logits, unavailable, said }) {
    status = { unavailable, said };
    chooseThoseThere();
    shown.receive({ vector: decode(pixels), logits });
  }

  /** Says which models to show: those that are there, the chosen one first. */
  function chooseThoseThere() {
    const names = [...new Set([choice.chosen, ...choice.models.map(({ name }) => name)])];
    shown.choose(names.filter((name) => !status.unavailable.includes(name)));
  }

  /** Loads the other models, where they are shown, once there is an answer of the chosen one. */
  function wantOthers() {
    if (isAnswered && areOthersShown) choice.models.forEach(want);
  }

  /** @param {import("./panel.js").Model} model */
  function want({ name, address }) {
    networks.want(name, address);
  }

  return {
    /** @param {import("./panel.js").Choice} next */
    set(next) {
      choice = next;
      choice.models.filter(({ name }) => name === choice.chosen).forEach(want);
      chooseThoseThere();
      stopReceiving ??= [
        sentAnswers.subscribe(receive),
        modelInput.subscribe(shown.feed),
        trainedModel.subscribe(({ network }) => {
          trained = network;
          shown.update();
        }),
      ];
      shown.update();
    },

    end() {
      stopReceiving?.forEach((stop) => stop());
      room.disconnect();
      shown.end();
      cancelAnimationFrame(request);
      networks.end();
      panel.end();
    },
  };
}
