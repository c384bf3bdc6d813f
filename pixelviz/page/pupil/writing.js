// One digit after the other: what to write, the paper, its tools, and what has been given.

import { grouped } from "../browser/counts.js";
import { find, write } from "../browser/elements.js";
import { aDigit, problemOf, thanks } from "../browser/our_class/pupil_words.js";
import { decode } from "../browser/pixel_codec.js";
import { createThrottle } from "../browser/throttle.js";
import { createPaper } from "./paper.js";
import { createSeen } from "./seen.js";
import { askFor, coverOf } from "./words.js";

/**
 * @typedef {import("../browser/arrays.js").Vector} Vector
 * @typedef {import("../browser/our_class/device_state.js").DeviceState} DeviceState
 */

/** How often the small picture follows the pen. */
const FOLLOW_MS = 60;

/**
 * @param {HTMLElement} section
 * @param {(label: number, vector: Vector) => boolean} onGive
 */
export function createWriting(section, onGive) {
  const title = find(section, "h1", HTMLElement);
  const canvas = find(section, ".paper canvas", HTMLCanvasElement);
  const cover = find(section, ".cover", HTMLElement);
  const [undo, clear, give] = ["undo", "clear", "give"].map((name) =>
    find(section, `.${name}`, HTMLButtonElement),
  );
  const said = find(section, ".said", HTMLElement);
  const hint = find(section, ".hint", HTMLElement);
  const [own, all] = section.querySelectorAll(".counts strong");
  const seen = createSeen(section);
  const paper = createPaper(canvas, change);
  const follow = createThrottle(() => {
    if (paper.isEmpty) seen.clear();
    else seen.show(paper.read(), paper.isDrawing);
  }, FOLLOW_MS);

  /** @type {number | null} */ let asked = null;
  /** @type {number | null} */ let last = null;
  let acknowledged = 0;
  /** @type {import("../browser/our_class/kept_device.js").Waiting | null} */ let waiting = null;
  let isPaused = false;

  function change() {
    enable();
    if (!paper.isEmpty) hint.hidden = true;
    if (!paper.isEmpty && !said.classList.contains("problem")) write(said, "");
    follow.set(undefined, !paper.isDrawing);
  }

  function enable() {
    const isLocked = waiting !== null || isPaused;
    paper.lock(isLocked);
    undo.disabled = clear.disabled = isLocked || paper.isEmpty;
    give.disabled = isLocked || paper.isEmpty || paper.isDrawing;
    write(give, waiting && !isPaused ? "Giving …" : "Give");
  }

  /** @param {number} digit */
  function ask(digit) {
    if (asked === digit) return;
    asked = digit;
    const strong = document.createElement("strong");
    strong.textContent = String(digit);
    title.replaceChildren(askFor(digit, last).slice(0, -1), strong);
    canvas.ariaLabel = `Paper: write ${aDigit(digit)} with a finger, a pen or the mouse`;
  }

  /** @param {import("../browser/our_class/kept_device.js").Waiting} digit @param {number} count */
  function celebrate({ label, pixels }, count) {
    const vector = decode(pixels);
    void seen.take(vector, label, canvas);
    paper.clear();
    write(said, thanks(label, count));
  }

  undo.addEventListener("click", paper.undo);
  clear.addEventListener("click", paper.clear);
  give.addEventListener("click", () => {
    if (asked !== null && !paper.isEmpty) onGive(asked, paper.read());
  });
  addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey)) return;
    if (event.shiftKey || event.altKey || section.hidden) return;
    event.preventDefault();
    paper.undo();
  });

  return {
    /** @param {DeviceState} state Of a device in a class, whose status is known. */
    set(state) {
      const { status } = state;
      if (!status) return;
      const before = waiting;
      ({ waiting } = state);
      ({ isPaused } = status);
      if (before && state.acknowledged > acknowledged) {
        asked = null;
        last = before.label;
        celebrate(before, status.given);
      }
      acknowledged = state.acknowledged;
      if (waiting) {
        ask(waiting.label);
        if (paper.isEmpty) {
          paper.show(decode(waiting.pixels)); // after a reload
          hint.hidden = true;
        }
      } else if (asked === null) ask(status.ask);
      const problem = problemOf(state);
      if (problem) write(said, problem);
      else if (said.classList.contains("problem")) write(said, "");
      said.classList.toggle("problem", problem !== "");
      cover.hidden = !isPaused;
      write(cover, coverOf(state, !paper.isEmpty));
      write(own, grouped(status.given));
      write(all, grouped(status.count));
      enable();
    },
  };
}
