// The panel: the digit, how sure the model is, a bar for each digit, and the other models' answers.

import { find, write } from "../browser/elements.js";
import { predictionOf } from "../browser/prediction.js";
import { createThrottle } from "../browser/throttle.js";
import { NOTHING_DRAWN, NOT_SURE, headline, percent, reason } from "../browser/wording.js";
import { createSteady } from "./steady.js";

/** @typedef {import("../browser/prediction.js").Prediction} Prediction */
/** @typedef {import("./shown_answer.js").Shown} Shown */

/**
 * @typedef {{name: string, title: string, threshold: number, address?: string | null}} Model What is
 *   known of a model; `address` is where this browser gets it, if it can.
 */

/**
 * @typedef {object} Choice
 * @property {string} chosen The chosen model's name.
 * @property {Model[]} models All of them.
 */

/**
 * @typedef {object} Status
 * @property {string[]} unavailable The names of those that the server does not have.
 * @property {string} said What the server says where it has no answer, to the grid that it has seen.
 */

/** So long after the last change, with the pen lifted, a screen reader hears the answer, once. */
const ANNOUNCE_MS = 400;

/** Numbers change at most so often while the pen draws: nobody reads faster, and it takes time. */
const NUMBERS_MS = 100;

const DIGITS = [...Array(10).keys()];

const YOURS = { name: "yours", title: "Yours", threshold: 0 };

/** @param {ParentNode} root */
export function createPanel(root) {
  const box = find(root, ".answer", HTMLElement);
  const [title, why] = [find(box, "h2", HTMLElement), find(box, "p", HTMLElement)];
  const announcement = find(root, ".announcement", HTMLElement);
  const others = find(root, ".others", HTMLTableElement);
  const own = find(root, ".yours", HTMLTableElement);
  const [numbers, ownNumbers] = [0, 1].map(() =>
    createThrottle((/** @type {() => void} */ draw) => draw(), NUMBERS_MS),
  );
  const chart = find(root, ".bars", HTMLTableElement);
  const bars = buildBars(chart);
  const said = createSteady(
    /** @param {{kind: string, title: string, why: string}} saying */
    (saying) => {
      const kind = `answer ${saying.kind}`;
      if (box.className !== kind) box.className = kind;
      write(title, saying.title);
      write(why, saying.why);
      why.hidden = saying.why === "";
    },
  );

  /** @type {ReturnType<typeof setTimeout> | undefined} */ let announcing;
  let toAnnounce = "";

  /** @param {{title: string, why: string}} saying @param {boolean} isDrawing */
  function announceLater({ title: digit, why: certainty }, isDrawing) {
    const words = isDrawing ? "" : [digit, certainty].filter(Boolean).join(", ");
    if (words === toAnnounce) return;
    toAnnounce = words;
    clearTimeout(announcing);
    if (words) announcing = setTimeout(write, ANNOUNCE_MS, announcement, words);
  }

  return {
    end() {
      said.end();
      numbers.end();
      ownNumbers.end();
      clearTimeout(announcing);
    },

    /**
     * @param {Prediction | null} answer That of the model that the person has trained; null where there is
     *   none, or nothing is drawn.
     * @param {boolean} isDrawing
     */
    drawYours(answer, isDrawing) {
      ownNumbers.set(() => drawOthers(own, answer ? [YOURS] : [], () => answer ?? ""), !isDrawing);
    },

    /** @param {Shown} shown @param {Choice} choice @param {Status} status */
    draw({ logits, isEmpty, isDrawing, isConfirmed }, { chosen, models }, status) {
      const { unavailable, said: words } = status;
      const predictions = new Map(
        models.flatMap(({ name, threshold }) =>
          logits[name] ? [[name, predictionOf(logits[name], threshold)]] : [],
        ),
      );
      const answer = predictions.get(chosen) ?? null;
      const saying = answer ? inWordsOf(answer) : waiting(isEmpty ? NOTHING_DRAWN : words);
      const isMissing = unavailable.includes(chosen); // then an error stands in their place
      if (box.hidden !== isMissing) box.hidden = chart.hidden = isMissing;
      said.set(saying, !isDrawing || !answer);
      const confirmed = String(isConfirmed && !isDrawing);
      if (box.dataset.confirmed !== confirmed) box.dataset.confirmed = confirmed;
      announceLater(saying, isDrawing);
      drawBars(bars, answer);
      numbers.set(() => {
        drawPercents(bars, answer);
        const rows = models.filter(({ name }) => name !== chosen);
        drawOthers(others, predictions.size > 0 ? rows : [], (name) => {
          if (unavailable.includes(name)) return "not available";
          return predictions.get(name) ?? "";
        });
      }, !isDrawing);
    },
  };
}

/** @param {Prediction} answer */
function inWordsOf(answer) {
  return { kind: answer.isSure ? "sure" : "unsure", title: headline(answer), why: reason(answer) };
}

/** @param {string} text */
function waiting(text) {
  return { kind: "waiting", title: text, why: "" };
}

/**
 * @param {HTMLTableElement} table
 * @returns {{row: HTMLElement, bar: HTMLElement, text: HTMLElement}[]} By digit.
 */
function buildBars(table) {
  const body = table.createTBody();
  return DIGITS.map((digit) => {
    const row = body.insertRow();
    headOf(row, String(digit));
    const bar = row.insertCell().appendChild(document.createElement("div"));
    return { row, bar, text: textIn(row.insertCell()) };
  });
}

/** @param {ReturnType<typeof buildBars>} bars @param {Prediction | null} answer */
function drawBars(bars, answer) {
  bars.forEach(({ row, bar }, digit) => {
    const probability = answer?.probabilities[digit] ?? 0;
    row.classList.toggle("best", answer !== null && answer.isSure && answer.digit === digit);
    const share = probability.toFixed(4);
    if (bar.style.getPropertyValue("--share") !== share) bar.style.setProperty("--share", share);
  });
}

/** @param {ReturnType<typeof buildBars>} bars @param {Prediction | null} answer */
function drawPercents(bars, answer) {
  bars.forEach(({ text }, digit) => write(text, answer ? percent(answer.probabilities[digit]) : ""));
}

/**
 * One line for each of the models that are not the chosen one.
 * @param {HTMLTableElement} table
 * @param {Model[]} models
 * @param {(name: string) => Prediction | string} sayingOf Returns a model's prediction, or what is said
 *   in its place.
 */
function drawOthers(table, models, sayingOf) {
  table.hidden = models.length === 0;
  const body = table.tBodies[0] ?? table.createTBody();
  while (body.rows.length > models.length) body.deleteRow(-1);
  while (body.rows.length < models.length) {
    const row = body.insertRow();
    headOf(row, "");
    row.insertCell().appendChild(document.createElement("b"));
    textIn(row.insertCell());
  }
  models.forEach(({ name, title }, index) => {
    const [head, digit, sure] = body.rows[index].cells;
    const found = sayingOf(name);
    const sureOf = typeof found !== "string" && found.isSure ? found : null;
    const words = typeof found === "string" ? found : NOT_SURE;
    write(head, title);
    write(/** @type {Element} */ (digit.firstChild), sureOf ? String(sureOf.digit) : "");
    write(/** @type {Element} */ (sure.firstChild), sureOf ? percent(sureOf.confidence) : words);
  });
}

/**
 * @param {HTMLElement} cell
 * @returns {HTMLElement} An element of a fixed size, whose text can change in each frame: the rest of
 *   the page need not be laid out again.
 */
function textIn(cell) {
  const text = cell.appendChild(document.createElement("span"));
  text.className = "number";
  return text;
}

/** @param {HTMLTableRowElement} row @param {string} text */
function headOf(row, text) {
  const head = document.createElement("th");
  head.scope = "row";
  head.textContent = text;
  row.append(head);
}
