// The panel of the source "Our class": takes what the class has now, alone or together with MNIST, and
// throws it away.

import { counted, grouped } from "../../../browser/counts.js";
import { JOINT, KIND } from "../../../browser/data_set/class_set.js";
import { classSet } from "../../../browser/data_set/class_source.js";
import { countOf } from "../../../browser/data_set/data_set.js";
import { dataSets } from "../../../browser/data_set/data_sets.js";
import { KIND as MNIST } from "../../../browser/data_set/mnist.js";
import { find, write } from "../../../browser/elements.js";

/** @typedef {import("../../../browser/data_set/class_set.js").ClassNow} ClassNow */

const FIXED = "What you take does not change while you look at it, whatever the class does meanwhile.";
const STAYS =
  "What you have taken is a copy: it stays in this page's memory, and nowhere else, until you throw it away, or close " +
  "or reload the page";

/** @param {HTMLElement} panel @param {() => void} onThrownAway */
export function createClassPanel(panel, onThrownAway) {
  const none = find(panel, ".no-class", HTMLElement);
  const take = find(panel, ".take", HTMLButtonElement);
  const both = find(panel, ".both", HTMLElement);
  const isBoth = find(panel, ".both input", HTMLInputElement);
  const noMnist = find(panel, ".no-mnist", HTMLElement);
  const throwAway = find(panel, ".throw-away", HTMLButtonElement);
  const note = find(panel, ".class-note", HTMLElement);
  find(panel, "a", HTMLAnchorElement).href = addressOfChapter();

  take.addEventListener("click", () => {
    classSet.take();
    if (take.hidden) throwAway.focus(); // never nowhere
  });
  throwAway.addEventListener("click", () => {
    classSet.throwAway();
    onThrownAway();
    if (!take.hidden) take.focus();
  });
  isBoth.addEventListener("change", () => {
    if (isBoth.checked) classSet.join();
    else dataSets.choose(KIND);
  });

  const stopHearing = classSet.subscribe((now) => {
    none.hidden = now.count !== null || now.taken !== null;
    take.hidden = now.count === null || now.come + now.gone === 0;
    take.disabled = now.count === 0;
    write(take, takeText(now));
    throwAway.hidden = now.taken === null;
    write(note, noteOf(now));
  });
  const stopSets = dataSets.subscribe(({ all, chosen }) => {
    const mnist = all.get(MNIST);
    both.hidden = !mnist || !all.has(KIND);
    noMnist.hidden = Boolean(mnist) || !all.has(KIND);
    isBoth.checked = chosen?.kind === JOINT;
    if (mnist) write(find(both, "span", HTMLElement), `together with MNIST (${counted(countOf(mnist), "picture")})`);
  });

  return {
    end() {
      stopHearing();
      stopSets();
    },
  };
}

/** @param {ClassNow} now @returns {string} */
export function takeText({ count, taken, come, gone, isOver }) {
  if (taken === null || isOver) return `Take the ${counted(count ?? 0, "digit")} that the class has now`;
  if (gone === 0) return `Take the ${grouped(come)} that ${come === 1 ? "has" : "have"} come since`;
  const more = come > 0 ? `, ${grouped(come)} came` : "";
  return `Take the class as it is now: ${grouped(gone)} ${gone === 1 ? "was" : "were"} removed${more}`;
}

/** @param {ClassNow} now @returns {string} */
export function noteOf({ count, taken, come, gone, isOver }) {
  if (taken === null && count === null) return "";
  if (taken === null) return count === 0 ? "The class has no digits yet." : FIXED;
  if (isOver && count === null) return `This browser has that class no more. ${STAYS}.`;
  if (isOver) return `These are the digits of a class before. ${STAYS}.`;
  const has = `The class has ${counted(count ?? 0, "digit")} now`;
  return `${has}${come + gone === 0 ? ": nothing has come since" : ""}. ${STAYS}: also when the class ends.`;
}

/** @returns {string} The page's own, at the chapter "Our class". */
function addressOfChapter() {
  const address = new URL(location.href);
  address.searchParams.set("chapter", "class");
  return address.href;
}
