// Passes what the server sends for each drawing on to the pixel view and to the panel, wherever these
// are on the page and whenever they are mounted.

import { sentGrids } from "../pixel_view/grid_channel.js";
import { sentAnswers } from "../prediction/answer_channel.js";

/**
 * @typedef {object} Answered
 * @property {Omit<import("../prediction/answer_channel.js").SentAnswer, "pixels">} answer What the
 *   models say to the grid.
 */

/**
 * Streamlit calls this whenever the server sends another message.
 * @param {{data: import("../pixel_view/grid_channel.js").SentGrid & Answered}} component
 */
export default function show({ data: { answer, ...grid } }) {
  sentGrids.publish(grid);
  sentAnswers.publish({ pixels: grid.pixels, ...answer });
}
