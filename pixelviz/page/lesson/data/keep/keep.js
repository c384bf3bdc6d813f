// Keeps the drawn digit with its label, for a chapter that learns from what has been kept.

import { find } from "../../../browser/elements.js";
import { endInstance, instanceFor } from "../../../browser/instances.js";
import { createKeepDigits } from "./keep_digits.js";

/** @param {{data: import("./keep_digits.js").Keepable, parentElement: ShadowRoot}} component */
export default function show({ data, parentElement }) {
  instanceFor(parentElement, create).set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function create(root) {
  return createKeepDigits(find(root, ".keep", HTMLElement));
}
