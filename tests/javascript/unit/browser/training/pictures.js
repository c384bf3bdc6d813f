// A small data set for the tests: digit d has ink in the rows 2d and 2d + 1, and some noise.

import { createRandom } from "../../../../../pixelviz/page/browser/training/random.js";

const LENGTH = 784;

/**
 * @param {number} count
 * @returns {{grids: Uint8Array, targets: Uint8Array}}
 */
export function bands(count) {
  const random = createRandom(5);
  const grids = new Uint8Array(LENGTH * count);
  const targets = Uint8Array.from({ length: count }, (_, number) => number % 10);
  targets.forEach((digit, number) => {
    for (let pixel = 0; pixel < LENGTH; pixel += 1) {
      const isBand = Math.floor(pixel / 56) === digit;
      const value = isBand ? 255 * random() : random() < 0.1 ? 120 * random() : 0;
      grids[LENGTH * number + pixel] = Math.round(value);
    }
  });
  return { grids, targets };
}

/**
 * How one training begins unless a test says something else.
 * @type {import("../../../../../pixelviz/page/browser/training/training.js").Options}
 */
export const OPTIONS = { count: 100, rate: 0.1, batch: 10, hidden: 0, isRescaled: true, order: null };
