// Leads from the class to the chapters that work on its digits, as they are now.

import { classSet } from "../../../browser/data_set/class_source.js";
import { find } from "../../../browser/elements.js";
import { endInstance, instanceFor } from "../../../browser/instances.js";
import { teacher } from "../../../browser/our_class/teacher.js";

/** @typedef {(name: string, value: unknown) => void} SetTrigger */

/** @param {{parentElement: ShadowRoot, setTriggerValue: SetTrigger}} component */
export default function show({ parentElement, setTriggerValue }) {
  instanceFor(parentElement, createOnward).setTriggerValue = setTriggerValue;
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createOnward(root) {
  const element = find(root, ".onward", HTMLElement);
  const end = teacher.subscribe((state) => {
    element.hidden = !state?.digits.length;
  });
  const instance = { end, setTriggerValue: /** @type {SetTrigger} */ (() => {}) };
  for (const button of element.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      classSet.take();
      instance.setTriggerValue("chapter", button.dataset.chapter);
    });
  }
  return instance;
}
