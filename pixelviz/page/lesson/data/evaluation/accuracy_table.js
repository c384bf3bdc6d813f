// The table of how well each model reads the pictures; a radio button chooses the one to look into.

import { counted, grouped } from "../../../browser/counts.js";
import { write } from "../../../browser/elements.js";
import { shareOf, sharesOf } from "../shares.js";

/**
 * @typedef {import("../../../prediction/panel.js").Model} Model
 * @typedef {import("./scores.js").Score} Score
 */

const WITH_TARGETS = ["right", "sure and right", "not sure", "sure and wrong"];
const WITHOUT = ["sure", "not sure"];
const MISSING = "not in this browser";
const WAITING = "not asked yet";

/**
 * @param {HTMLTableElement} table
 * @param {(name: string) => void} onChoice Called with the model that is chosen.
 */
export function createAccuracyTable(table, onChoice) {
  /** @type {Map<string, {row: HTMLTableRowElement, input: HTMLInputElement, known: HTMLElement}>} */
  const rows = new Map();
  let built = "";

  table.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement) onChoice(target.value);
  });

  /** @param {Model[]} models @param {string[]} columns */
  function build(models, columns) {
    const head = document.createElement("thead");
    const line = head.insertRow();
    line.append(headerOf("model", "col"), ...columns.map((column) => headerOf(column, "col")));
    const body = document.createElement("tbody");
    rows.clear();
    for (const { name, title } of models) {
      const row = body.insertRow();
      const header = headerOf("", "row");
      const label = document.createElement("label");
      const input = document.createElement("input");
      Object.assign(input, { type: "radio", name: "looked-into", value: name });
      label.append(input, title);
      const known = document.createElement("small");
      header.append(label, known);
      row.append(header);
      columns.forEach(() => row.insertCell());
      rows.set(name, { row, input, known });
    }
    table.querySelectorAll("thead, tbody").forEach((part) => part.remove());
    table.append(head, body);
  }

  return {
    /**
     * @param {Model[]} models
     * @param {boolean} hasTargets
     */
    prepare(models, hasTargets) {
      const columns = hasTargets ? WITH_TARGETS : WITHOUT;
      const now = [...models.map(({ name }) => name), ...columns].join();
      if (now !== built) build(models, columns);
      built = now;
    },

    /**
     * @param {string} name Of the model.
     * @param {Score} score
     * @param {{hasTargets: boolean, isMissing: boolean, isChosen: boolean}} state
     */
    show(name, score, { hasTargets, isMissing, isChosen }) {
      const found = rows.get(name);
      if (!found) return;
      found.input.checked = isChosen;
      found.row.classList.toggle("chosen", isChosen);
      const asked = score.known > 0 ? `${grouped(score.known)} read` : WAITING;
      write(found.known, isMissing ? MISSING : asked);
      const texts = hasTargets ? withTargets(score) : without(score);
      texts.forEach(([share, count], at) => fill(found.row.cells[at + 1], share, count));
    },
  };
}

/** @param {Score} score @returns {[share: string, count: string][]} */
function withTargets({ known, right, sureAndRight, notSure, sureAndWrong }) {
  if (known === 0) return WITH_TARGETS.map(() => ["", ""]);
  const parts = [sureAndRight, notSure, sureAndWrong];
  const shares = sharesOf(parts);
  return [
    [shareOf(right, known), grouped(right)],
    ...parts.map((part, at) => /** @type {[string, string]} */ ([shares[at], grouped(part)])),
  ];
}

/** @param {Score} score @returns {[share: string, count: string][]} */
function without({ known, sure, notSure }) {
  if (known === 0) return WITHOUT.map(() => ["", ""]);
  const shares = sharesOf([sure, notSure]);
  return [sure, notSure].map((part, at) => [shares[at], grouped(part)]);
}

/** @param {HTMLTableCellElement} cell @param {string} share @param {string} count */
function fill(cell, share, count) {
  if (cell.childElementCount === 0) {
    cell.append(document.createElement("b"), document.createElement("small"));
  }
  write(cell.children[0], share);
  write(cell.children[1], count);
}

/** @param {string} text @param {"col" | "row"} scope */
function headerOf(text, scope) {
  const header = document.createElement("th");
  header.scope = scope;
  header.textContent = text;
  return header;
}

/**
 * @param {string} title Of the model.
 * @param {Score} score
 * @param {boolean} hasTargets
 * @returns {string} The row in a sentence, for who does not see the table.
 */
export function inOneSentence(title, score, hasTargets) {
  if (score.known === 0) return "";
  const of = `${title}: of ${counted(score.known, "picture")}`;
  if (hasTargets) return `${of} ${shareOf(score.right, score.known)} right.`;
  return `${of} it is sure of ${shareOf(score.sure, score.known)}.`;
}
