// The class that this browser is the teacher of, for all components of the page: it is asked what it has
// while another chapter is open, too.

import { KEPT_AS } from "./teacher_key.js";
import { createTeacher } from "./teaching.js";
import { ask, request } from "./wire.js";

/**
 * @typedef {import("./class_state.js").Class} Class
 * @typedef {import("./class_state.js").Device} Device
 * @typedef {import("./given_digits.js").Given} Given
 */

function createOwn() {
  const own = createTeacher({
    ask,
    request,
    storage: storageOfBrowser(),
    now: () => Date.now(),
    after(call, ms) {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
    isVisible: () => document.visibilityState === "visible",
  });
  own.takeKept();
  document.addEventListener("visibilitychange", () => own.askNow());
  addEventListener("online", () => own.askNow());
  addEventListener("storage", ({ key }) => {
    if (key === KEPT_AS || key === null) own.takeKept();
  });
  return own;
}

/** @returns {Storage | null} */
function storageOfBrowser() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** That of this page. */
export const teacher = createOwn();
