// One number of the output, worked out: nine times pixel × weight = product, their sum, bias and ReLU.

import { PIXEL_MAX } from "../../../browser/arrays.js";
import { find, write } from "../../../browser/elements.js";
import { signedColour, largestOf, textColourOn } from "../../../browser/signed_colours.js";
import { shade } from "../../../pixel_view/shade.js";
import { sumOf } from "./convolve.js";
import { format, formatShort, sumText, unitsOf } from "./exact.js";
import { createField, markLong } from "./field.js";
import { LARGEST_BIAS, LARGEST_WEIGHT } from "./kept_settings.js";
import { WINDOW } from "./places.js";

/**
 * @typedef {object} Kernel In ten-thousandths.
 * @property {number[]} weights
 * @property {number} bias
 *
 * @typedef {{title: string, weights: number[], bias: number}} Preset
 */

/**
 * @typedef {object} Shown
 * @property {(number | null)[]} pixels Nine values; null outside the picture.
 * @property {number[]} products In ten-thousandths.
 * @property {number} decimals How many the numbers need.
 * @property {number} farthest The largest distance from 0 that an output can have.
 */

/**
 * @param {ParentNode} root
 * @param {(kernel: Kernel, hasRelu: boolean) => void} onChange
 */
export function createCalculation(root, onChange) {
  const board = find(root, ".window", HTMLElement);
  const problem = find(root, ".problem", HTMLElement);
  const sum = find(root, ".sum", HTMLElement);
  const total = find(root, ".total", HTMLElement);
  const biased = find(root, ".biased", HTMLElement);
  const result = find(root, ".result", HTMLElement);
  const biasInput = find(root, ".bias", HTMLInputElement);
  const relu = find(root, ".relu", HTMLInputElement);
  /** @type {Kernel} */ let kernel = { weights: Array(WINDOW ** 2).fill(0), bias: 0 };

  const onProblem = (/** @type {string} */ text) => write(problem, text);
  const cells = kernel.weights.map((_, at) => createCell(at));
  board.append(...cells.map(({ cell }) => cell));
  const fields = cells.map(({ weight }, at) =>
    createField(weight, LARGEST_WEIGHT, {
      onProblem,
      onNumber: (units) => change({ ...kernel, weights: replaced(kernel.weights, at, units) }),
    }),
  );
  const bias = createField(biasInput, LARGEST_BIAS, {
    onProblem,
    onNumber: (units) => change({ ...kernel, bias: units }),
  });
  relu.addEventListener("change", () => onChange(kernel, relu.checked));

  /** @param {Kernel} to */
  function change(to) {
    set(to);
    onChange(to, relu.checked);
  }

  /** @param {Kernel} to */
  function set(to) {
    kernel = to;
    const largest = largestOf(kernel.weights);
    fields.forEach((field, at) => {
      field.set(kernel.weights[at]);
      paintSigned(cells[at].weight, kernel.weights[at], largest);
    });
    bias.set(kernel.bias);
  }

  return {
    set(/** @type {Kernel} */ to) {
      write(problem, "");
      set(to);
    },

    get hasRelu() {
      return relu.checked;
    },

    set hasRelu(to) {
      relu.checked = to;
    },

    /** @param {Shown} shown */
    show({ pixels, products, decimals, farthest }) {
      const largest = PIXEL_MAX * largestOf(kernel.weights);
      cells.forEach(({ pixel, product }, at) => {
        const value = pixels[at];
        write(pixel, String(value ?? 0));
        pixel.classList.toggle("outside", value === null);
        shade(pixel, value ?? 0);
        const written = format(products[at], decimals);
        write(product, written);
        markLong(product, written);
        paintSigned(product, products[at], largest);
      });
      const summed = sumOf(products);
      const withBias = summed + kernel.bias;
      const output = relu.checked ? Math.max(withBias, 0) : withBias;
      write(sum, sumText(products, decimals));
      write(total, format(summed, decimals));
      write(biased, format(withBias, decimals));
      write(result, format(output, decimals));
      paintSigned(result, output, farthest);
    },
  };
}

/** @param {number} at */
function createCell(at) {
  const cell = document.createElement("div");
  const [pixel, times, equals, product] = ["pixel", "times", "equals", "product"].map((name) => {
    const part = document.createElement("span");
    part.className = name;
    return part;
  });
  const weight = document.createElement("input");
  const place = `row ${Math.floor(at / WINDOW)}, column ${at % WINDOW}`;
  cell.className = "cell";
  cell.setAttribute("role", "group");
  cell.setAttribute("aria-label", `Pixel times weight, ${place} of the window`);
  weight.className = "weight";
  weight.type = "text";
  weight.inputMode = "decimal";
  weight.autocomplete = "off";
  weight.setAttribute("aria-label", `Weight, ${place} of the kernel`);
  times.textContent = "×";
  equals.textContent = "=";
  cell.append(pixel, times, weight, equals, product);
  return { cell, pixel, weight, product };
}

/** @param {HTMLElement} element @param {number} value @param {number} largest */
export function paintSigned(element, value, largest) {
  const colour = signedColour(value, largest);
  element.style.backgroundColor = `rgb(${colour.join(" ")})`;
  element.style.color = textColourOn(colour);
}

/** @param {number[]} numbers @param {number} at @param {number} to @returns {number[]} */
function replaced(numbers, at, to) {
  return numbers.map((number, index) => (index === at ? to : number));
}

/** @param {Kernel} one @param {Kernel} other @returns {boolean} Whether they are the same. */
export function isSameKernel(one, other) {
  return (
    one.bias === other.bias && one.weights.every((weight, at) => weight === other.weights[at])
  );
}

/** @param {Preset} preset @returns {{title: string, value: Kernel, hint: string}} As a choice. */
export function optionOf({ title, weights, bias }) {
  const value = { weights: weights.map(unitsOf), bias: unitsOf(bias) };
  return { title, value, hint: kernelText(value) };
}

/** @param {Kernel} kernel @returns {string} In words, row by row. */
function kernelText({ weights, bias }) {
  const rows = [0, 1, 2].map((row) =>
    weights.slice(WINDOW * row, WINDOW * (row + 1)).map(formatShort).join(" "),
  );
  return `${rows.join(" / ")}, bias ${formatShort(bias)}`;
}
