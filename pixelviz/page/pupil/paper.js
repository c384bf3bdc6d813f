// The paper: a square that is drawn on with one pen, and gives the grid that the main page would make.

import { SIDE } from "../browser/arrays.js";
import { inkOf } from "../browser/ink.js";
import { contextOf, createPainter } from "../browser/painter.js";
import { toGrid } from "../browser/raster.js";
import { hearOnePen } from "./one_pen.js";
import { paintStrokes, POINTS_MAX } from "./strokes.js";

/**
 * @typedef {import("../browser/arrays.js").Vector} Vector
 * @typedef {import("./strokes.js").Point} Point
 */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {() => void} onChange Called at most once a frame.
 */
export function createPaper(canvas, onChange) {
  const context = contextOf(canvas, { willReadFrequently: true });
  /** @type {Point[][]} */ let strokes = [];
  let isLocked = false;
  let isDrawing = false;
  let frame = 0;

  function change() {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      paintStrokes(context, strokes);
      onChange();
    });
  }

  hearOnePen(canvas, {
    begin(point) {
      isDrawing = true;
      strokes.push([point]);
      change();
    },
    move(point) {
      const stroke = strokes[strokes.length - 1];
      const { x, y } = stroke[stroke.length - 1];
      if (point.x === x && point.y === y) return; // a browser may tell of a pen that rests
      stroke.push(point);
      if (stroke.length === POINTS_MAX) strokes.push([point]);
      change();
    },
    end() {
      isDrawing = false;
      change();
    },
    isLocked: () => isLocked,
  });
  paintStrokes(context, strokes);

  return {
    get isEmpty() {
      return strokes.length === 0;
    },

    get isDrawing() {
      return isDrawing;
    },

    /** @param {boolean} locked Whether nothing can be drawn or taken back. */
    lock(locked) {
      isLocked = locked;
      canvas.classList.toggle("locked", locked);
    },

    /** Takes the last stroke back. */
    undo() {
      if (isLocked || isDrawing) return;
      strokes.pop();
      change();
    },

    clear() {
      if (isDrawing) return;
      strokes = [];
      change();
    },

    /** @returns {Vector} What the models get of it, framed like MNIST; all 0 where nothing is drawn. */
    read() {
      const side = canvas.width;
      paintStrokes(context, strokes);
      return toGrid(inkOf(context.getImageData(0, 0, side, side).data), side, "mnist");
    },

    /** Shows a grid in place of the strokes, until they change. @param {Vector} vector */
    show(vector) {
      const picture = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
      createPainter(picture)(vector);
      context.imageSmoothingEnabled = false;
      context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    },
  };
}
