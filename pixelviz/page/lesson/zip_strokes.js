// Tells the guard of the strokes what is placed on the canvas of the chapter ZIP code.

import { followPlacements } from "../browser/strokes.js";

/** @param {{data: import("../browser/strokes.js").Placed}} component */
export default function show({ data }) {
  followPlacements(data, "zip_canvas");
}
