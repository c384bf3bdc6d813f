// Lets digits that have just been given fly to their places on the wall.

import { SIDE } from "../../../browser/arrays.js";
import { createPainter } from "../../../browser/painter.js";

/** @typedef {import("../../../browser/our_class/teacher.js").Given} Given */

const FLIGHT_MS = 900;

/** A digit sets out so many times as large as it arrives, but no larger than this. */
const [TIMES, LARGEST_PX] = [4, 168];

/** If more come at once, they are there at once: nobody could follow them. */
const TOGETHER_MAX = 30;

/** @param {HTMLElement} sky Lies over the wall. */
export function createFlight(sky) {
  /** @type {Map<number, Animation>} */ const flying = new Map();
  const fewerMotions = matchMedia("(prefers-reduced-motion: reduce)");

  return {
    /** @param {number} number @returns {boolean} Whether the digit is on its way. */
    has: (number) => flying.has(number),

    /**
     * @param {readonly Given[]} digits Those that have just been given.
     * @param {(digit: Given) => {x: number, y: number, side: number}} goalOf
     * @param {(digit: Given) => void} onLanding
     */
    launch(digits, goalOf, onLanding) {
      if (fewerMotions.matches || digits.length > TOGETHER_MAX) return;
      digits.forEach((digit, index) => {
        const goal = goalOf(digit);
        const picture = document.createElement("canvas");
        picture.width = picture.height = SIDE;
        createPainter(picture)(digit.vector);
        picture.style.cssText = `left: ${goal.x}px; top: ${goal.y}px; width: ${goal.side}px`;
        sky.append(picture);
        const animation = picture.animate(
          [{ transform: start(goal, sky.clientWidth), opacity: 0 }, { opacity: 1, offset: 0.15 }, {}],
          {
            duration: FLIGHT_MS,
            delay: (index * FLIGHT_MS) / TOGETHER_MAX,
            easing: "ease-in-out",
            fill: "backwards",
          },
        );
        flying.set(digit.number, animation);
        animation.onfinish = animation.oncancel = () => {
          flying.delete(digit.number);
          picture.remove();
          onLanding(digit);
        };
      });
    },

    /** Lets all be where they are flying to: the wall is laid out anew. */
    land() {
      for (const animation of [...flying.values()]) animation.finish();
    },

    end() {
      for (const animation of flying.values()) animation.oncancel = animation.onfinish = null;
      sky.replaceChildren();
      flying.clear();
    },
  };
}

/**
 * @param {{x: number, y: number, side: number}} goal
 * @param {number} width The wall's.
 * @returns {string} Where a digit sets out from: above, in the middle, large.
 */
function start({ x, y, side }, width) {
  const scale = Math.min(TIMES, LARGEST_PX / side);
  return `translate(${width / 2 - x - side / 2}px, ${(scale * side) / 2 - y}px) scale(${scale})`;
}
