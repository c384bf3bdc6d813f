// The calibration curve: for each bin of confidence a bar, as high as the share of right answers.

import { grouped } from "../../../browser/counts.js";
import { write } from "../../../browser/elements.js";
import { percent } from "../../../browser/wording.js";
import { BINS } from "./calibration.js";
import { shareOf } from "../shares.js";

/** @typedef {import("./calibration.js").Bin} Bin */

/**
 * @param {HTMLElement} plot Gets a column for each bin.
 * @param {HTMLTableElement} table Gets a row for each bin with answers; it has a caption.
 */
export function createCalibrationChart(plot, table) {
  const columns = Array.from({ length: BINS }, () => {
    const column = document.createElement("div");
    const area = document.createElement("div");
    area.className = "area";
    const bar = document.createElement("div");
    const mean = document.createElement("i");
    const count = document.createElement("span");
    area.append(bar, mean);
    column.append(area, count);
    return { column, bar, mean, count };
  });
  plot.append(...columns.map(({ column }) => column));
  const head = table.createTHead();
  const body = table.createTBody();

  return {
    /**
     * @param {Bin[]} bins
     * @param {boolean} hasTargets Without them a bar is as high as the bin's share of all answers.
     */
    show(bins, hasTargets) {
      const all = bins.reduce((sum, { count }) => sum + count, 0);
      bins.forEach(({ from, to, count, confidence, right }, at) => {
        const { bar, mean, count: text } = columns[at];
        const height = hasTargets ? right : count / Math.max(all, 1);
        bar.style.height = `${100 * height}%`;
        mean.hidden = count === 0 || !hasTargets;
        mean.style.left = `${(100 * (confidence - from)) / (to - from)}%`;
        mean.style.bottom = `${100 * right}%`;
        write(text, count === 0 ? "" : grouped(count));
      });
      plot.dataset.targets = String(hasTargets);
      tabulate(bins, hasTargets, all);
    },
  };

  /** @param {Bin[]} bins @param {boolean} hasTargets @param {number} all */
  function tabulate(bins, hasTargets, all) {
    const titles = ["confidence", "answers", "mean confidence", hasTargets ? "right" : "share"];
    head.replaceChildren(lineOf(titles, "col"));
    body.replaceChildren(
      ...bins
        .filter(({ count }) => count > 0)
        .map(({ from, to, count, confidence, right }) => {
          const share = hasTargets ? shareOf(Math.round(right * count), count) : shareOf(count, all);
          const range = `${(100 * from).toFixed(1)} to ${(100 * to).toFixed(1)}\u202f%`;
          return lineOf([range, grouped(count), percent(confidence), share], "row");
        }),
    );
  }
}

/** @param {string[]} texts @param {"col" | "row"} scope Of its header, or of all its headers. */
function lineOf(texts, scope) {
  const row = document.createElement("tr");
  texts.forEach((text, at) => {
    const isHeader = scope === "col" || at === 0;
    const cell = document.createElement(isHeader ? "th" : "td");
    if (isHeader) cell.setAttribute("scope", scope);
    cell.textContent = text;
    row.append(cell);
  });
  return row;
}
