// One step of the training with one picture: prediction, target, error, and what becomes of a weight.

import { grouped } from "../../browser/counts.js";
import { SIDE, indexOf, placeOf } from "../../browser/arrays.js";
import { meaningOf, pictureOf, targetOf, whoseIs } from "../../browser/data_set/data_set.js";
import { find, write } from "../../browser/elements.js";
import { endInstance, instanceFor } from "../../browser/instances.js";
import { createPainter } from "../../browser/painter.js";
import { pinnedPixel } from "../../browser/pinned_pixel.js";
import { softmax } from "../../browser/prediction.js";
import { formatNumber, formatUnits } from "../../browser/rounding.js";
import { logitsOf } from "../../browser/training/network.js";
import { accuracyText } from "./remarks.js";
import { sessions } from "./session.js";
import { rateText } from "./settings.js";
import { DECIMALS, WEIGHT_DECIMALS, changeOf, inkiest, rowsOf } from "./step_numbers.js";

/**
 * @typedef {import("../../browser/training/trainer.js").Report} Report
 * @typedef {import("../../browser/training/training.js").Single} Single
 *
 * @typedef {object} Taken A step that was taken with one picture.
 * @property {Single} single
 * @property {Report["network"]} network After it.
 * @property {number} step
 * @property {number} rate
 * @property {import("../../browser/arrays.js").Vector} vector
 * @property {number} target
 * @property {string} meaning The target in words.
 */

const NOT_YET = "Takes a step with one picture and shows its numbers.";
const DIGITS = [...Array(10).keys()];

/** @param {{parentElement: ShadowRoot}} component */
export default function show({ parentElement }) {
  instanceFor(parentElement, createOneStep);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createOneStep(root) {
  const take = find(root, ".take", HTMLButtonElement);
  const note = find(root, ".note", HTMLElement);
  const stage = find(root, ".stage", HTMLElement);
  const paper = find(root, ".paper", HTMLElement);
  const paint = createPainter(find(paper, "canvas", HTMLCanvasElement));
  const mark = find(paper, ".mark", HTMLElement);
  const place = find(root, ".place", HTMLElement);
  const unit = find(root, ".unit", HTMLSelectElement);
  const announcement = find(root, ".announcement", HTMLElement);
  const cells = buildTable(root);
  /** @type {Taken | null} */ let taken = null;
  /** @type {number | null} */ let pinned = null;
  let takeOne = () => {};

  const stopHearing = sessions.subscribe(({ report, set, rate, takeOne: how }) => {
    takeOne = how;
    take.disabled = !report || report.progress.isBroken;
    if (!report || report.progress.step === 0) forget();
    else if (report.single && set) {
      const { number } = report.single;
      const target = targetOf(set, number) ?? 0;
      const { step } = report.progress;
      const vector = pictureOf(set, number);
      for (const each of [stage, announcement]) each.dataset.kind = set.kind;
      const meaning = whoseIs(set, number) ? meaningOf(set, number) : `whose target is ${target}`;
      taken = { single: report.single, network: report.network, step, rate, vector, target, meaning };
      showStep(taken);
    } else if (taken && report.progress.step > taken.step) {
      write(note, `This was step ${grouped(taken.step)}.`);
    }
  });
  const stopPins = pinnedPixel.subscribe(({ index }) => {
    pinned = index;
    if (taken) showWeight(taken);
  });
  take.addEventListener("click", () => takeOne());
  unit.addEventListener("change", () => taken && showWeight(taken));
  paper.addEventListener("click", ({ offsetX, offsetY }) => {
    const side = paper.clientWidth / SIDE;
    const [row, column] = [offsetY, offsetX].map((each) => Math.min(Math.floor(each / side), SIDE - 1));
    pinnedPixel.publish({ index: indexOf(row, column) });
  });

  function forget() {
    taken = null;
    stage.hidden = true;
    write(note, NOT_YET);
  }

  /** @param {Taken} now */
  function showStep(now) {
    const { single, network, step, vector, target, meaning } = now;
    const isDeep = network.layers.length > 1;
    const errors = errorsOf(single, network, vector, target);
    stage.hidden = false;
    paint(vector);
    paper.setAttribute("aria-label", `Picture ${single.number} of the data set, a ${target}`);
    write(note, `Step ${grouped(step)}: picture number ${grouped(single.number)}, ${meaning}.`);
    rowsOf(errors, target).forEach((row, digit) => {
      const { head, probability, one, error } = cells[digit];
      for (const cell of [head, probability, one, error]) cell.classList.toggle("target", digit === target);
      write(probability, formatUnits(row.probability, DECIMALS));
      write(one, row.target > 0 ? "1" : "0");
      write(error, formatUnits(row.error, DECIMALS));
    });
    fillUnits(unit, network.layers[0].bias.length, isDeep, target);
    write(find(root, ".which", HTMLElement), isDeep ? "Weight to the hidden unit" : "Weight of the digit");
    showWeight(now);
    const then = softmax(logitsOf(network, vector))[target];
    const first = errors[target] + 1;
    const said = `The probability of ${target}: ${accuracyText(first)} before this step, ${accuracyText(then)} after it.`;
    write(find(root, ".after", HTMLElement), said);
    write(announcement, said);
  }

  /** @param {Taken} step */
  function showWeight({ single, network, vector, rate }) {
    const pixel = pinned ?? inkiest(vector);
    const { row, column } = placeOf(pixel);
    mark.style.left = `${(100 * column) / SIDE}%`;
    mark.style.top = `${(100 * row) / SIDE}%`;
    const change = changeOf(single, network, vector, { pixel, unit: Number(unit.value) });
    const whose = pinned === null ? "A pixel with ink" : "The pinned pixel";
    write(place, `${whose}: row ${row}, column ${column}, value ${vector[pixel]}. Click another one to pin it.`);
    const [error, feature] = [formatNumber(change.error, WEIGHT_DECIMALS), formatNumber(change.feature, 3)];
    write(
      find(root, ".gradient", HTMLElement),
      `${error} × ${feature} ≈ ${formatNumber(change.gradient, WEIGHT_DECIMALS)}`,
    );
    const [before, moved, after] = [change.before, change.moved, change.after].map((each) =>
      formatUnits(each, WEIGHT_DECIMALS),
    );
    const gradient = inBrackets(formatNumber(change.gradient, WEIGHT_DECIMALS));
    write(
      find(root, ".weight", HTMLElement),
      `${before} − ${rateText(rate)} × ${gradient} = ${before} − ${inBrackets(moved)} = ${after}`,
    );
  }

  return {
    end() {
      stopHearing();
      stopPins();
    },
  };
}

/**
 * @param {Single} single
 * @param {Report["network"]} network
 * @param {import("../../browser/arrays.js").Vector} vector
 * @param {number} target
 * @returns {number[]} The probabilities before the step, minus the target as one-hot.
 */
function errorsOf({ before }, { scale, order }, vector, target) {
  const probabilities = softmax(logitsOf({ layers: before, scale, order }, vector));
  return probabilities.map((probability, digit) => probability - (digit === target ? 1 : 0));
}

/** @param {string} text @returns {string} */
function inBrackets(text) {
  return text.startsWith("−") ? `(${text})` : text;
}

/**
 * @param {HTMLSelectElement} select
 * @param {number} count
 * @param {boolean} areHidden
 * @param {number} target
 */
function fillUnits(select, count, areHidden, target) {
  const name = areHidden ? "unit" : "digit";
  if (select.length === count && select.dataset.of === name) return;
  const options = Array.from({ length: count }, (_, each) => new Option(String(areHidden ? each + 1 : each), String(each)));
  select.dataset.of = name;
  select.replaceChildren(...options);
  select.value = String(areHidden ? 0 : target);
}

/** @param {ShadowRoot} root @returns {Record<"head" | "probability" | "one" | "error", HTMLElement>[]} */
function buildTable(root) {
  const heads = find(root, ".errors thead", HTMLTableSectionElement).insertRow();
  const body = find(root, ".errors tbody", HTMLTableSectionElement);
  heads.insertCell();
  const columns = DIGITS.map((digit) => headOf(heads, "col", String(digit)));
  const rows = ["prediction", "− target", "= error"].map((title) => {
    const row = body.insertRow();
    headOf(row, "row", title);
    return DIGITS.map(() => row.insertCell());
  });
  return DIGITS.map((digit) => ({
    head: columns[digit],
    probability: rows[0][digit],
    one: rows[1][digit],
    error: rows[2][digit],
  }));
}

/** @param {HTMLTableRowElement} row @param {string} scope @param {string} text @returns {HTMLElement} */
function headOf(row, scope, text) {
  const head = document.createElement("th");
  head.scope = scope;
  head.textContent = text;
  row.append(head);
  return head;
}
