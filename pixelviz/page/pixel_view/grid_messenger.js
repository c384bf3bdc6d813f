// Passes each grid that the server sends on to the pixel view, wherever that is on the page and
// whenever it is mounted.

import { sentGrids } from "./grid_channel.js";

/**
 * Streamlit calls this whenever the server sends another grid.
 * @param {{data: import("./grid_channel.js").SentGrid}} component
 */
export default function show({ data }) {
  sentGrids.publish(data);
}
