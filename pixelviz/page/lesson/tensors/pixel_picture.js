// A picture of the digit's pixels, or a strip of them, that can be pointed at: with the pointer, or with
// the arrow keys; a click or Enter pins a pixel, here and in the views.

import { LENGTH, SIDE } from "../../browser/arrays.js";
import { pinnedPixel } from "../../browser/pinned_pixel.js";
import { indexAfterKey } from "../../pixel_view/keys.js";
import { cellAt } from "../../pixel_view/marks.js";
import { createMark } from "./mark.js";
import { pointedPixel } from "./shown_digit.js";

/**
 * @param {HTMLElement} element Gets a mark.
 * @param {number} [lines] How many the pixels are shown in: 1 makes it a strip.
 */
export function createPixelPicture(element, lines = SIDE) {
  const columns = LENGTH / lines;
  const place = createMark(element, columns, lines);
  let shown = 0;
  /** @type {number | null} */ let pinned = null;

  /** @param {MouseEvent} event @returns {number} */
  function indexAt(event) {
    const box = element.getBoundingClientRect();
    const column = cellAt(event.clientX - box.left, box.width, columns);
    return columns * cellAt(event.clientY - box.top, box.height, lines) + column;
  }

  /** @param {number | null} index */
  function point(index) {
    pointedPixel.publish({ index });
  }

  /** @param {number} index */
  function togglePin(index) {
    pinnedPixel.publish({ index: index === pinned ? null : index });
  }

  element.addEventListener("pointermove", (event) => point(indexAt(event)));
  element.addEventListener("pointerleave", () => point(null));
  element.addEventListener("blur", () => point(null));
  element.addEventListener("click", (event) => togglePin(indexAt(event)));
  element.addEventListener("keydown", (event) => {
    const to = indexAfterKey(event.key, shown, lines === 1);
    if (to !== null) point(to);
    else if (event.key === "Enter") togglePin(shown);
    else if (event.key === "Escape" && pinned !== null) pinnedPixel.publish({ index: null });
    else return;
    event.preventDefault();
  });

  return {
    /** @param {import("./shown_digit.js").ShownDigit} digit */
    mark({ index, pinned: now }) {
      shown = index;
      pinned = now;
      place(index, index === pinned);
    },
  };
}
