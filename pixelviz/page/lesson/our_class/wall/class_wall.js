// The wall of all digits that the class has given: it fills while they give.

import { find, write } from "../../../browser/elements.js";
import { endInstance, instanceFor } from "../../../browser/instances.js";
import { createKeptChoice } from "../../../browser/kept_choice.js";
import { nameOf } from "../../../browser/our_class/pupil_words.js";
import { teacher } from "../../../browser/our_class/teacher.js";
import { createChoice } from "../../data/choice.js";
import { placePicture } from "../../data/place_picture.js";
import { forOthers } from "../addresses.js";
import { createQuestion } from "../question.js";
import { createSign } from "../sign.js";
import { pauseOrNot } from "../words.js";
import { createCard, itsDigits } from "./card.js";
import { createDigitWall } from "./digit_wall.js";
import { createFullScreen } from "./full.js";

/**
 * @typedef {import("../../../browser/arrays.js").Vector} Vector
 * @typedef {import("../../../browser/our_class/teacher.js").Class} Class
 * @typedef {import("../../../browser/our_class/teacher.js").Device} Device
 * @typedef {import("../../../browser/our_class/teacher.js").Given} Given
 * @typedef {{reach: import("../addresses.js").Reach}} Data
 */

const OPTIONS = [
  { value: "digit", title: "digit" },
  { value: "device", title: "device" },
];

const kept = createKeptChoice("class_wall", (read) => OPTIONS.find(({ value }) => value === read)?.value ?? null);

/**
 * @param {{data: Data, parentElement: ShadowRoot,
 *          setTriggerValue: import("../../data/place_picture.js").SetTrigger}} component
 */
export default function show({ data, parentElement, setTriggerValue }) {
  const wall = instanceFor(parentElement, createClassWall);
  wall.onPlace = (vector) => placePicture(setTriggerValue, vector);
  wall.set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createClassWall(root) {
  const element = find(root, ".class_wall", HTMLElement);
  const problem = find(root, ".problem", HTMLElement);
  const announcement = find(root, ".announcement", HTMLElement);
  const signElement = find(root, ".sign", HTMLElement);
  const sign = createSign(signElement);
  const ask = createQuestion(find(root, "dialog", HTMLDialogElement));
  const wall = createDigitWall(find(root, ".stage", HTMLElement), {
    onChoose: choose,
    onDevice: chooseDevice,
    onEnter: () => card.focus(),
  });
  const card = createCard(find(root, ".card", HTMLElement), {
    onOpen: open,
    onRemove: ({ number }) => attempt(() => teacher.removeDigit(number)),
    onRemoveDevice: removeDevice,
    onClose: close,
  });
  const choice = createChoice(find(root, ".grouping", HTMLFieldSetElement), (value) => {
    kept.keep(value);
    group(value);
  });
  const pause = find(root, ".pause", HTMLButtonElement);
  pause.addEventListener("click", () => attempt(() => teacher.pause(!state?.isPaused)));
  const enlarge = find(root, ".enlarge", HTMLButtonElement);
  enlarge.addEventListener("click", () => showLarge(enlarge.ariaPressed !== "true"));
  const fullScreen = createFullScreen(element, find(root, ".full", HTMLButtonElement), (isFull) => {
    signElement.hidden = !isFull;
    close();
    showLarge(false);
  });
  const instance = { set, end, onPlace: (/** @type {Vector} */ _vector) => {} };
  /** @type {import("../addresses.js").Reach} */ let reach = { address: null, problem: "" };
  /** @type {Class | null} */ let state = null;
  /** What the card is about, by numbers. @type {{digit: number | null, device: number} | null} */
  let chosen = null;

  /** @param {Given} digit */
  function choose(digit) {
    chosen = { digit: digit.number, device: digit.device };
    showCard();
    card.reveal();
    write(announcement, card.words);
  }

  /** @param {Device} device */
  function chooseDevice({ device }) {
    chosen = { digit: null, device };
    showCard();
    card.reveal();
    card.focus();
  }

  /** Shows what is known of the chosen one now; nothing if it is gone. */
  function showCard() {
    const device = chosen && state?.devices.get(chosen.device);
    const digit = state?.digits.find(({ number }) => number === chosen?.digit) ?? null;
    if (!chosen || !device || (chosen.digit !== null && !digit)) {
      chosen = null;
      card.hide();
      wall.mark(null);
      return;
    }
    card.show(digit, device);
    wall.mark(chosen.digit);
    card.place(wall.boxOf(chosen), wall.room());
  }

  /** @param {boolean} isLarge Whether the last row of a class room can scan the code. */
  function showLarge(isLarge) {
    enlarge.ariaPressed = String(isLarge);
    element.classList.toggle("large-code", isLarge);
    wall.measure();
  }

  function close() {
    if (!chosen) return;
    chosen = null;
    showCard();
    wall.focus();
  }

  /** @param {Given} digit */
  async function open({ vector }) {
    await fullScreen.leave();
    close();
    instance.onPlace(vector);
  }

  /** @param {Device} device */
  async function removeDevice(device) {
    const what = `the ${nameOf(device)} and ${itsDigits(device)}`;
    const isSure = await ask(`Remove ${what}? It cannot give anything more, unless it joins anew.`, `Remove ${what}`);
    if (isSure) await attempt(() => teacher.removeDevice(device.device));
  }

  /** @param {() => Promise<void>} act */
  async function attempt(act) {
    write(problem, "");
    try {
      await act();
      wall.focus();
    } catch (error) {
      write(problem, error instanceof Error ? error.message : String(error));
    }
  }

  /** @param {string} by */
  function group(by) {
    choice.show(OPTIONS, by);
    wall.groupBy(by === "device");
    showCard();
  }

  /** @param {Class | null} next */
  function render(next) {
    const isOther = next?.code !== state?.code;
    state = next;
    element.hidden = next === null;
    if (!next) {
      write(problem, "");
      fullScreen.leave();
    } else {
      sign.show(next, forOthers(document.baseURI, reach));
      write(pause, pauseOrNot(next.isPaused));
      find(root, ".empty", HTMLElement).hidden = !next.isKnown || next.digits.length > 0;
      find(root, ".hint", HTMLElement).hidden = next.digits.length === 0;
      wall.show(next, isOther);
    }
    showCard();
  }

  /** @param {Data} data */
  function set(data) {
    reach = data.reach;
    render(state);
  }

  function end() {
    stopHearing();
    wall.end();
    fullScreen.end();
  }

  group(kept.read() ?? "digit");
  const stopHearing = teacher.subscribe(render);
  return instance;
}
