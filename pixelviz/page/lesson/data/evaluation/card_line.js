// What the models' card says of MNIST's test images, beside what was counted here.

import { percent } from "../../../browser/wording.js";

/**
 * @typedef {import("../../../prediction/panel.js").Model} Model
 * @typedef {import("./scores.js").Score} Score
 *
 * @typedef {Record<string, {accuracy: number, sureAndRight: number, sureAndWrong: number}>} CardScores
 *   By the models' names, shares from 0 to 1.
 */

/**
 * @param {Model[]} models
 * @param {CardScores} card
 * @param {(model: Model) => Score} scoreOf
 * @param {number} count How many pictures there are.
 * @returns {string} In one sentence; nothing where the models have not read all of the pictures.
 */
export function cardLine(models, card, scoreOf, count) {
  const all = models.filter(({ name }) => card[name]);
  if (all.length === 0 || all.some((model) => scoreOf(model).known < count)) return "";
  const isSame = all.every((model) => {
    const { right, sureAndRight, sureAndWrong } = scoreOf(model);
    const of = card[model.name];
    return (
      right === Math.round(of.accuracy * count) &&
      sureAndRight === Math.round(of.sureAndRight * count) &&
      sureAndWrong === Math.round(of.sureAndWrong * count)
    );
  });
  if (isSame) return "These are the numbers of the models' card.";
  const told = all.map(({ name }) => percent(card[name].accuracy)).join(", ");
  return `The models' card says of all of MNIST's test images: ${told} right.`;
}
