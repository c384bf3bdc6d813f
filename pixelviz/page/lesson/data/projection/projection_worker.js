// The Worker that finds the principal components of pictures. projector.js starts it and says what the
// messages are.

import { LENGTH } from "../../../browser/arrays.js";
import { later } from "../../../browser/later.js";
import { componentsOf, coordinatesOf, createSums } from "./principal_components.js";

/** So many pictures are added up before it tells how far it is. */
const TOGETHER = 250;

const page = /** @type {Worker} */ (/** @type {unknown} */ (self));
let newest = 0;

page.onmessage = ({ data }) => {
  newest = data.number;
  add(data, createSums(), 0);
};

page.onmessageerror = () => {
  throw new Error("A message to the worker of the projection could not be read.");
};

/**
 * @param {{grids: Uint8Array, number: number}} question
 * @param {ReturnType<typeof createSums>} sums
 * @param {number} from
 */
function add(question, sums, from) {
  const { grids, number } = question;
  if (number !== newest) return; // a newer question has come
  const count = grids.length / LENGTH;
  const end = Math.min(count, from + TOGETHER);
  for (let at = from; at < end; at += 1) sums.add(grids.subarray(LENGTH * at, LENGTH * (at + 1)));
  page.postMessage({ kind: "progress", number, share: end / count });
  if (end < count) later(() => add(question, sums, end));
  else finish(question, sums);
}

/**
 * @param {{grids: Uint8Array, number: number}} question
 * @param {ReturnType<typeof createSums>} sums
 */
function finish({ grids, number }, sums) {
  const components = componentsOf(sums.finish());
  const coordinates = new Float32Array(components ? (2 * grids.length) / LENGTH : 0);
  if (components) {
    for (let at = 0; at < coordinates.length / 2; at += 1) {
      const vector = grids.subarray(LENGTH * at, LENGTH * (at + 1));
      coordinates.set(coordinatesOf(vector, components), 2 * at);
    }
  }
  page.postMessage({ kind: "found", number, components, coordinates });
}
