// One training from its start: batch after batch, epoch after epoch, and how well it reads meanwhile.

import { createDescent } from "./descent.js";
import { copyOf, createNetwork } from "./network.js";
import { createRandom, shuffle } from "./random.js";

/**
 * @typedef {object} Options
 * @property {number} count How many pictures of the training set it learns from.
 * @property {number} rate The learning rate.
 * @property {number} batch How many pictures a batch has.
 * @property {number} hidden How many hidden units there are, 0 to 64.
 * @property {boolean} isRescaled Whether the features go from 0 to 1, not from 0 to 255.
 * @property {Uint16Array | null} order The pixel that each feature is; null where none is moved.
 * @property {number[] | null} [leftOut] The writers whose pictures are held out, by their places in the
 *   set's; null where it is other pictures.
 *
 * @typedef {object} Point How well the pictures are read after so many steps.
 * @property {number} step
 * @property {number} loss That of the pictures that it learns from.
 * @property {number} accuracy
 * @property {number | null} heldOutLoss That of the others; null where none is held out.
 * @property {number | null} heldOutAccuracy
 *
 * @typedef {object} Single What happened in a step with one single picture.
 * @property {number} number The picture's.
 * @property {import("./network.js").Layer[]} before The weights before it.
 * @property {Float64Array} deltas The errors of the first layer's outputs.
 */

/** So many pictures of each part are measured: it has to be done while it learns. */
export const MEASURED = 500;

/** The order of the batches, and a hidden layer's start, are the same each time. */
export const SEED = 1;

/** Points are this much farther on than the one before, so that they are at the same steps each time. */
const NEXT_MARK = 1.1;

/**
 * @param {import("./descent.js").Pictures} pictures
 * @param {import("./split.js").Split} split
 * @param {Options} options
 */
export function createTraining(pictures, split, options) {
  const { count, hidden, isRescaled, order } = options;
  const network = createNetwork({ hidden, isRescaled, order, seed: SEED });
  const learned = split.training.subarray(0, count);
  const queue = learned.slice();
  const random = createRandom(SEED);
  const descent = createDescent(network, pictures, Math.min(options.batch, count));
  const shown = [learned, split.heldOut].map((numbers) => numbers.subarray(0, MEASURED));
  let [step, epoch, place, mark] = [0, 0, 0, 1];
  let { rate } = options;
  let isBroken = false;

  /** @param {number} size @returns {Uint32Array} The next pictures, fewer at the end of an epoch. */
  function take(size) {
    if (place === 0) shuffle(queue, random);
    const numbers = queue.subarray(place, place + size);
    place += numbers.length;
    return numbers;
  }

  /** @param {Uint32Array} numbers */
  function learn(numbers) {
    const loss = descent.step(numbers, rate);
    step += 1;
    if (place >= queue.length) [place, epoch] = [0, epoch + 1];
    if (!Number.isFinite(loss)) isBroken = true;
  }

  return {
    network,

    get progress() {
      return { step, epoch, place, count: queue.length, isBroken };
    },

    /** Whether a point is due at this step, whatever the pace. */
    isMarked() {
      if (step < mark) return false;
      mark = Math.max(step + 1, Math.ceil(step * NEXT_MARK));
      return true;
    },

    /** Takes a step with the next batch. */
    takeBatch() {
      learn(take(options.batch));
    },

    /** Takes a step with the next picture alone. @returns {Single} */
    takeOne() {
      const numbers = take(1);
      const before = copyOf(network.layers);
      learn(numbers);
      return { number: numbers[0], before, deltas: descent.firstDeltas() };
    },

    /** @param {number} next The learning rate from the next step on. */
    setRate(next) {
      rate = next;
    },

    /** @returns {Point} */
    measure() {
      const own = descent.measure(shown[0]);
      const others = shown[1].length > 0 ? descent.measure(shown[1]) : null;
      if (!Number.isFinite(own.loss)) isBroken = true;
      return {
        step,
        ...own,
        heldOutLoss: others?.loss ?? null,
        heldOutAccuracy: others?.accuracy ?? null,
      };
    },

    /** @returns {number | null} The accuracy on all that are held out; null where none is. */
    heldOutAccuracy() {
      return split.heldOut.length > 0 ? descent.measure(split.heldOut).accuracy : null;
    },
  };
}
