// What one model has made of the pictures: confusion matrix, pictures, calibration, threshold.

import { counted } from "../../../browser/counts.js";
import { meaningOf, pictureOf } from "../../../browser/data_set/data_set.js";
import { find, write } from "../../../browser/elements.js";
import { percent } from "../../../browser/wording.js";
import { binsOf, calibrationErrorOf } from "./calibration.js";
import { createCalibrationChart } from "./calibration_chart.js";
import { createChoice } from "../choice.js";
import { confusionOf, surestFirst } from "./confusion.js";
import { createConfusionTable } from "./confusion_table.js";
import { createGallery } from "./gallery.js";
import { createDetail } from "./picture_detail.js";
import { createThresholdPanel } from "./threshold_panel.js";

/**
 * @typedef {import("../../../browser/data_set/data_set.js").DataSet} DataSet
 * @typedef {import("../../../prediction/panel.js").Model} Model
 * @typedef {import("./answers.js").Answers} Answers
 * @typedef {import("./parts.js").Range} Range
 *
 * @typedef {object} Looked What is looked into.
 * @property {DataSet} set
 * @property {Range} range
 * @property {Model} model
 * @property {Model[]} models All of them.
 * @property {(name: string) => Answers} answersOf
 */

const ORDERS = [
  { value: "surest", title: "surest first" },
  { value: "least", title: "least sure first" },
];

/**
 * @param {HTMLElement} root
 * @param {(vector: import("../../../browser/arrays.js").Vector) => void} onPlace
 */
export function createResults(root, onPlace) {
  /** @type {Looked | null} */ let looked = null;
  /** @type {import("./confusion_table.js").Cell | null} */ let cell = null;
  let order = "surest";
  const names = root.querySelectorAll(".model");
  const allMistakes = find(root, ".mistakes", HTMLButtonElement);
  const error = find(root, ".error", HTMLElement);
  const detail = createDetail(find(root, ".detail", HTMLElement), onPlace);
  const matrix = createConfusionTable(find(root, ".confusion", HTMLTableElement), choose);
  const gallery = createGallery(
    {
      title: find(root, ".pictures", HTMLElement),
      list: find(root, ".thumbs", HTMLElement),
      more: find(root, ".more", HTMLButtonElement),
    },
    look,
  );
  const chart = createCalibrationChart(
    find(root, ".plot", HTMLElement),
    find(root, ".bins", HTMLTableElement),
  );
  const threshold = createThresholdPanel(find(root, ".threshold", HTMLElement));
  const orders = createChoice(find(root, ".order", HTMLFieldSetElement), (value) => {
    order = value;
    showPictures(true);
  });
  orders.show(ORDERS, order);

  /** @param {import("./confusion_table.js").Cell | null} next Null for all mistakes. */
  function choose(next) {
    cell = next;
    showMatrix();
    showPictures(true);
  }

  allMistakes.addEventListener("click", () => choose(null));

  /** @param {number | null} number Of a picture: it is shown large. */
  function look(number) {
    if (!looked || number === null) {
      detail.hide();
      return;
    }
    const { set, models, answersOf } = looked;
    detail.show({
      set,
      number,
      answers: models.map(({ name, title, threshold: from }) => ({
        title,
        threshold: from,
        digit: answersOf(name).digits[number],
        confidence: answersOf(name).confidences[number],
      })),
    });
  }

  function showMatrix() {
    allMistakes.hidden = cell === null;
    if (!looked?.set.targets) return;
    const { range, model, answersOf } = looked;
    matrix.show(confusionOf(answersOf(model.name), looked.set.targets, range), cell);
  }

  /** @param {boolean} isOther Whether other pictures are shown than before. */
  function showPictures(isOther) {
    if (!looked) return;
    const { set, range, model, answersOf } = looked;
    const { targets } = set;
    const answers = answersOf(model.name);
    const wanted = cell;
    const numbers = surestFirst(answers, range, (digit, at) => {
      if (!targets) return true;
      if (wanted) return targets[at] === wanted.target && digit === wanted.digit;
      return digit !== targets[at];
    });
    if (order === "least") numbers.reverse();
    gallery.show(
      {
        title: titleOf(numbers.length, targets !== null),
        numbers,
        pictureOf: (number) => pictureOf(set, number),
        tell: (number) => tell(number, answers, set),
      },
      isOther,
    );
  }

  /** @param {number} count @param {boolean} hasTargets @returns {string} */
  function titleOf(count, hasTargets) {
    if (!hasTargets) return `All ${counted(count, "picture")}`;
    if (!cell) return counted(count, "mistake");
    return `Target ${cell.target}, read as ${cell.digit}: ${counted(count, "picture")}`;
  }

  function showCalibration() {
    if (!looked) return;
    const { set, range, model, answersOf } = looked;
    const bins = binsOf(answersOf(model.name), set.targets, range);
    chart.show(bins, set.targets !== null);
    write(error, set.targets ? errorOf(calibrationErrorOf(bins)) : "");
    threshold.show(answersOf(model.name), set.targets, range);
  }

  return {
    /**
     * @param {Looked} next
     * @param {{isOther: boolean, isRunning: boolean}} how Whether it is another set, part or model than
     *   before; and whether more answers will follow.
     */
    show(next, { isOther, isRunning }) {
      const isOtherSet = looked?.set !== next.set;
      const isOtherModel = isOtherSet || looked?.model.name !== next.model.name;
      looked = next;
      if (isOtherSet) cell = null;
      names.forEach((name) => write(name, next.model.title));
      showMatrix();
      if (isOther || !(isRunning && gallery.isInUse)) showPictures(isOther);
      showCalibration();
      if (isOtherModel) threshold.start(next.model.threshold);
    },
  };
}

/** @param {number} gap @returns {string} */
function errorOf(gap) {
  const points = (100 * gap).toFixed(2);
  return `Confidence and share of right answers differ by ${points} percentage points, on average over all answers: the expected calibration error.`;
}

/**
 * @param {number} number
 * @param {Answers} answers
 * @param {DataSet} set
 * @returns {{caption: string, name: string}}
 */
function tell(number, { digits, confidences }, set) {
  const [digit, sure] = [digits[number], percent(confidences[number])];
  const caption = set.targets ? `${set.targets[number]} → ${digit}` : `${digit}`;
  const meaning = set.targets ? `${meaningOf(set, number)}, ` : "";
  return { caption: `${caption}, ${sure}`, name: `Number ${number}: ${meaning}read as ${digit}, ${sure}` };
}
