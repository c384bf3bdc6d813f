// One number of a map of the first layer, worked out: each pixel of the window times its weight, the
// products added up with the bias, and ReLU.

import { find, write } from "../../../browser/elements.js";
import { formatUnits, roundWithBias } from "../../../browser/rounding.js";
import { paintSigned } from "../by_hand/calculation.js";
import { DECIMALS, short } from "./summary.js";

/** @param {ParentNode} root */
export function createWindowCalculation(root) {
  const board = find(root, ".window", HTMLElement);
  const result = find(root, ".result", HTMLElement);
  /** @type {{cell: HTMLElement, how: HTMLElement, product: HTMLElement}[]} */ let cells = [];

  return {
    /** @param {number} rows @param {number} columns Of the window. */
    setSize(rows, columns) {
      board.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
      cells = Array.from({ length: rows * columns }, () => {
        const [cell, how, product] = ["div", "span", "b"].map((tag) => document.createElement(tag));
        cell.append(how, product);
        return { cell, how, product };
      });
      board.replaceChildren(...cells.map(({ cell }) => cell));
    },

    /**
     * @param {import("./origin.js").Origin} origin Of a number whose terms are products.
     * @param {number} largest The largest product that there can be: it gets the full colour.
     */
    show({ terms, bias, hasRelu }, largest) {
      const rounded = roundWithBias(
        terms.map(({ value }) => value),
        bias,
        DECIMALS,
      );
      cells.forEach(({ cell, how, product }, at) => {
        const { factors, value } = terms[at];
        write(how, factors ? `${short(factors.input)} × ${short(factors.weight)}` : "");
        write(product, formatUnits(rounded.terms[at], DECIMALS));
        paintSigned(cell, value, largest);
      });
      const [products, added, total, after] = [
        rounded.total - rounded.bias,
        rounded.bias,
        rounded.total,
        Math.max(rounded.total, 0),
      ].map((units) => formatUnits(units, DECIMALS));
      const words = [
        `The ${terms.length} products add up to ${products}`,
        `with the bias of ${added} that is ${total}`,
      ];
      if (hasRelu) words.push(`after ReLU ${after}`);
      write(result, `${words.join("; ")}.`);
    },
  };
}
