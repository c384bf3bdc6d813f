// All digits of a class on one canvas that nobody sees, to be drawn from there: painted once each.

import { PIXEL_MAX, SIDE } from "../../../browser/arrays.js";
import { contextOf } from "../../../browser/painter.js";

/** @typedef {import("../../../browser/our_class/teacher.js").Given} Given */

/** So many stand side by side, and so many rows there are at first. */
const [COLUMNS, ROWS] = [64, 16];

export function createAtlas() {
  let canvas = canvasOf(ROWS);
  /** @type {Map<number, number>} Where each digit is, by its number. */ const slots = new Map();
  /** @type {number[]} */ let free = [];
  const image = new ImageData(SIDE, SIDE);
  image.data.fill(PIXEL_MAX);

  /** @param {Given} digit */
  function put({ number, vector }) {
    const slot = free.pop() ?? slots.size;
    if (slot >= (COLUMNS * canvas.height) / SIDE) grow();
    vector.forEach((value, index) => image.data.fill(value, 4 * index, 4 * index + 3));
    const { x, y } = cornerOf(slot);
    contextOf(canvas).putImageData(image, x, y);
    slots.set(number, slot);
  }

  function grow() {
    const larger = canvasOf((2 * canvas.height) / SIDE);
    contextOf(larger).drawImage(canvas, 0, 0);
    canvas = larger;
  }

  return {
    /** @param {readonly Given[]} digits All that there are: others are forgotten. */
    hold(digits) {
      const numbers = new Set(digits.map(({ number }) => number));
      for (const [number, slot] of slots) {
        if (numbers.has(number)) continue;
        slots.delete(number);
        free = [...free, slot];
      }
      for (const digit of digits) if (!slots.has(digit.number)) put(digit);
    },

    /**
     * @param {CanvasRenderingContext2D} context
     * @param {number} number
     * @param {number} x @param {number} y @param {number} side
     */
    draw(context, number, x, y, side) {
      const slot = slots.get(number);
      if (slot === undefined) return;
      const from = cornerOf(slot);
      context.drawImage(canvas, from.x, from.y, SIDE, SIDE, x, y, side, side);
    },
  };
}

/** @param {number} slot */
function cornerOf(slot) {
  return { x: (slot % COLUMNS) * SIDE, y: Math.floor(slot / COLUMNS) * SIDE };
}

/** @param {number} rows */
function canvasOf(rows) {
  return Object.assign(document.createElement("canvas"), { width: COLUMNS * SIDE, height: rows * SIDE });
}
