// Keeps the drawing and the settings in this tab while the page is reloaded.

import { mainCanvas } from "../browser/third_party_dom.js";

const KEY = "pixelviz";
const AFRESH = ".st-key-afresh button";

/** @typedef {{picture: string, settings: {[key: string]: unknown}}} Kept The picture is a PNG in
 *   base64. */

/** @type {{[key: string]: unknown} | null} */ let latest = null;
let isTaken = false;

/** @param {{[key: string]: unknown}} settings What is to be kept besides the drawing. */
export function keepDrawing(settings) {
  if (latest === null) {
    addEventListener("pagehide", keep);
    addEventListener("click", startAfresh, { capture: true });
  }
  latest = settings;
}

/** @returns {Kept | null} What was kept when the page was left, at the first call. */
export function takeKept() {
  if (isTaken) return null;
  isTaken = true;
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  } catch {
    return null; // a browser may refuse to keep anything
  }
}

function keep() {
  const canvas = mainCanvas();
  if (!canvas) return;
  try {
    const picture = canvas.toDataURL("image/png").split(",")[1];
    sessionStorage.setItem(KEY, JSON.stringify({ picture, settings: latest }));
  } catch {
    // a browser may refuse to keep anything, or to have a canvas read
  }
}

/** @param {MouseEvent} event */
function startAfresh(event) {
  const [target] = event.composedPath();
  if (!(target instanceof Element && target.closest(AFRESH))) return;
  event.stopImmediatePropagation();
  removeEventListener("pagehide", keep);
  try {
    sessionStorage.clear();
  } catch {
    // then nothing was kept either
  }
  location.replace(location.pathname);
}
