// What one digit of the wall is, or one device, and what can be done with it.

import { counted } from "../../../browser/counts.js";
import { find, write } from "../../../browser/elements.js";
import { nameOf } from "../../../browser/our_class/pupil_words.js";
import { createPainter } from "../../../browser/painter.js";
import { clockTime } from "../words.js";

/**
 * @typedef {import("../../../browser/our_class/teacher.js").Given} Given
 * @typedef {import("../../../browser/our_class/teacher.js").Device} Device
 *
 * @typedef {object} Listener
 * @property {(digit: Given) => void} onOpen
 * @property {(digit: Given) => void} onRemove
 * @property {(device: Device) => void} onRemoveDevice
 * @property {() => void} onClose
 */

/** So far it is from what it is about. */
const AWAY_PX = 6;

/** @param {HTMLElement} element @param {Listener} listener */
export function createCard(element, { onOpen, onRemove, onRemoveDevice, onClose }) {
  const [open, remove, removeDevice, close] = ["open", "remove", "remove-device", "close"].map((name) =>
    find(element, `.${name}`, HTMLButtonElement),
  );
  const large = find(element, ".large", HTMLCanvasElement);
  const paint = createPainter(large);
  /** @type {Given | null} */ let digit = null;
  /** @type {Device | null} */ let device = null;

  open.addEventListener("click", () => digit && onOpen(digit));
  remove.addEventListener("click", () => digit && onRemove(digit));
  removeDevice.addEventListener("click", () => device && onRemoveDevice(device));
  close.addEventListener("click", onClose);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onClose();
  });

  return {
    /** @param {Given | null} of A digit; null for all of the device. @param {Device} by */
    show(of, by) {
      [digit, device] = [of, by];
      element.hidden = false;
      large.hidden = open.hidden = remove.hidden = of === null;
      if (of) paint(of.vector);
      find(element, ".dot", HTMLElement).style.background = by.css;
      write(find(element, ".who", HTMLElement), nameOf(by));
      write(find(element, ".what", HTMLElement), of ? `Label ${of.label}, given at ${clockTime(of.at)}` : "");
      write(removeDevice, `Remove the ${nameOf(by)} and ${itsDigits(by)}`);
    },

    /**
     * Moves it to below what it is about, or above where there is no room.
     * @param {{x: number, y: number, width: number, height: number}} box
     * @param {{width: number, top: number, bottom: number}} room What is in sight, as the box is measured.
     */
    place({ x, y, width, height }, room) {
      const { offsetWidth, offsetHeight } = element;
      const left = Math.max(Math.min(x + width / 2 - offsetWidth / 2, room.width - offsetWidth), 0);
      const below = y + height + AWAY_PX;
      const above = y - offsetHeight - AWAY_PX;
      const isAbove = below + offsetHeight > room.bottom && above >= room.top;
      element.style.transform = `translate(${left}px, ${isAbove ? above : below}px)`;
    },

    /** Scrolls it into sight, which other parts of the page may cover. */
    reveal: () => element.scrollIntoView({ block: "nearest", inline: "nearest" }),

    hide() {
      element.hidden = true;
      [digit, device] = [null, null];
    },

    focus: () => (digit ? open : removeDevice).focus({ preventScroll: true }),

    /** @returns {string} What it says, in one line. */
    get words() {
      return device ? `${nameOf(device)}. ${find(element, ".what", HTMLElement).textContent}` : "";
    },
  };
}

/** @param {Device} device @returns {string} */
export function itsDigits({ count }) {
  return count === 0 ? "all it will give" : `its ${counted(count, "digit")}`;
}
