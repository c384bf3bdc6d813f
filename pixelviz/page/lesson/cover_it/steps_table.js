// The steps of a search, in a table: a line for each, and for the digit as it was before.

import { predictionOf } from "../../browser/prediction.js";
import { describeStep, finePercent } from "./search_words.js";

/** @typedef {import("./search_words.js").Found} Found */

/**
 * @param {HTMLTableSectionElement} body
 * @param {Found} found
 */
export function fillSteps(body, { first, steps }) {
  body.replaceChildren();
  if (!first) return;
  const { digit } = predictionOf(first, 0);
  /** @param {ArrayLike<number>} logits */
  const share = (logits) => `${digit}: ${finePercent(predictionOf(logits, 0).probabilities[digit])}`;
  addRow(body, ["0", "", "as drawn", share(first)]);
  steps.forEach((step, number) => {
    const { where, what } = describeStep(step);
    addRow(body, [String(number + 1), where, what, share(step.logits)]);
  });
}

/** @param {HTMLTableSectionElement} body @param {string[]} texts */
function addRow(body, texts) {
  const row = body.insertRow();
  for (const text of texts) row.insertCell().textContent = text;
}
