// The table of what each model says: to the digit as it is drawn, and to what is left of it.

import { write } from "../../browser/elements.js";
import { predictionOf } from "../../browser/prediction.js";
import { digitOrDoubt, inWords } from "../../browser/wording.js";
import { describeChange, inPoints } from "./change.js";

/**
 * @typedef {import("../../prediction/panel.js").Model} Model
 *
 * @typedef {object} Column What is shown of one model.
 * @property {HTMLElement} picture The cell for a picture.
 * @property {(whole: ArrayLike<number>, left: ArrayLike<number>) => string} tell Shows the answers to
 *   the whole digit and to what is left of it, from their logits, and returns them in words.
 * @property {(text: string) => void} say Shows a text in their place.
 */

const WHOLE = "as drawn";
const DROP = "drop";
const THEN = "then reads";

/**
 * @param {HTMLTableElement} table
 * @param {Model[]} models
 * @param {string} left What the digit is called of which a part is gone.
 * @param {string} [pictures] What the row of pictures is called; without it, there is none.
 * @returns {Map<string, Column>} By the model's name.
 */
export function buildAnswers(table, models, left, pictures) {
  table.replaceChildren();
  const head = table.createTHead().insertRow();
  head.insertCell();
  for (const { title } of models) headOf(head, "col", title);
  const body = table.createTBody();
  /** @param {string} name */
  const rowOf = (name) => {
    const row = body.insertRow();
    headOf(row, "row", name);
    return models.map(() => row.insertCell());
  };
  const pictureCells = pictures === undefined ? [] : rowOf(pictures);
  const [whole, now, drop, then] = [WHOLE, left, DROP, THEN].map(rowOf);
  return new Map(
    models.map((model, index) => {
      const cells = { whole: whole[index], now: now[index], drop: drop[index], then: then[index] };
      return [model.name, columnOf(model, left, pictureCells[index], cells)];
    }),
  );
}

/**
 * @param {Model} model
 * @param {string} left
 * @param {HTMLElement} picture
 * @param {{whole: HTMLElement, now: HTMLElement, drop: HTMLElement, then: HTMLElement}} cells
 * @returns {Column}
 */
function columnOf({ title, threshold }, left, picture, cells) {
  return {
    picture,

    tell(wholeLogits, leftLogits) {
      const first = predictionOf(wholeLogits, threshold);
      const second = predictionOf(leftLogits, threshold);
      const digit = first.isSure ? String(first.digit) : `${first.digit}?`;
      const change = describeChange(first.confidence, second.probabilities[first.digit]);
      write(cells.whole, `${digit}: ${change.before}`);
      write(cells.now, `${digit}: ${change.after}`);
      write(cells.drop, inPoints(change.drop));
      write(cells.then, inWords(second));
      cells.then.classList.toggle("turned", digitOrDoubt(first) !== digitOrDoubt(second));
      return `${title}: ${digit} ${change.before}, ${left} ${change.after}; ${THEN} ${inWords(second)}`;
    },

    say(text) {
      write(cells.whole, text);
      for (const cell of [cells.now, cells.drop, cells.then]) write(cell, "");
    },
  };
}

/** @param {HTMLTableRowElement} row @param {"col" | "row"} scope @param {string} text */
function headOf(row, scope, text) {
  const head = document.createElement("th");
  head.scope = scope;
  head.textContent = text;
  row.append(head);
}
