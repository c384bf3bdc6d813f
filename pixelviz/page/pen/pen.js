// What the browser does for the canvas: it guards strokes, counts Undo, keeps the drawing, and notices
// what the person sets after the page.

import { followPlacements, guardStrokes } from "../browser/strokes.js";
import { noticeChoices } from "./choices.js";
import { keepDrawing, takeKept } from "./kept_drawing.js";
import { countUndo } from "./undo_presses.js";

/**
 * @typedef {object} Data What the server says of the canvas.
 * @property {number} number
 * @property {boolean} isLoaded
 * @property {number} size
 * @property {number | null} contained
 * @property {boolean} isFresh Whether nothing was drawn in this session yet.
 * @property {{[key: string]: unknown}} settings What is to be kept besides the drawing.
 * @property {import("./choices.js").Changes} changes What the page has set and the browser may not
 *   know yet.
 * @property {string | null} address The query that is to replace the address's.
 */

/**
 * Streamlit calls this whenever the server sends other data.
 * @param {{data: Data, setStateValue: (name: string, value: unknown) => void,
 *          setTriggerValue: (name: string, value: unknown) => void}} component The state "undone" is
 *   how often Undo was asked for, and on which placement the last time; the state "chosen" is which
 *   of the changes the person has set since; the trigger "kept" is what was kept when the page was
 *   reloaded; the trigger "readdressed" comes once the address was replaced.
 */
export default function show({ data, setStateValue, setTriggerValue }) {
  guardStrokes();
  followPlacements(data, "canvas");
  countUndo(data.number, (count, number) => setStateValue("undone", { count, number }));
  noticeChoices(data.changes, (chosen) => setStateValue("chosen", chosen));
  keepDrawing(data.settings);
  const kept = takeKept();
  if (kept && data.isFresh) setTriggerValue("kept", kept);
  const { pathname, search } = location;
  if (data.address === null || search === `?${data.address}`) return;
  history.replaceState(history.state, "", pathname + (data.address && `?${data.address}`));
  setTriggerValue("readdressed", true);
}
