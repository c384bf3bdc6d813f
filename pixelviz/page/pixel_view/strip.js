// The strip: the 784 features in one line, with the 28 rows marked off.

import { LENGTH, SIDE, indexOf, placeOf } from "../browser/arrays.js";
import { find } from "../browser/elements.js";
import { createPainter } from "../browser/painter.js";
import { cellAt, createMarks } from "./marks.js";

/** @typedef {import("../browser/arrays.js").Vector} Vector */

/** @param {HTMLElement} element */
export function createStrip(element) {
  const canvas = find(element, "canvas", HTMLCanvasElement);
  const marks = createMarks(element, (index) => ({ left: index / LENGTH }));
  const rowFrame = find(element, ".row", HTMLElement);
  const [rows, starts] = [find(element, ".rows", Element), find(element, ".starts", Element)];
  const rowLabels = Array.from({ length: SIDE }, (_, row) => {
    label(starts, indexOf(row, 0));
    return label(rows, row);
  });
  /** @type {number | null} */ let markedRow = null;

  const paint = createPainter(canvas);

  /** Asked for when sizes change: to ask in each frame would lay out the page once more in each. */
  let isCutOff = false;
  const sizes = new ResizeObserver(() => {
    const scroll = element.parentElement;
    isCutOff = scroll !== null && scroll.scrollWidth > scroll.clientWidth;
  });
  for (const each of [element, element.parentElement]) if (each) sizes.observe(each);

  /**
   * On a phone only a part of the strip is seen. Where that has no ink, scrolls to the first ink.
   * @param {Vector} vector
   */
  function showInk(vector) {
    const scroll = element.parentElement;
    if (!scroll || !isCutOff) return;
    const perPoint = LENGTH / element.clientWidth; // features for each point of the screen
    const start = Math.ceil(scroll.scrollLeft * perPoint);
    const end = Math.floor((scroll.scrollLeft + scroll.clientWidth) * perPoint);
    if (vector.subarray(start, end).some((value) => value > 0)) return;
    const first = vector.findIndex((value) => value > 0);
    if (first >= 0) scroll.scrollLeft = indexOf(placeOf(first).row, 0) / perPoint;
  }

  return {
    element,

    /** @param {Vector} vector */
    draw(vector) {
      paint(vector);
      showInk(vector);
    },

    /** @param {number | null} index */
    point(index) {
      marks.point(index);
      const row = index === null ? null : placeOf(index).row;
      if (row === markedRow) return;
      if (markedRow !== null) rowLabels[markedRow].classList.remove("point");
      if (row !== null) {
        rowLabels[row].classList.add("point");
        rowFrame.style.left = `${(100 * row) / SIDE}%`;
      }
      rowFrame.hidden = row === null;
      markedRow = row;
    },
    pin: marks.pin,

    /** @param {number} index */
    reveal(index) {
      const scroll = element.parentElement;
      if (!scroll) return;
      const x = (index / LENGTH) * element.clientWidth;
      const outside = x < scroll.scrollLeft || x > scroll.scrollLeft + scroll.clientWidth;
      if (outside) scroll.scrollLeft = x - scroll.clientWidth / 2;
    },

    /** @param {MouseEvent} event */
    indexAt(event) {
      const box = canvas.getBoundingClientRect();
      return cellAt(event.clientX - box.left, box.width, LENGTH);
    },
  };
}

/** @param {Element} list @param {number} number */
function label(list, number) {
  const item = list.appendChild(document.createElement("li"));
  item.textContent = String(number);
  return item;
}
