// The size of an output and the number of weights, with the numbers put into the formulas.

import { grouped } from "../../../browser/counts.js";
import { LENGTH, SIDE } from "../../../browser/arrays.js";
import { find, write } from "../../../browser/elements.js";
import { POOL } from "./convolve.js";
import { WINDOW } from "./places.js";

/** @param {ParentNode} root @param {import("./places.js").Places} places */
export function tellSizes(root, places) {
  write(find(root, ".formula", Element), sizeText(places));
  write(find(root, ".own", Element), weightsText(places.side));
  write(find(root, ".dense", Element), denseText(places.side));
}

/** @param {import("./places.js").Places} places @returns {string} */
export function sizeText({ stride, side, padded }) {
  const formula = `(${SIDE} + ${padded} \u2212 ${WINDOW}) ÷ ${stride} + 1`;
  return `${formula} = ${quotient((SIDE + padded - WINDOW) / stride + 1)} rows and columns: ${inAll(side)}`;
}

/** @param {number} side Of the output. @returns {string} */
export function weightsText(side) {
  const places = side ** 2;
  return `${WINDOW} × ${WINDOW} + 1 = ${WINDOW ** 2 + 1}, the same at all ${places} places`;
}

/** @param {number} side Of the output. @returns {string} */
export function denseText(side) {
  const places = side ** 2;
  return `${LENGTH} × ${places} + ${places} = ${grouped(LENGTH * places + places)}`;
}

/** @param {number} side Of the output that is pooled. @returns {string} */
export function pooledText(side) {
  const pooled = Math.floor(side / POOL);
  return `${side} ÷ ${POOL} = ${quotient(side / POOL)} rows and columns: ${inAll(pooled)}, in place of ${side ** 2}`;
}

/** @param {number} value @returns {string} */
function quotient(value) {
  return Number.isInteger(value) ? String(value) : `${value}, rounded down ${Math.floor(value)}`;
}

/** @param {number} side @returns {string} */
function inAll(side) {
  return `${side} × ${side} = ${side ** 2} numbers`;
}
