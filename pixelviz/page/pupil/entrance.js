// Where the code of a class is typed.

import { find, write } from "../browser/elements.js";
import { readCode } from "../browser/our_class/code.js";
import { NO_CODE } from "../browser/our_class/pupil_words.js";

/** @param {HTMLElement} section @param {(code: string) => void} join */
export function createEntrance(section, join) {
  const input = find(section, "input", HTMLInputElement);
  const problem = find(section, ".problem", HTMLElement);

  /** @param {string} text @param {boolean} [isOfCode] Whether it is about what is typed. */
  function tell(text, isOfCode = true) {
    write(problem, text);
    problem.classList.toggle("quiet", !isOfCode);
    input.setAttribute("aria-invalid", String(isOfCode && text !== ""));
  }

  input.addEventListener("input", () => tell(""));
  find(section, "form", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    const code = readCode(input.value);
    if (code) join(code);
    else tell(NO_CODE);
  });

  return {
    tell,

    /** Takes the code away, of a class that this device is no longer in. */
    clear() {
      input.value = "";
    },

    /** @param {string} typed What stands in the address and is no code. */
    refuse(typed) {
      input.value = typed;
      tell(NO_CODE);
    },
  };
}
