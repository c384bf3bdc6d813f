// What a training has come to, said from its numbers alone.

import { grouped } from "../../browser/counts.js";
import { DIGITS } from "../../browser/training/network.js";

/** @typedef {import("../../browser/training/training.js").Point} Point */

/** Ten equal probabilities have this loss: the natural logarithm of 10. */
const KNOWING_NOTHING = Math.log(DIGITS);

/** A rise of the loss that is to be spoken of. */
const RISEN = 1.01;

/** The learned loss falls at least so far where it is over-fitting that makes the held-out loss rise. */
const FALLEN = 0.9;

/** Over-fitting lasts: since the least held-out loss as many steps again have passed, or more. */
const LASTING = 2;

/** A loss of this size is a probability of 1 in 1,000. */
const NEXT_TO_NOTHING = Math.log(1000);

/** After so many steps it should have begun to learn. */
const SOME_STEPS = 30;

export const BROKEN =
  "The loss is no longer a number: the learning rate is too large. Choose a smaller one, and start again.";

/** @param {number} loss @returns {string} */
export function lossText(loss) {
  if (!Number.isFinite(loss)) return "no number";
  return loss.toLocaleString("en", { minimumFractionDigits: 3, maximumFractionDigits: 3 });
}

/** @param {number} accuracy @returns {string} */
export function accuracyText(accuracy) {
  return `${(100 * accuracy).toFixed(1)}\u202f%`;
}

/**
 * @param {Point[]} points Those of this training, by their steps.
 * @param {Point | null} before What the training before has come to after as many steps.
 * @param {boolean} isBroken Whether the loss is no longer a number.
 * @returns {string[]} What can be said of it.
 */
export function remarksOn(points, before, isBroken) {
  if (isBroken) return [BROKEN];
  const now = points.at(-1);
  if (!now || now.step === 0) return [];
  /** @type {string[]} */ const remarks = [];
  const isWorse = now.loss > RISEN * KNOWING_NOTHING;
  if (isWorse || (now.loss * RISEN > KNOWING_NOTHING && now.step >= SOME_STEPS)) {
    remarks.push(
      `The loss is ${lossText(now.loss)}: ${isWorse ? "worse" : "no better"} than ten equal ` +
        `probabilities, whose loss is ${lossText(KNOWING_NOTHING)}.`,
    );
  }
  if (isWorse && isSureWhereWrong(now)) {
    remarks.push(
      `It reads ${accuracyText(now.accuracy)} correctly, but where it misreads, it gives the right ` +
        "digit a probability of next to 0: that makes the loss so large.",
    );
  }
  const overfitted = overfitting(points, now);
  if (overfitted) remarks.push(overfitted);
  if (before) {
    remarks.push(
      `After ${steps(now.step)} the training before had a loss of ${lossText(before.loss)}, this one ` +
        `has ${lossText(now.loss)}.`,
    );
  }
  return remarks;
}

/**
 * A digit that is read correctly has the largest of ten probabilities, so its loss is at most that of ten
 * equal ones. The rest of the loss comes from those that are misread.
 * @param {Point} now
 * @returns {boolean} Whether most are read correctly, and the others with no doubt at all.
 */
function isSureWhereWrong({ loss, accuracy }) {
  const misread = loss - accuracy * KNOWING_NOTHING;
  return accuracy > 0.5 && misread > (1 - accuracy) * NEXT_TO_NOTHING;
}

/** @param {Point[]} points @param {Point} now @returns {string} Nothing where there is none. */
function overfitting(points, now) {
  const best = points.reduce((least, point) =>
    (point.heldOutLoss ?? Infinity) < (least.heldOutLoss ?? Infinity) ? point : least,
  );
  const [least, last] = [best.heldOutLoss, now.heldOutLoss];
  if (least === null || last === null || best.step === 0) return "";
  if (now.step < LASTING * best.step || now.loss > FALLEN * best.loss) return "";
  const later = points.filter(({ step }) => LASTING * step >= best.step + now.step);
  if (later.some(({ heldOutLoss }) => heldOutLoss === null || heldOutLoss < RISEN * least)) return "";
  return (
    `Over-fitting: since step ${grouped(best.step)} the held-out loss has risen from ` +
    `${lossText(least)} to ${lossText(last)}, while that of the pictures it learns from has fallen from ` +
    `${lossText(best.loss)} to ${lossText(now.loss)}.`
  );
}

/** @param {number} count @returns {string} */
function steps(count) {
  return count === 1 ? "1 step" : `${grouped(count)} steps`;
}
