// Takes the digits of the class away, as files.

import { find } from "../../../browser/elements.js";
import { endInstance, instanceFor } from "../../../browser/instances.js";
import { teacher } from "../../../browser/our_class/teacher.js";
import { createFiles } from "../files.js";

/** @param {{parentElement: ShadowRoot}} component */
export default function show({ parentElement }) {
  instanceFor(parentElement, createTakeAway);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createTakeAway(root) {
  const element = find(root, ".files", HTMLElement);
  const files = createFiles(element);
  const end = teacher.subscribe((state) => {
    element.hidden = state === null;
    files.show(state?.digits.length ?? 0);
  });
  return { end };
}
