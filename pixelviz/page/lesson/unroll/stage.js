// Draws the picture, the strip below it, and the lines that slide from one to the other.

import { SIDE } from "../../browser/arrays.js";
import { contextOf, createPainter } from "../../browser/painter.js";
import { unroll } from "./lines.js";

/** @typedef {import("./lines.js").Order} Order */

const MARGIN_PX = 12;
const STRIP_PX = 40;
const LABEL_PX = 16;
const PAPER = "#000";
const EMPTY = "#30363d"; // where no line is, unlike black paper
const FRAME = "#8a8a8a";
const LABEL = "#c8c8c8";
const MARK = "#ffb000";

/** @param {HTMLCanvasElement} canvas */
export function createStage(canvas) {
  const context = contextOf(canvas);
  const source = document.createElement("canvas");
  source.width = source.height = SIDE;
  const paintSource = createPainter(source); // each line is a row of it, also where it is a column
  /** @type {Order} */ let order = "rows";

  return {
    /** @param {import("../../browser/arrays.js").Vector} vector @param {Order} newOrder */
    set(vector, newOrder) {
      order = newOrder;
      paintSource(unroll(vector, order));
    },

    /** @param {number} done How many lines are in the strip. */
    paint(done) {
      const ratio = devicePixelRatio || 1;
      const width = Math.max(canvas.clientWidth, 1);
      const cell = Math.max(4, Math.min(8, Math.floor((width - 2 * MARGIN_PX) / SIDE)));
      const side = SIDE * cell;
      const height = side + STRIP_PX + LABEL_PX + 3 * MARGIN_PX;
      canvas.style.height = `${height}px`;
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      context.scale(ratio, ratio);
      context.imageSmoothingEnabled = false;
      context.fillStyle = PAPER;
      context.fillRect(0, 0, width, height);
      const left = (width - side) / 2;
      const stripTop = side + 2 * MARGIN_PX;
      const stripWidth = width - 2 * MARGIN_PX;
      const part = stripWidth / SIDE;

      drawFrame(left, MARGIN_PX, side, side);
      drawFrame(MARGIN_PX, stripTop, stripWidth, STRIP_PX);
      // From the last to the first: the line on its way passes over those that still wait.
      for (let line = SIDE - 1; line >= 0; line -= 1) {
        const way = ease(Math.min(Math.max(done - line, 0), 1));
        drawLine(line, way, { cell, side, left, stripTop, part });
      }
      context.fillStyle = LABEL;
      context.font = "12px sans-serif";
      const steps = width > 700 ? 2 : 7;
      for (let line = 0; line < SIDE; line += steps) {
        context.fillText(String(SIDE * line), MARGIN_PX + line * part, stripTop + STRIP_PX + 14);
      }
    },
  };

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  function drawFrame(x, y, width, height) {
    context.fillStyle = EMPTY;
    context.fillRect(x, y, width, height);
    context.strokeStyle = FRAME;
    context.strokeRect(x - 0.5, y - 0.5, width + 1, height + 1);
  }

  /**
   * @param {number} line
   * @param {number} way 0 where the line is in the picture, 1 where it is in the strip.
   * @param {{cell: number, side: number, left: number, stripTop: number, part: number}} sizes
   */
  function drawLine(line, way, { cell, side, left, stripTop, part }) {
    /** @param {number} from @param {number} to */
    const mix = (from, to) => from + (to - from) * way;
    const isColumn = order === "columns";
    // A column is a row that stands upright: it lies down on its way.
    const angle = isColumn ? (1 - way) * (Math.PI / 2) : 0;
    const fromX = isColumn ? left + (line + 1) * cell : left;
    const fromY = isColumn ? MARGIN_PX : MARGIN_PX + line * cell;
    const [length, thickness] = [mix(side, part), mix(cell, STRIP_PX)];
    context.save();
    context.translate(mix(fromX, MARGIN_PX + line * part), mix(fromY, stripTop));
    context.rotate(angle);
    context.drawImage(source, 0, line, SIDE, 1, 0, 0, length, thickness);
    if (way > 0 && way < 1) {
      context.strokeStyle = MARK;
      context.lineWidth = 2;
      context.strokeRect(0, 0, length, thickness);
    }
    context.restore();
  }
}

/** @param {number} share 0 to 1. @returns {number} 0 to 1, slow at both ends. */
function ease(share) {
  return share * share * (3 - 2 * share);
}
