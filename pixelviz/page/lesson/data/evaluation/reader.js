// A network reads many pictures: for as long as it may, then it tells what it has read.

import { LENGTH } from "../../../browser/arrays.js";
import { logitsOf } from "../../../browser/network/network.js";
import { softmax } from "../../../browser/prediction.js";

/**
 * @param {import("../../../browser/network/network.js").Network} network
 * @param {Uint8Array} grids (count × 784)
 * @param {import("./parts.js").Range} range
 * @param {() => boolean} isOver Whether the time is over; at least one picture is read.
 * @returns {import("./answers.js").Answers} To the range's first pictures, or to all of them.
 */
export function readSome(network, grids, { start, end }, isOver) {
  /** @type {number[]} */ const digits = [];
  /** @type {number[]} */ const confidences = [];
  for (let at = start; at < end; at += 1) {
    const logits = logitsOf(network, grids.subarray(LENGTH * at, LENGTH * (at + 1)));
    const probabilities = softmax(logits);
    const confidence = Math.max(...probabilities);
    digits.push(probabilities.indexOf(confidence));
    confidences.push(confidence);
    if (isOver()) break;
  }
  return { digits: Uint8Array.from(digits), confidences: Float32Array.from(confidences) };
}
