// The class that this browser is the teacher of, for all components of the page: it is asked what it has
// while another chapter is open, too.

import { browserSurroundings } from "./surroundings.js";
import { KEPT_AS } from "./teacher_key.js";
import { createTeacher } from "./teaching.js";
import { request } from "./wire.js";

/**
 * @typedef {import("./class_state.js").Class} Class
 * @typedef {import("./class_state.js").Device} Device
 * @typedef {import("./given_digits.js").Given} Given
 */

function createOwn() {
  const own = createTeacher({ ...browserSurroundings(), request, now: () => Date.now() });
  own.takeKept();
  document.addEventListener("visibilitychange", () => own.askNow());
  addEventListener("online", () => own.askNow());
  addEventListener("storage", ({ key }) => {
    if (key === KEPT_AS || key === null) own.takeKept();
  });
  return own;
}

/** That of this page. */
export const teacher = createOwn();
