// What the computer gets of the drawing, while it is drawn and once it is given, and the last digits.

import { LENGTH } from "../browser/arrays.js";
import { find, write } from "../browser/elements.js";
import { createPainter } from "../browser/painter.js";
import { codeOf } from "../browser/share_link.js";
import { fly } from "./flight.js";

/** @typedef {import("../browser/arrays.js").Vector} Vector */

/** So many of the last digits are shown. */
const LAST = 8;

const GETS = "What the computer gets";
const HAS = "What the computer got";

/** @param {HTMLElement} section */
export function createSeen(section) {
  const canvas = find(section, ".seen canvas", HTMLCanvasElement);
  const what = find(section, ".what", HTMLElement);
  const link = find(section, ".seen a", HTMLAnchorElement);
  const own = find(section, ".own", HTMLElement);
  const paint = createPainter(canvas);
  let isTaken = false;
  let turn = 0;

  /** @param {Vector} vector @param {string} text */
  function show(vector, text) {
    turn += 1;
    paint(vector);
    write(what, text);
    canvas.ariaLabel = text;
    link.hidden = true;
  }

  /** Links to the main page with what is shown. @param {Vector} vector */
  async function offerLink(vector) {
    const before = turn;
    const address = await addressOf(vector);
    if (!address || turn !== before) return;
    link.href = address;
    link.hidden = false;
  }

  return {
    /** @param {Vector} vector @param {boolean} isDrawing Whether another one follows. */
    show(vector, isDrawing) {
      isTaken = false;
      show(vector, GETS);
      if (!isDrawing) void offerLink(vector);
    },

    /** Shows nothing, unless it is what was given last. */
    clear() {
      if (!isTaken) show(new Uint8Array(LENGTH), GETS);
    },

    /** Shows a digit that was given, and adds it to the last ones. @param {Vector} vector @param {number} label @param {HTMLElement} from Where it was drawn. */
    async take(vector, label, from) {
      isTaken = true;
      show(vector, HAS);
      void offerLink(vector);
      await fly(canvas, from);
      const item = document.createElement("li");
      item.append(await pictureOf(vector, label));
      own.prepend(item);
      while (own.children.length > LAST) own.lastElementChild?.remove();
    },
  };

  /** @param {Vector} vector @param {number} label @returns {Promise<HTMLElement>} */
  async function pictureOf(vector, label) {
    const picture = /** @type {HTMLCanvasElement} */ (canvas.cloneNode());
    picture.ariaLabel = `Your ${label}`;
    createPainter(picture)(vector);
    const address = await addressOf(vector);
    if (!address) return picture;
    const around = document.createElement("a");
    Object.assign(around, { href: address, target: "_blank", rel: "noopener" });
    around.ariaLabel = around.title = `See your ${label} as pixels`;
    around.append(picture);
    return around;
  }
}

/** @param {Vector} vector @returns {Promise<string | null>} The address of the main page with it. */
async function addressOf(vector) {
  const code = await codeOf(vector);
  return code && `./?drawing=${code}`;
}
