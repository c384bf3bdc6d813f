// What the browser does for the canvas: it guards strokes, counts Undo, and keeps the drawing.

import { followPlacements, guardStrokes } from "../browser/strokes.js";
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
 * @property {string | null} address The query that is to replace the address's.
 */

/**
 * Streamlit calls this whenever the server sends other data.
 * @param {{data: Data, setStateValue: (name: string, value: unknown) => void,
 *          setTriggerValue: (name: string, value: unknown) => void}} component The state "undone" is
 *   how often Undo was asked for; the trigger "kept" is what was kept when the page was reloaded; the
 *   trigger "readdressed" comes once the address was replaced.
 */
export default function show({ data, setStateValue, setTriggerValue }) {
  guardStrokes();
  followPlacements(data);
  countUndo((count) => setStateValue("undone", count));
  keepDrawing(data.settings);
  const kept = takeKept();
  if (kept && data.isFresh) setTriggerValue("kept", kept);
  const { pathname, search } = location;
  if (data.address === null || search === `?${data.address}`) return;
  history.replaceState(history.state, "", pathname + (data.address && `?${data.address}`));
  setTriggerValue("readdressed", true);
}
