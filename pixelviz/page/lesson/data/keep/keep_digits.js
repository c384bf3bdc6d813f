// Keeps the drawn digit with its label, by a click or a key, in the data set of this visit.

import { counted } from "../../../browser/counts.js";
import { LENGTH } from "../../../browser/arrays.js";
import { dataSets } from "../../../browser/data_set/data_sets.js";
import { DIGITS_MAX, visit } from "../../../browser/data_set/visit.js";
import { createDrawnGrid } from "../../../browser/drawn_grid.js";
import { write } from "../../../browser/elements.js";
import { decode } from "../../../browser/pixel_codec.js";

/**
 * @typedef {object} Keepable
 * @property {string} pixels The grid's 784 bytes in base64.
 * @property {boolean} isExample Whether nothing is drawn, so that it is an example.
 * @property {string[]} examples The ten examples in base64, 0 to 9.
 */

const DIGITS = [...Array(10).keys()];
const FULL = `There is room for ${DIGITS_MAX} digits. Throw some away to keep others.`;
const KEYS = "With one of these buttons in focus, the keys 0 to 9 do the same.";

/**
 * @param {HTMLElement} element Is given ten buttons, three more, and a line that says what is kept.
 * @param {() => void} [onChange] Called when some have been kept or thrown away here.
 */
export function createKeepDigits(element, onChange) {
  /** @type {import("../../../browser/arrays.js").Vector} */ let vector = new Uint8Array(LENGTH);
  let isExample = true;
  /** @type {string[]} */ let examples = [];

  const group = document.createElement("div");
  group.className = "labels";
  group.setAttribute("role", "group");
  group.ariaLabel = "Keep this digit as";
  group.title = KEYS;
  group.append(...DIGITS.map((digit) => button(String(digit), () => keep(digit), `Keep this as a ${digit}`)));
  group.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[0-9]$/.test(event.key)) return;
    event.preventDefault();
    keep(Number(event.key));
  });
  const back = button("Throw the last one away", () => {
    visit.remove(visit.count - 1);
    tellChange("The last one is thrown away.");
  });
  const clear = button("Throw all away", () => {
    visit.clear();
    tellChange("All are thrown away.");
  });
  const addExamples = button("Keep all ten examples", () => {
    const digits = examples.map((pixels, target) => ({ vector: decode(pixels), target }));
    tellChange(visit.keep(digits) ? "All ten examples are kept." : FULL);
  });
  const said = document.createElement("output");
  said.className = "kept";
  element.append(row("Keep this digit as", group), row(addExamples, back, clear), said);

  /** @param {number} target */
  function keep(target) {
    if (isExample) tell("Draw a digit first.");
    else tellChange(visit.keep([{ vector, target }]) ? `Kept as a ${target}.` : FULL);
  }

  /** @param {string} what */
  function tellChange(what) {
    onChange?.();
    tell(what);
  }

  /** @param {string} what */
  function tell(what) {
    write(said, `${what} ${counted(visit.count, "digit")} of this visit.`.trim());
    back.disabled = clear.disabled = visit.count === 0;
  }

  function showWhetherDrawn() {
    group.classList.toggle("waiting", isExample);
  }

  const stopHearing = dataSets.subscribe(() => tell(""));
  const grid = createDrawnGrid((next, isDrawing) => {
    vector = next;
    if (isDrawing) isExample = false;
    showWhetherDrawn();
  });

  return {
    /** @param {Keepable} data */
    set(data) {
      ({ isExample, examples } = data);
      grid.receive(data.pixels);
      showWhetherDrawn();
    },

    end() {
      stopHearing();
      grid.end();
    },
  };
}

/** @param {string} text @param {() => void} onClick @param {string} [label] */
function button(text, onClick, label) {
  const element = document.createElement("button");
  Object.assign(element, { type: "button", textContent: text, ariaLabel: label ?? null });
  element.addEventListener("click", onClick);
  return element;
}

/** @param {(Node | string)[]} content */
function row(...content) {
  const element = document.createElement("div");
  element.className = "controls";
  element.append(...content);
  return element;
}
