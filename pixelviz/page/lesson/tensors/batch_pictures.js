// The pictures of the batch side by side, each with its number; one pixel of one of them is marked.

import { SIDE, indexOf } from "../../browser/arrays.js";
import { createPainter } from "../../browser/painter.js";
import { indexAfterKey } from "../../pixel_view/keys.js";
import { cellAt } from "../../pixel_view/marks.js";
import { createMark } from "./mark.js";

/** @typedef {import("../../browser/arrays.js").Vector} Vector */

/**
 * @param {HTMLElement} element Gets the pictures.
 * @param {object} outputs
 * @param {(picture: number, index: number) => void} outputs.name Called with the pixel that a click or
 *   a key leads to.
 * @param {(index: number) => void} outputs.pin Called when a pixel of the first picture is to be pinned.
 * @param {() => void} outputs.unpin Called when none is to be.
 */
export function createBatchPictures(element, { name, pin, unpin }) {
  /** @type {ReturnType<typeof createFigure>[]} */ let figures = [];
  /** @type {{picture: number, index: number} | null} */ let marked = null;

  element.addEventListener("click", (event) => {
    for (const [picture, figure] of figures.entries()) {
      const index = figure.indexAt(event);
      if (index === null) continue;
      name(picture, index);
      if (picture === 0) pin(index);
    }
  });
  element.addEventListener("keydown", (event) => {
    const { picture, index } = marked ?? { picture: 0, index: 0 };
    const page = { PageUp: -1, PageDown: 1 }[event.key];
    const to = indexAfterKey(event.key, index, false);
    if (page) name(Math.min(Math.max(picture + page, 0), figures.length - 1), index);
    else if (to !== null) name(picture, to);
    else if (event.key === "Enter" && picture === 0) pin(index);
    else if (event.key === "Escape") unpin();
    else return;
    event.preventDefault();
  });

  return {
    /** @param {number[]} digits Those of the others. @param {Vector[]} vectors Of the same number. */
    set(digits, vectors) {
      const titles = ["your digit", ...digits.map((digit) => `example ${digit}`)];
      figures = titles.map((title, place) => createFigure(`${place}: ${title}`));
      vectors.forEach((vector, place) => figures[place + 1].paint(vector));
      element.replaceChildren(...figures.map((figure) => figure.element));
    },

    /** @param {Vector} vector The person's own digit. */
    paint(vector) {
      figures[0]?.paint(vector);
    },

    /** @param {{picture: number, index: number} | null} place @param {boolean} isPinned */
    mark(place, isPinned) {
      marked = place;
      figures.forEach((figure, picture) => {
        figure.mark(place?.picture === picture ? place.index : null, isPinned);
      });
    },
  };
}

/** @param {string} title */
function createFigure(title) {
  const element = document.createElement("figure");
  const paper = element.appendChild(document.createElement("div"));
  paper.className = "paper";
  const canvas = paper.appendChild(document.createElement("canvas"));
  canvas.width = canvas.height = SIDE;
  canvas.setAttribute("aria-hidden", "true");
  element.appendChild(document.createElement("figcaption")).textContent = title;
  return {
    element,
    paint: createPainter(canvas),
    mark: createMark(paper, SIDE, SIDE),

    /** @param {MouseEvent} event @returns {number | null} The pixel under the pointer. */
    indexAt(event) {
      const { target } = event;
      if (!(target instanceof Node) || !paper.contains(target)) return null;
      const box = paper.getBoundingClientRect();
      const column = cellAt(event.clientX - box.left, box.width, SIDE);
      return indexOf(cellAt(event.clientY - box.top, box.height, SIDE), column);
    },
  };
}
