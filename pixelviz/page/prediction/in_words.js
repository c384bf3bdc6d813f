// The server's answer in words: what there is in the panel's place where that cannot be loaded.

import { endInstance, instanceFor } from "../browser/instances.js";
import { sentAnswers } from "./answer_channel.js";

/** @param {{parentElement: ShadowRoot}} component */
export default function show({ parentElement }) {
  instanceFor(parentElement, createWords);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createWords(root) {
  const text = document.createElement("p");
  text.setAttribute("role", "status");
  root.replaceChildren(text);
  const stopReceiving = sentAnswers.subscribe(({ inWords }) => {
    text.textContent = inWords;
  });
  return { end: stopReceiving };
}
