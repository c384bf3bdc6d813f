// What can be done with what was trained: let it answer beside the three models, save it, rebuild it in Keras.

import { grouped } from "../../browser/counts.js";
import { find, write } from "../../browser/elements.js";
import { endInstance, instanceFor } from "../../browser/instances.js";
import { trainedModel } from "../../browser/trained_model.js";
import { FILE, kerasLines, weightsFile } from "../../browser/training/take_away.js";
import { accuracyText } from "./remarks.js";
import { sessions } from "./session.js";

/** @typedef {import("../../browser/training/trainer.js").Report} Report */

/** @param {{parentElement: ShadowRoot}} component */
export default function show({ parentElement }) {
  instanceFor(parentElement, createTakeAway);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createTakeAway(root) {
  const use = find(root, ".use", HTMLButtonElement);
  const throwAway = find(root, ".throw-away", HTMLButtonElement);
  const save = find(root, ".save", HTMLButtonElement);
  const note = find(root, ".note", HTMLElement);
  const code = find(root, "pre", HTMLElement);
  const copy = find(root, ".copy", HTMLButtonElement);
  const copied = find(root, ".copied", HTMLElement);
  /** @type {import("./session.js").Session["give"]} */ let give = () => {};
  /** @type {Report | null} */ let report = null;

  const stopHearing = sessions.subscribe((session) => {
    ({ report, give } = session);
    const isReady = report !== null && report.progress.step > 0 && !report.progress.isBroken;
    use.disabled = save.disabled = !isReady;
    if (report) write(find(code, "code", HTMLElement), kerasLines(report.network));
  });
  const stopTrained = trainedModel.subscribe(({ network }) => {
    throwAway.disabled = network === null;
  });

  use.addEventListener("click", () => {
    give(({ network, accuracy, step }) => {
      trainedModel.publish({ network });
      const right = accuracy === null ? "" : ` It reads ${accuracyText(accuracy)} of all held-out pictures correctly.`;
      write(note, `What it has learned in ${grouped(step)} steps answers as “Yours”, below the prediction.${right}`);
    });
  });
  throwAway.addEventListener("click", () => {
    trainedModel.publish({ network: null });
    write(note, "Thrown away.");
    (use.disabled ? copy : use).focus(); // never nowhere
  });
  save.addEventListener("click", () => give(({ network }) => download(weightsFile(network))));
  copy.addEventListener("click", () => {
    getSelection()?.selectAllChildren(code);
    const isCopied = document.execCommand("copy"); // works on a page without TLS too
    getSelection()?.removeAllRanges();
    write(copied, isCopied ? "Copied." : "This browser does not copy here: select the lines yourself.");
  });

  return {
    end() {
      stopHearing();
      stopTrained();
    },
  };
}

/** @param {Uint8Array} bytes */
function download(bytes) {
  const address = URL.createObjectURL(new Blob([Uint8Array.from(bytes)]));
  Object.assign(document.createElement("a"), { href: address, download: FILE }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
