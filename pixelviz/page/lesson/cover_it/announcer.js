// Tells a screen reader what has come to rest, once, not each step on the way.

import { write } from "../../browser/elements.js";
import { createDelay } from "../../browser/throttle.js";

const REST_MS = 500;

/** @param {HTMLElement} element One with aria-live. */
export function createAnnouncer(element) {
  const later = createDelay(
    /** @param {string} text */ (text) => write(element, text),
    () => REST_MS,
  );
  return {
    /** @param {string} text */
    say(text) {
      later.set(text, false);
    },

    end: later.end,
  };
}
