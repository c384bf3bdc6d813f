// Shows the wall alone on the whole screen, and back.

import { write } from "../../../browser/elements.js";

/**
 * @param {HTMLElement} element
 * @param {HTMLButtonElement} button
 * @param {(isFull: boolean) => void} onChange
 */
export function createFullScreen(element, button, onChange) {
  const root = /** @type {ShadowRoot} */ (element.getRootNode());
  const listening = new AbortController();
  const isFull = () => root.fullscreenElement === element;
  let wasFull = false;
  button.hidden = !document.fullscreenEnabled;
  button.addEventListener("click", () => (isFull() ? leave() : element.requestFullscreen()));
  document.addEventListener("fullscreenchange", change, { signal: listening.signal });

  function change() {
    if (isFull() === wasFull) return;
    wasFull = isFull();
    write(button, wasFull ? "Leave the full screen" : "Full screen");
    onChange(wasFull);
  }

  async function leave() {
    if (isFull()) await document.exitFullscreen();
  }

  return { leave, end: () => listening.abort() };
}
