// Gives the drawing of the main page to a class, as one of its devices.

import { isSame, LENGTH } from "../../../browser/arrays.js";
import { counted, grouped } from "../../../browser/counts.js";
import { createDrawnGrid } from "../../../browser/drawn_grid.js";
import { find, write } from "../../../browser/elements.js";
import { endInstance, instanceFor } from "../../../browser/instances.js";
import { inGroups, readCode } from "../../../browser/our_class/code.js";
import { device } from "../../../browser/our_class/own_device.js";
import { nameOf, NO_CODE, problemOf, thanks } from "../../../browser/our_class/pupil_words.js";
import { decode } from "../../../browser/pixel_codec.js";
import { createPainter } from "../../../browser/painter.js";
import { createDigitChoice } from "./digit_choice.js";

/** @typedef {import("../../../browser/our_class/device_state.js").DeviceState} DeviceState */

const DRAW_FIRST = "Draw a digit first.";
const PAUSED = "Your teacher has paused giving.";

/** @param {{data: {pixels: string, isExample: boolean}, parentElement: ShadowRoot}} component */
export default function show({ data, parentElement }) {
  instanceFor(parentElement, create).set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function create(root) {
  const form = find(root, "form", HTMLFormElement);
  const typed = find(root, ".typed", HTMLInputElement);
  const inside = find(root, ".in", HTMLElement);
  const problem = find(root, ".problem", HTMLElement);
  const giving = find(root, ".giving", HTMLElement);
  const button = find(root, ".give", HTMLButtonElement);
  const said = find(root, ".said", HTMLElement);
  const paint = createPainter(find(root, "canvas", HTMLCanvasElement));
  const choice = createDigitChoice(find(root, "fieldset", HTMLElement));

  /** @type {import("../../../browser/arrays.js").Vector} */ let vector = new Uint8Array(LENGTH);
  /** @type {typeof vector | null} */ let last = null;
  let isExample = true;
  let isChangingClass = false;
  /** @type {DeviceState | null} */ let state = null;

  const grid = createDrawnGrid((next, isDrawing) => {
    vector = next;
    if (isDrawing) isExample = false;
    paint(vector);
    enable();
  });

  function enable() {
    const isReady = state?.phase === "in" && state.status !== null && !state.status.isPaused;
    const isGiven = last !== null && isSame(last, vector);
    button.disabled = !isReady || isExample || isGiven || state?.waiting !== null;
    giving.classList.toggle("waiting", isExample);
  }

  /** @param {DeviceState} next */
  function receive(next) {
    const before = state;
    state = next;
    const { phase, code, mark, status, waiting } = next;
    form.hidden = phase === "in" && !isChangingClass;
    inside.hidden = phase !== "in";
    const joining = phase === "joining" ? `Joining ${inGroups(code ?? "")} …` : "";
    write(problem, phase === "in" ? "" : problemOf(next) || joining);
    if (mark) {
      write(find(root, ".name", HTMLElement), nameOf(mark));
      find(root, ".dot", HTMLElement).style.setProperty("--mark", mark.css);
    }
    write(find(root, ".code", HTMLElement), inGroups(code ?? ""));
    if (status) {
      write(
        find(root, ".counts", HTMLElement),
        `${counted(status.given, "digit")} from you, ${grouped(status.count)} from the class.`,
      );
      choice.suggest(status.ask);
    }
    if (before?.waiting && !waiting && next.acknowledged > before.acknowledged) {
      last = decode(before.waiting.pixels);
      write(said, thanks(before.waiting.label, status?.given ?? 0));
      if (status) choice.suggest(status.ask, true);
    } else if (problemOf(next)) write(said, problemOf(next));
    else if (waiting) write(said, status?.isPaused ? PAUSED : "Giving …");
    else if (status?.isPaused) write(said, PAUSED);
    else if (before?.reason || before?.status?.isPaused) write(said, "");
    enable();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = readCode(typed.value);
    isChangingClass = false;
    if (code) device.join(code);
    else write(problem, NO_CODE);
  });
  typed.addEventListener("input", () => write(problem, ""));
  find(root, ".other", HTMLElement).addEventListener("click", () => {
    isChangingClass = true;
    form.hidden = false;
    typed.focus();
  });
  button.addEventListener("click", () => {
    if (isExample) write(said, DRAW_FIRST);
    else device.give(choice.digit, vector);
  });
  const stopHearing = device.subscribe(receive);

  return {
    /** @param {{pixels: string, isExample: boolean}} data */
    set(data) {
      ({ isExample } = data);
      grid.receive(data.pixels);
      enable();
      if (isExample && said.textContent === "") write(said, DRAW_FIRST);
      else if (!isExample && said.textContent === DRAW_FIRST) write(said, "");
    },

    end() {
      stopHearing();
      grid.end();
    },
  };
}
