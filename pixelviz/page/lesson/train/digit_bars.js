// Ten upright bars, one for each digit: the probabilities of what has been learned so far.

import { write } from "../../browser/elements.js";
import { percent } from "../../browser/wording.js";

/** @param {HTMLElement} list An empty one. */
export function createDigitBars(list) {
  const bars = Array.from({ length: 10 }, (_, digit) => {
    const item = document.createElement("div");
    const bar = Object.assign(document.createElement("div"), { className: "bar" });
    const name = Object.assign(document.createElement("span"), { textContent: digit });
    item.append(bar, name);
    list.append(item);
    return { item, bar };
  });

  return {
    /** @param {number[]} probabilities @param {HTMLElement} words Where it is said in words. */
    show(probabilities, words) {
      const largest = Math.max(...probabilities);
      const isEven = largest - Math.min(...probabilities) < 1e-6;
      const best = probabilities.indexOf(largest);
      bars.forEach(({ item, bar }, digit) => {
        item.classList.toggle("best", !isEven && digit === best);
        bar.style.setProperty("--share", (probabilities[digit] || 0).toFixed(4));
      });
      if (Number.isNaN(largest)) write(words, "no number");
      else write(words, isEven ? "each digit is as likely as any other" : `${best}, ${percent(largest)}`);
    },
  };
}
