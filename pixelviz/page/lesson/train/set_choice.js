// The choice of the data set that is learned from, and what is said of it.

import { JOINT, JOINT_NAME, KIND as CLASS } from "../../browser/data_set/class_set.js";
import { KIND as MNIST } from "../../browser/data_set/mnist.js";
import { find, write } from "../../browser/elements.js";
import { splitText } from "./learned_from.js";

/** @typedef {import("../../browser/data_set/data_set.js").DataSet} DataSet */

/**
 * @param {ParentNode} root
 * @param {(kind: string) => void} onChoice
 */
export function createSetChoice(root, onChoice) {
  const select = find(root, ".sets", HTMLSelectElement);
  const split = find(root, ".split", HTMLElement);
  let [parts, why] = ["", ""];
  select.addEventListener("change", () => onChoice(select.value));

  function tell() {
    write(split, [parts, why].filter(Boolean).join(" "));
  }

  return {
    /**
     * @param {DataSet[]} sets Those of this browser.
     * @param {DataSet} samples
     * @param {DataSet} learned The one that is learned from.
     * @param {string} reason Why it is not the chosen one, or an empty text.
     */
    show(sets, samples, learned, reason) {
      const withTargets = sets.filter(({ targets, kind }) => targets !== null && kind !== JOINT);
      const options = withTargets.map(({ name, kind }) => new Option(name, kind));
      const areBoth = [CLASS, MNIST].every((each) => sets.some(({ kind }) => kind === each));
      if (areBoth) options.push(new Option(JOINT_NAME, JOINT));
      options.push(new Option(samples.name, samples.kind));
      select.replaceChildren(...options);
      select.value = learned.kind;
      why = reason;
      tell();
    },

    /**
     * @param {{training: number, heldOut: number, isTestSet: boolean}} counts
     * @param {number} count How many pictures are learned from.
     * @param {import("./learned_from.js").HeldOutWriters} of
     */
    tellSplit(counts, count, of) {
      parts = splitText(counts, count, of);
      tell();
    },
  };
}
