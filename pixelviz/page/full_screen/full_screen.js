// Shows the page on the full screen and back, at a press of the button or of the key F.

import { find } from "../browser/elements.js";
import { endInstance, instanceFor } from "../browser/instances.js";

const WRITTEN_IN =
  "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]";

/** @param {{parentElement: ShadowRoot}} component */
export default function show({ parentElement }) {
  instanceFor(parentElement, createButton);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createButton(root) {
  const button = find(root, "button", HTMLButtonElement);
  const listening = new AbortController();
  button.hidden = !document.fullscreenEnabled;
  button.addEventListener("click", toggle);
  document.addEventListener("keydown", press, { signal: listening.signal });
  return { end: () => listening.abort() };
}

/** @param {KeyboardEvent} event */
function press(event) {
  const [target] = event.composedPath();
  const isTyped = target instanceof Element && target.matches(WRITTEN_IN);
  const isOther = event.ctrlKey || event.metaKey || event.altKey || event.repeat;
  if (event.key.toLowerCase() === "f" && !isTyped && !isOther) toggle();
}

async function toggle() {
  if (!document.fullscreenEnabled) return;
  if (document.fullscreenElement) await document.exitFullscreen();
  else await document.documentElement.requestFullscreen();
}
