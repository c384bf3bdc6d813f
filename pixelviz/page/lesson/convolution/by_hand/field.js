// A field for one number: what is typed counts at once, and what is no number says what was expected.

import { formatShort, parse, unitsOf } from "./exact.js";

const STEP = unitsOf(1); // of the arrow keys
const LONG = 8; // from so many characters on, smaller ones are needed

/** Makes room for a long number. @param {Element} element @param {string} text What is in it. */
export function markLong(element, text) {
  element.classList.toggle("long", text.length >= LONG);
}

/**
 * @param {HTMLInputElement} input
 * @param {number} largest The largest distance from 0.
 * @param {{onNumber: (units: number) => void, onProblem: (problem: string) => void}} listener An empty
 *   problem is none.
 */
export function createField(input, largest, { onNumber, onProblem }) {
  let units = 0;

  /** @param {string} problem */
  function tell(problem) {
    input.setAttribute("aria-invalid", String(problem !== ""));
    onProblem(problem);
  }

  input.addEventListener("input", () => {
    const typed = parse(input.value, largest);
    if ("problem" in typed) {
      // A sign or nothing may become a number yet.
      if (!/^\s*[-+\u2212]?[.,]?\s*$/.test(input.value)) tell(typed.problem);
      return;
    }
    tell("");
    if (typed.units === units) return;
    ({ units } = typed);
    onNumber(units);
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const limit = unitsOf(largest);
    input.value = formatShort(Math.min(Math.max(units + step, -limit), limit));
    input.dispatchEvent(new Event("input"));
  });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => {
    const typed = parse(input.value, largest);
    if ("problem" in typed) tell(`${typed.problem} It is ${formatShort(units)} again.`);
    input.value = formatShort(units); // as it was understood
    markLong(input, input.value);
    input.setAttribute("aria-invalid", "false");
  });

  return {
    /** @param {number} number In ten-thousandths. */
    set(number) {
      const isTyped = units === number && input.matches(":focus");
      units = number;
      if (!isTyped) input.value = formatShort(units);
      markLong(input, input.value);
    },
  };
}
