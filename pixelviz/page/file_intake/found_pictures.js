// The pictures of a file in the dialog: what was understood of them, some of them, and one that is chosen.

import { grouped } from "../browser/counts.js";
import { LENGTH } from "../browser/arrays.js";
import { find, write } from "../browser/elements.js";
import { createPainter } from "../browser/painter.js";
import { smallPicture } from "./small_picture.js";

/** @typedef {import("../browser/arrays.js").Vector} Vector */
/** @typedef {import("../browser/data_file/outcome.js").FoundOne} FoundOne */
/** @typedef {import("../browser/data_file/outcome.js").FoundSet} FoundSet */
/** @typedef {import("../browser/data_set/data_set.js").DataSet} DataSet */

/** So many are shown, spread over the set. */
const SHOWN = 12;

/** @param {HTMLElement} section */
export function createFoundPictures(section) {
  const canvas = find(section, "figure canvas", HTMLCanvasElement);
  const caption = find(section, "figcaption", HTMLElement);
  const choice = find(section, ".choice", HTMLElement);
  const wall = find(section, ".wall", HTMLElement);
  const input = find(section, "input", HTMLInputElement);
  const paint = createPainter(canvas);
  /** @type {FoundSet | FoundOne | null} */ let found = null;
  let number = 0;

  function count() {
    return found ? found.grids.length / LENGTH : 0;
  }

  /** @param {number} wanted */
  function choose(wanted) {
    if (!found) return;
    number = Math.min(Math.max(Math.trunc(wanted) || 0, 0), count() - 1);
    paint(vectorOf(number));
    const text = captionOf(number);
    write(caption, text);
    canvas.setAttribute("aria-label", text);
    if (input.value !== String(number)) input.value = String(number);
    for (const button of wall.children) {
      const isChosen = Number(button.getAttribute("data-number")) === number;
      button.setAttribute("aria-pressed", String(isChosen));
    }
  }

  /** @param {number} wanted @returns {Vector} */
  function vectorOf(wanted) {
    return /** @type {FoundSet} */ (found).grids.slice(LENGTH * wanted, LENGTH * (wanted + 1));
  }

  /** @param {number} wanted @returns {string} */
  function captionOf(wanted) {
    const label = found?.targets ? `, labelled ${found.targets[wanted]}` : "";
    return count() === 1
      ? `The picture${label}`
      : `Number ${grouped(wanted)}${label}`;
  }

  /** @param {number} wanted */
  function wallButton(wanted) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.number = String(wanted);
    button.setAttribute("aria-label", captionOf(wanted));
    button.append(smallPicture(vectorOf(wanted)));
    if (found?.targets) button.append(String(found.targets[wanted]));
    button.addEventListener("click", () => choose(wanted));
    return button;
  }

  input.addEventListener("input", () => input.value && choose(input.valueAsNumber));
  input.addEventListener("change", () => choose(input.valueAsNumber));
  find(section, ".random", HTMLButtonElement).addEventListener("click", () =>
    choose(Math.floor(Math.random() * count())),
  );

  return {
    count,

    /** @param {FoundSet | FoundOne} outcome */
    set(outcome) {
      found = outcome;
      write(find(section, ".title", HTMLElement), outcome.title);
      write(find(section, ".notes", HTMLElement), outcome.notes.join(" "));
      input.max = String(count() - 1);
      choice.hidden = count() === 1;
      const shown = Math.min(SHOWN, count());
      const numbers = Array.from({ length: shown }, (_, at) => Math.floor((at * count()) / shown));
      wall.replaceChildren(...numbers.map(wallButton));
      choose(0);
    },

    /** @returns {Vector | null} The picture that is chosen. */
    chosen: () => (found ? vectorOf(number) : null),

    /** @param {string} name Of the file. @returns {DataSet | null} All of them. */
    asSet(name) {
      if (found?.kind !== "set") return null;
      const { grids, targets, trainingCount, notes } = found;
      return {
        kind: "file",
        name,
        source: `read from your file. ${notes.join(" ").replace(/\.$/, "")}`,
        grids,
        targets,
        trainingCount,
      };
    },

    forget() {
      found = null;
      wall.replaceChildren();
    },
  };
}
