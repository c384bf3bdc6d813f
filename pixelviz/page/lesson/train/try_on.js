// The choice of another data set to try what has been learned on, and how much of it is read correctly.

import { counted, grouped } from "../../browser/counts.js";
import { find, write } from "../../browser/elements.js";
import { accuracyText } from "./remarks.js";
import { startOf, trialsFor, tryInSlices } from "./trial.js";

/**
 * @typedef {import("../../browser/data_set/data_set.js").DataSet} DataSet
 * @typedef {import("../../browser/training/trainer.js").Given} Given
 */

/** So many pictures are read between two frames. */
const SLICE = 200;

/**
 * @param {ParentNode} root
 * @param {(take: (given: Given) => void) => void} give Calls a function with what has been learned by now.
 */
export function createTryOn(root, give) {
  const element = find(root, ".tried", HTMLElement);
  const select = find(element, "select", HTMLSelectElement);
  const output = find(element, "output", HTMLElement);
  /** @type {DataSet[]} */ let trials = [];
  let request = 0;

  /** @param {string} text In place of what was tried before. */
  function tell(text) {
    cancelAnimationFrame(request);
    write(output, text);
  }

  find(element, ".try", HTMLButtonElement).addEventListener("click", () => {
    const set = trials.find(({ kind }) => kind === select.value);
    if (!set) return;
    tell("Reading \u2026");
    give(({ network, step }) => goOn(tryInSlices(network, set, SLICE), set, step));
  });
  select.addEventListener("change", () => tell(""));

  /** @param {ReturnType<typeof tryInSlices>} trying @param {DataSet} set @param {number} step */
  function goOn(trying, set, step) {
    const next = trying.next();
    if (!next.done) {
      request = requestAnimationFrame(() => goOn(trying, set, step));
      return;
    }
    const { right, count } = next.value;
    const part = startOf(set) > 0 ? `${set.name}, test set` : set.name;
    const steps = step === 1 ? "1 step" : `${grouped(step)} steps`;
    const share = accuracyText(right / count);
    tell(`${part}, after ${steps}: ${share} of ${counted(count, "picture")} read correctly (${grouped(right)}).`);
  }

  return {
    /** @param {Iterable<DataSet>} sets @param {DataSet} learned */
    show(sets, learned) {
      const before = select.value;
      trials = trialsFor(sets, learned);
      element.hidden = trials.length === 0;
      select.replaceChildren(...trials.map(({ name, kind }) => new Option(name, kind)));
      if (trials.some(({ kind }) => kind === before)) select.value = before;
    },

    /** Forgets what was tried: it is learned anew. */
    clear: () => tell(""),

    end: () => cancelAnimationFrame(request),
  };
}
