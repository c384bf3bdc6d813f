// Copies the table's values in lines that are all alike, so that they can be pasted as a table.
//
// By itself a browser copies the heads of rows and columns as well, with one tab too few in their line.

import { placeOf } from "../browser/arrays.js";

/**
 * @param {HTMLElement} element What has the focus while cells are selected.
 * @param {HTMLElement} body What holds all cells.
 * @param {HTMLElement[]} cells The 784 cells, row by row.
 * @returns {() => boolean} What copies all cells, and tells whether the browser has let it.
 */
export function letTableBeCopied(element, body, cells) {
  element.addEventListener("copy", (event) => {
    const range = selectedIn(element);
    const text = range && linesOf(cells.map((cell) => range.intersectsNode(cell)), cells);
    if (!text || !event.clipboardData) return;
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
  });

  element.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "a" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    getSelection()?.selectAllChildren(body);
  });

  return () => {
    element.focus({ preventScroll: true });
    getSelection()?.selectAllChildren(body);
    const isCopied = document.execCommand("copy"); // works on a page without TLS too
    getSelection()?.removeAllRanges();
    return isCopied;
  };
}

/**
 * @param {HTMLElement} element
 * @returns {Range | null} What is selected in it. Chromium tells it to the shadow root alone.
 */
function selectedIn(element) {
  const root = /** @type {{getSelection?: () => Selection | null}} */ (element.getRootNode());
  const selection = root.getSelection?.() ?? getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  return element.contains(range.commonAncestorContainer) ? range : null;
}

/**
 * @param {boolean[]} isSelected By cell.
 * @param {HTMLElement[]} cells
 * @returns {string} The selected rows and columns, and what lies between them.
 */
function linesOf(isSelected, cells) {
  const places = cells.flatMap((_, index) => (isSelected[index] ? [placeOf(index)] : []));
  const columns = places.map(({ column }) => column);
  const [first, last] = [Math.min(...columns), Math.max(...columns)];
  /** @type {string[][]} */ const lines = [];
  cells.forEach((cell, index) => {
    const { row, column } = placeOf(index);
    if (row < (places[0]?.row ?? Infinity) || row > (places.at(-1)?.row ?? -1)) return;
    if (column < first || column > last) return;
    (lines[row] ??= []).push(cell.textContent ?? "");
  });
  return lines
    .filter(Boolean)
    .map((line) => line.join("\t"))
    .join("\n");
}
