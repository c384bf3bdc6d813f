// "Shy or bold": a slider for the threshold of "not sure", and what it does to the answers.

import { grouped } from "../../../browser/counts.js";
import { find, write } from "../../../browser/elements.js";
import { shareOf, sharesOf } from "../shares.js";
import { sweepOf } from "./sweep.js";

/**
 * @typedef {import("./answers.js").Answers} Answers
 * @typedef {import("./parts.js").Range} Range
 * @typedef {import("./sweep.js").Step} Step
 */

/** The slider's steps, in percent. */
const [FROM, TO, STEP] = [10, 99.5, 0.5];
const THRESHOLDS = Array.from(
  { length: (TO - FROM) / STEP + 1 },
  (_, at) => (FROM + STEP * at) / 100,
);

/** @param {HTMLElement} root */
export function createThresholdPanel(root) {
  const slider = find(root, "input", HTMLInputElement);
  const output = find(root, "output", HTMLElement);
  const sentence = find(root, ".sentence", HTMLElement);
  const back = find(root, "button", HTMLButtonElement);
  const areas = find(root, "svg", SVGElement);
  const mark = find(root, ".at", HTMLElement);
  const [right, notSure] = ["right", "not-sure"].map((name) =>
    find(areas, `.${name}`, SVGPolygonElement),
  );
  /** @type {Step[]} */ let steps = [];
  let hasTargets = true;
  let usual = 0; // the model's own threshold
  Object.assign(slider, { min: FROM, max: TO, step: STEP });

  function show() {
    const percentage = Number(slider.value);
    const step = steps[Math.round((percentage - FROM) / STEP)];
    if (!step) return;
    const text = `${percentage.toFixed(1)}\u202f%`;
    slider.setAttribute("aria-valuetext", text);
    mark.style.left = `${(100 * (percentage - FROM)) / (TO - FROM)}%`;
    const counts = [step.right, step.notSure, step.wrong];
    const shares = sharesOf(counts);
    const names = ["sure and right", "not sure", hasTargets ? "sure and wrong" : "sure"];
    const parts = names.map((name, at) => `${name} ${grouped(counts[at])} (${shares[at]})`);
    write(output, `Threshold ${text}: ${(hasTargets ? parts : parts.slice(1)).join(", ")}.`);
    write(sentence, inASentence(step, hasTargets));
    back.disabled = percentage === 100 * usual;
  }

  /** @param {number} share */
  function set(share) {
    slider.value = String(100 * share);
    show();
  }

  slider.addEventListener("input", show);
  back.addEventListener("click", () => set(usual));

  return {
    /** @param {number} threshold The model's own: the slider starts there. */
    start(threshold) {
      usual = threshold;
      set(threshold);
    },

    /** @param {Answers} answers @param {Uint8Array | null} targets @param {Range} range */
    show(answers, targets, range) {
      hasTargets = targets !== null;
      steps = sweepOf(answers, targets, range, THRESHOLDS);
      right.setAttribute("points", areaOf(steps, ({ right: count }) => count));
      notSure.setAttribute("points", areaOf(steps, (step) => step.right + step.notSure));
      areas.dataset.targets = String(hasTargets);
      show();
    },
  };
}

/** @param {Step} step @param {boolean} hasTargets @returns {string} */
function inASentence({ right, wrong, notSure }, hasTargets) {
  if (!hasTargets) return "Which of them are right, nobody can say without targets.";
  if (right + wrong === 0) return "It gives no answer at all.";
  const answered = shareOf(right + wrong, right + wrong + notSure);
  return `It answers ${answered} of the pictures, and ${shareOf(right, right + wrong)} of these answers are right.`;
}

/**
 * @param {Step[]} steps
 * @param {(step: Step) => number} upTo How many pictures lie below the area's upper edge.
 * @returns {string} The corners of the area, in a square of 100 × 100.
 */
function areaOf(steps, upTo) {
  const edge = steps.map((step, at) => {
    const all = step.right + step.wrong + step.notSure;
    const share = all === 0 ? 0 : upTo(step) / all;
    return `${(100 * at) / (steps.length - 1)},${100 - 100 * share}`;
  });
  return `0,100 ${edge.join(" ")} 100,100`;
}
