// The points on their paper, and the marks of the person's own point and of the one that is meant.

import { contextOf } from "../../../browser/painter.js";
import { DIGIT_COLOURS, NO_COLOUR } from "./digit_colours.js";
import { onPaper } from "./places.js";

/** @typedef {import("./places.js").Place} Place */

/** The paper's width over its height; the style sheet knows it too. */
export const ASPECT = 1.25;

/** Radii of a point as shares of the paper's width: of many, and of few. */
const [SMALL, LARGE] = [1 / 300, 1 / 150];
const FEW = 500;
const DIMMED = 0.12;

/**
 * @param {object} elements
 * @param {HTMLCanvasElement} elements.canvas
 * @param {HTMLElement} elements.own
 * @param {HTMLElement} elements.meant With a label in it.
 */
export function createScatter({ canvas, own, meant }) {
  const context = contextOf(canvas);
  /** @type {Place[]} */ let places = [];
  /** @type {(number | null)[]} The digit of each. */ let digits = [];
  /** @type {number | null} The only digit that is not dimmed. */ let only = null;

  const observer = new ResizeObserver(([{ contentRect }]) => {
    const ratio = Math.min(devicePixelRatio, 2);
    canvas.width = Math.round(contentRect.width * ratio);
    canvas.height = Math.round(contentRect.height * ratio);
    paint();
  });
  observer.observe(canvas);

  function paint() {
    context.clearRect(0, 0, canvas.width, canvas.height);
    const radius = canvas.width * (places.length > FEW ? SMALL : LARGE);
    for (const isDim of [true, false]) {
      context.globalAlpha = isDim ? DIMMED : 0.85;
      places.forEach((place, at) => {
        if ((only !== null && digits[at] !== only) === isDim) dot(place, colourOf(digits[at]), radius);
      });
    }
  }

  /** @param {Place} place @param {string} colour @param {number} radius */
  function dot({ x, y }, colour, radius) {
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x * canvas.width, y * canvas.height, radius, 0, 2 * Math.PI);
    context.fill();
  }

  return {
    /**
     * @param {Place[]} nextPlaces
     * @param {(number | null)[]} nextDigits
     * @param {number | null} nextOnly
     */
    show(nextPlaces, nextDigits, nextOnly) {
      places = nextPlaces;
      digits = nextDigits;
      only = nextOnly;
      paint();
    },

    /** @param {Place} place Where the person's own digit is. @returns {boolean} Whether on the paper. */
    moveOwn(place) {
      const shown = onPaper(place);
      own.hidden = false;
      put(own, shown);
      return shown.x === place.x && shown.y === place.y;
    },

    /** @param {Place | null} place @param {number | null} digit @param {boolean} isPinned */
    mark(place, digit, isPinned) {
      meant.hidden = place === null;
      if (place === null) return;
      put(meant, place);
      meant.classList.toggle("pinned", isPinned);
      const label = /** @type {HTMLElement} */ (meant.firstElementChild);
      label.textContent = digit === null ? "" : String(digit);
      label.style.color = colourOf(digit);
      label.hidden = digit === null;
    },

    end: () => observer.disconnect(),
  };
}

/** @param {number | null} digit */
function colourOf(digit) {
  return digit === null ? NO_COLOUR : DIGIT_COLOURS[digit];
}

/** @param {HTMLElement} mark As large as the paper, with its point in the corner. @param {Place} place */
function put(mark, { x, y }) {
  mark.style.transform = `translate(${100 * x}%, ${100 * y}%)`;
}
