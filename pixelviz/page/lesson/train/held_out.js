// The choice of what is held out of a class's set: some pictures of everybody, or all pictures of some.

import { counted, grouped } from "../../browser/counts.js";
import { find, write } from "../../browser/elements.js";
import { countsOf, hasWriters, heldOut, keepHeldOut, leftOutOf } from "./held_writers.js";

/** @typedef {import("../../browser/data_set/data_set.js").DataSet} DataSet */

const SOME_OF_EACH = "Somebody has to be held out, and somebody has to be learned from.";

/** @param {ParentNode} root @param {() => void} onChange */
export function createHeldOut(root, onChange) {
  const element = find(root, ".held-out-choice", HTMLElement);
  const [pictures, writers] = ["pictures", "writers"].map((value) =>
    find(element, `input[value=${value}]`, HTMLInputElement),
  );
  const others = find(element, ".others", HTMLElement);
  const list = find(element, ".chips", HTMLElement);
  const note = find(element, ".held-note", HTMLElement);
  /** @type {DataSet | null} */ let set = null;

  /** @param {Partial<typeof heldOut>} choice */
  function choose(choice) {
    Object.assign(heldOut, choice);
    keepHeldOut();
    render();
    onChange();
  }

  for (const input of [pictures, writers]) {
    input.addEventListener("change", () => choose({ isByWriters: writers.checked }));
  }
  list.addEventListener("change", () => {
    if (!set) return;
    const boxes = [...list.querySelectorAll("input")];
    const chosen = boxes.filter(({ checked }) => checked).map(({ value }) => Number(value));
    const isPossible = chosen.length > 0 && chosen.length < boxes.length;
    if (isPossible) choose({ devices: chosen });
    else render();
    write(note, isPossible ? "" : SOME_OF_EACH);
  });

  function render() {
    element.hidden = !set || !hasWriters(set);
    if (!set || element.hidden) return;
    const leftOut = leftOutOf(set, heldOut);
    pictures.checked = leftOut === null;
    writers.checked = leftOut !== null;
    list.hidden = leftOut === null;
    write(note, "");
    list.querySelectorAll("input").forEach((box, place) => {
      box.checked = leftOut?.includes(place) ?? false;
    });
  }

  /** @param {DataSet} of */
  function build(of) {
    const counts = countsOf(of);
    const chips = (of.writers ?? []).map(({ device, name, css }, place) => {
      const chip = document.createElement("label");
      const box = Object.assign(document.createElement("input"), { type: "checkbox", value: String(device) });
      box.ariaLabel = `${name}, ${counted(counts[place], "picture")}`;
      const text = document.createElement("span");
      const dot = Object.assign(document.createElement("i"), { className: "dot" });
      dot.style.background = css;
      const count = Object.assign(document.createElement("small"), { textContent: grouped(counts[place]) });
      text.append(dot, `${name} `, count);
      chip.append(box, text);
      return chip;
    });
    list.replaceChildren(...chips);
  }

  return {
    /** @param {DataSet} next What is learned from next. */
    show(next) {
      if (next !== set) build(next);
      set = next;
      const isSplit = next.trainingCount < (next.targets?.length ?? 0);
      write(others, isSplit ? "MNIST's test set" : "a sixth of the pictures");
      render();
    },
  };
}
