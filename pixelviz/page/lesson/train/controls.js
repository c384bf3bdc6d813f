// What a person operates in the chapter Train.

import { grouped } from "../../browser/counts.js";
import { find, write } from "../../browser/elements.js";
import { BATCHES, HIDDEN_MOST, PACES, RATES, countsUpTo, hiddenFrom, keepSettings, rateText, settings } from "./settings.js";

/**
 * @typedef {import("./settings.js").Settings} Settings
 * @typedef {"play" | "picture" | "batch" | "epoch" | "again" | "byHeart"} Command
 */

/**
 * @param {ParentNode} root
 * @param {object} listener
 * @param {(changed: keyof Settings) => void} listener.onChange Called when a setting has changed.
 * @param {(command: Command) => void} listener.onCommand
 */
export function createControls(root, { onChange, onCommand }) {
  const play = find(root, ".play", HTMLButtonElement);
  const steps = [".picture", ".batch", ".epoch"].map((each) => find(root, each, HTMLButtonElement));
  const pace = find(root, ".pace input", HTMLInputElement);
  const paceWords = find(root, ".pace-text", HTMLElement);
  const count = find(root, ".count", HTMLSelectElement);
  const rate = find(root, ".rate", HTMLSelectElement);
  const size = find(root, ".size", HTMLSelectElement);
  const hidden = find(root, ".hidden-units", HTMLInputElement);
  const rescaled = find(root, ".rescaled", HTMLInputElement);
  const shuffled = find(root, ".shuffled", HTMLInputElement);
  let most = 0;

  fill(rate, RATES, rateText);
  fill(size, BATCHES, String);
  pace.max = String(PACES.length - 1);
  hidden.max = String(HIDDEN_MOST);
  update();

  /** @param {Element} element @param {string} event @param {() => keyof Settings} change */
  function listen(element, event, change) {
    element.addEventListener(event, () => {
      const changed = change();
      update();
      onChange(changed);
    });
  }

  listen(pace, "input", () => set("pace", Number(pace.value)));
  listen(count, "change", () => set("count", Number(count.value) === most ? Infinity : Number(count.value)));
  listen(rate, "change", () => set("rate", Number(rate.value)));
  listen(size, "change", () => set("batch", Number(size.value)));
  listen(hidden, "change", () => set("hidden", hiddenFrom(hidden.value)));
  listen(rescaled, "change", () => set("isRescaled", rescaled.checked));
  listen(shuffled, "change", () => set("isShuffled", shuffled.checked));
  for (const [selector, command] of /** @type {const} */ ([
    [".play", "play"],
    [".picture", "picture"],
    [".batch", "batch"],
    [".epoch", "epoch"],
    [".again", "again"],
    [".by-heart", "byHeart"],
  ])) {
    find(root, selector, HTMLButtonElement).addEventListener("click", () => onCommand(command));
  }

  /** @template {keyof Settings} Key @param {Key} key @param {Settings[Key]} value @returns {Key} */
  function set(key, value) {
    settings[key] = value;
    return key;
  }

  /** Shows what is set, and keeps it. */
  function update() {
    keepSettings();
    pace.value = String(settings.pace);
    write(paceWords, paceText(PACES[settings.pace]));
    pace.setAttribute("aria-valuetext", paceText(PACES[settings.pace]));
    count.value = String(Math.min(settings.count, most));
    rate.value = String(settings.rate);
    size.value = String(settings.batch);
    hidden.value = String(settings.hidden);
    rescaled.checked = settings.isRescaled;
    shuffled.checked = settings.isShuffled;
  }

  return {
    update,

    /** @param {number} training How many pictures there are to learn from. */
    setMost(training) {
      if (training === most) return;
      most = training;
      fill(count, countsUpTo(most), (each) => (each === most ? `all ${grouped(most)}` : grouped(each)));
      if (settings.count >= most) settings.count = Infinity;
      else if (!countsUpTo(most).includes(settings.count)) settings.count = Infinity;
      update();
    },

    /** @param {boolean} isPlaying @param {boolean} canLearn */
    setState(isPlaying, canLearn) {
      write(play, isPlaying ? "Pause" : "Play");
      for (const button of [play, ...steps]) button.disabled = !canLearn;
    },
  };
}

/** @param {HTMLSelectElement} select @param {number[]} values @param {(value: number) => string} text */
function fill(select, values, text) {
  const options = values.map((value) => new Option(text(value), String(value)));
  select.replaceChildren(...options);
}

/** @param {number} perSecond @returns {string} */
function paceText(perSecond) {
  if (perSecond === Infinity) return "as fast as possible";
  return perSecond === 1 ? "1 batch a second" : `${perSecond} batches a second`;
}
