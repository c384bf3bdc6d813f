// Finds each canvas as soon as it is there, however late its script comes, and prepares it.

import { CANVASES, prepareCanvas } from "./third_party_dom.js";

const LOOK_AGAIN_MS = 100;
const LOOK_FOR_MS = 30_000;

/**
 * Gives each canvas a name and the scale at which it is shown, keeps its own toolbar away from
 * pointer and Tab key, and returns what ends that.
 *
 * The page clips these toolbars, having better tools of its own. What cannot be seen of one lies
 * over the upper right corner of the canvas, and would catch a stroke that begins there. So it is
 * made inert soon after a canvas has appeared, and at the latest before the Tab key moves on.
 * @returns {() => void}
 */
export function prepareCanvases() {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;
  let until = 0;

  /** Looks for new toolbars, and again soon as long as one has yet to come. */
  function look() {
    clearTimeout(timer);
    const isComplete = [...CANVASES]
      .flatMap(([selector, name]) =>
        [...document.querySelectorAll(selector)].map((canvas) => prepareCanvas(canvas, name)),
      )
      .every(Boolean);
    if (!isComplete && performance.now() < until) timer = setTimeout(look, LOOK_AGAIN_MS);
  }

  function lookForSomeTime() {
    until = performance.now() + LOOK_FOR_MS;
    look();
  }

  // It sees a canvas appear, but not what is later added to its shadow root.
  const observer = new MutationObserver(lookForSomeTime);
  observer.observe(document.body, { childList: true, subtree: true });
  document.addEventListener("keydown", look, { capture: true });
  lookForSomeTime();
  return () => {
    clearTimeout(timer);
    observer.disconnect();
    document.removeEventListener("keydown", look, { capture: true });
  };
}
