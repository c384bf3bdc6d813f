// Keeps the drawn digit with its label, by a click or a key, in the data set of this visit.

import { LENGTH } from "../../browser/arrays.js";
import { DIGITS_MAX, visit } from "../../browser/data_set/visit.js";
import { find, write } from "../../browser/elements.js";
import { decode } from "../../browser/pixel_codec.js";
import { counted } from "./shares.js";

/** @typedef {import("../../browser/arrays.js").Vector} Vector */

const DIGITS = [...Array(10).keys()];
const FULL = `There is room for ${DIGITS_MAX} digits. Throw some away to keep others.`;

/**
 * @param {HTMLElement} element Has a group of buttons, an output, and the buttons "examples", "back" and
 *   "clear".
 * @param {() => void} [onChange] Called when some have been kept or thrown away.
 */
export function createKeepDigits(element, onChange) {
  const group = find(element, ".labels", HTMLElement);
  const said = find(element, "output", HTMLElement);
  const back = find(element, ".back", HTMLButtonElement);
  const clear = find(element, ".clear", HTMLButtonElement);
  const addExamples = find(element, ".examples", HTMLButtonElement);
  /** @type {Vector} */ let vector = new Uint8Array(LENGTH);
  let isDrawn = false;
  /** @type {string[]} */ let examples = [];

  const buttons = DIGITS.map((digit) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = String(digit);
    button.ariaLabel = `Keep this as a ${digit}`;
    button.addEventListener("click", () => keep(digit));
    return button;
  });
  group.append(...buttons);
  group.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[0-9]$/.test(event.key)) return;
    event.preventDefault();
    keep(Number(event.key));
  });
  addExamples.addEventListener("click", () => {
    const digits = examples.map((pixels, target) => ({ vector: decode(pixels), target }));
    tellChange(visit.keep(digits) ? "All ten examples are kept." : FULL);
  });
  back.addEventListener("click", () => {
    visit.remove(visit.count - 1);
    tellChange("The last one is thrown away.");
  });
  clear.addEventListener("click", () => {
    visit.clear();
    tellChange("All are thrown away.");
  });

  /** @param {number} target */
  function keep(target) {
    if (!isDrawn) tell("Draw a digit first.");
    else tellChange(visit.keep([{ vector, target }]) ? `Kept as a ${target}.` : FULL);
  }

  /** @param {string} what */
  function tell(what) {
    write(said, [what, `${counted(visit.count, "digit")} of this visit.`].join(" ").trim());
    back.disabled = clear.disabled = visit.count === 0;
  }

  /** @param {string} what */
  function tellChange(what) {
    onChange?.();
    tell(what);
  }

  tell("");
  return {
    /** @param {Vector} next @param {boolean} isOwn Whether the person has drawn it. */
    follow(next, isOwn) {
      vector = next;
      if (isDrawn === isOwn) return;
      isDrawn = isOwn;
      group.classList.toggle("waiting", !isDrawn);
    },

    /** @param {string[]} grids The ten examples in base64, 0 to 9. */
    offer(grids) {
      examples = grids;
    },
  };
}
