// Pictures of the set, small, in an order of the models' confidence; one of them is shown large.

import { grouped } from "../../../browser/counts.js";
import { SIDE } from "../../../browser/arrays.js";
import { write } from "../../../browser/elements.js";
import { createPainter } from "../../../browser/painter.js";

/**
 * @typedef {import("../../../browser/arrays.js").Vector} Vector
 *
 * @typedef {object} Shown
 * @property {string} title What the pictures have in common.
 * @property {number[]} numbers Those of the pictures, in their order.
 * @property {(number: number) => Vector} pictureOf
 * @property {(number: number) => {caption: string, name: string}} tell What is written under a picture,
 *   and what a screen reader says of it.
 */

/** So many at first, and with each click on "More". */
const TOGETHER = 20;

/**
 * @param {object} parts
 * @param {Element} parts.title
 * @param {HTMLElement} parts.list
 * @param {HTMLButtonElement} parts.more
 * @param {(number: number | null) => void} onChoice Called with the number of the picture that is shown
 *   large: the one that was clicked, else the first one.
 */
export function createGallery({ title, list, more }, onChoice) {
  /** @type {Shown | null} */ let shown = null;
  /** @type {{button: HTMLButtonElement, paint: (vector: Vector) => void, caption: HTMLElement}[]} */
  const thumbs = [];
  let count = TOGETHER;
  /** @type {number | null} */ let chosen = null;

  function add() {
    const button = document.createElement("button");
    button.type = "button";
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = SIDE;
    canvas.ariaHidden = "true";
    const caption = document.createElement("span");
    button.append(canvas, caption);
    list.append(button);
    thumbs.push({ button, paint: createPainter(canvas), caption });
  }

  function render() {
    if (!shown) return;
    const { numbers, pictureOf, tell } = shown;
    const some = numbers.slice(0, count);
    while (thumbs.length < some.length) add();
    thumbs.forEach(({ button, paint, caption }, at) => {
      button.hidden = at >= some.length;
      if (button.hidden) return;
      const number = some[at];
      const told = tell(number);
      if (button.dataset.number !== String(number)) paint(pictureOf(number));
      button.dataset.number = String(number);
      button.ariaLabel = told.name;
      button.ariaPressed = String(number === chosen);
      write(caption, told.caption);
    });
    more.hidden = numbers.length <= some.length;
    write(more, `More (${grouped(numbers.length - some.length)})`);
    write(title, shown.title);
  }

  list.addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest("button");
    if (!button) return;
    chosen = Number(button.dataset.number);
    render();
    onChoice(chosen);
  });

  more.addEventListener("click", () => {
    const next = thumbs.length;
    count += TOGETHER;
    render();
    thumbs[next]?.button.focus();
  });

  return {
    /** @param {Shown} next @param {boolean} isOther Whether it is about other pictures than before. */
    show(next, isOther) {
      shown = next;
      if (isOther) {
        count = TOGETHER;
        chosen = null;
        for (const { button } of thumbs) delete button.dataset.number;
      }
      render();
      onChoice(chosen ?? next.numbers[0] ?? null);
    },

    /** @returns {boolean} Whether a person is about to choose, so that nothing should move. */
    get isInUse() {
      return list.matches(":hover, :focus-within");
    },
  };
}
