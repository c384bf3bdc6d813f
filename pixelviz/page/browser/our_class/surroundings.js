// What a class is in touch with in a browser, for its teacher and for its devices; tests have their own.

import { ask } from "./wire.js";

export function browserSurroundings() {
  return {
    ask,
    storage: storageOfBrowser(),

    /** @param {() => void} call @param {number} ms @returns {() => void} What calls it off. */
    after(call, ms) {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },

    isVisible: () => document.visibilityState === "visible",
  };
}

/** @returns {Storage | null} Null where the browser allows none. */
function storageOfBrowser() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
