// A chart of loss or accuracy against the steps: of the pictures that are learned from, and of those that
// are held out.

import { PIXEL_MAX } from "../../browser/arrays.js";
import { contextOf } from "../../browser/painter.js";
import { tickText, ticksTo } from "./axis.js";

/**
 * @typedef {import("../../browser/training/training.js").Point} Point
 *
 * @typedef {object} Kind
 * @property {(point: Point) => number} own Of the pictures that are learned from.
 * @property {(point: Point) => number | null} heldOut
 * @property {number | null} top The largest number on the axis; null where that is the largest there is.
 * @property {(value: number) => string} text
 */

/** @type {Record<"loss" | "accuracy", Kind>} */
export const KINDS = {
  loss: { own: ({ loss }) => loss, heldOut: ({ heldOutLoss }) => heldOutLoss, top: null, text: tickText },
  accuracy: {
    own: ({ accuracy }) => accuracy,
    heldOut: ({ heldOutAccuracy }) => heldOutAccuracy,
    top: 1,
    text: (value) => `${Math.round(100 * value)}%`,
  },
};

/** The two colours of all charts, as white and as dark paper need them. */
const ON_LIGHT = { own: "#c2570c", heldOut: "#2171b5" };
const ON_DARK = { own: "#fa9e2c", heldOut: "#58a6fa" };

const [LEFT, RIGHT, TOP, BOTTOM] = [44, 10, 8, 20];
const FIRST_STEPS = 10;

/**
 * @param {HTMLCanvasElement} canvas It is as large as its box.
 * @param {Kind} kind
 */
export function createChart(canvas, kind) {
  const context = contextOf(canvas);
  const box = canvas.parentElement ?? canvas;
  /** @type {{points: Point[], before: Point[]}} */ let shown = { points: [], before: [] };
  let [width, height] = [0, 0];

  const sizes = new ResizeObserver(([{ contentRect }]) => {
    ({ width, height } = contentRect);
    const { devicePixelRatio } = window;
    canvas.width = Math.round(width * devicePixelRatio);
    canvas.height = Math.round(height * devicePixelRatio);
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    draw();
  });
  sizes.observe(canvas);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", draw);

  function draw() {
    if (width === 0) return;
    const { points, before } = shown;
    const ink = getComputedStyle(canvas).color;
    const isOnDark = Number(/\d+/.exec(ink)?.[0]) > PIXEL_MAX / 2; // the text is light
    const colours = isOnDark ? ON_DARK : ON_LIGHT;
    box.style.setProperty("--own", colours.own); // for the legend
    box.style.setProperty("--held-out", colours.heldOut);
    const steps = Math.max(points.at(-1)?.step ?? 0, FIRST_STEPS);
    const values = points.flatMap((point) => [kind.own(point), kind.heldOut(point) ?? 0]).filter(Number.isFinite);
    const ticks = ticksTo(kind.top ?? Math.max(...values, 0.01), 4);
    const top = ticks[ticks.length - 1];
    /** @param {number} step */
    const across = (step) => LEFT + (step / steps) * (width - LEFT - RIGHT);
    /** @param {number} value */
    const down = (value) => height - BOTTOM - (value / top) * (height - TOP - BOTTOM);

    context.clearRect(0, 0, width, height);
    context.font = `12px ${getComputedStyle(canvas).fontFamily}`;
    context.fillStyle = ink;
    context.strokeStyle = ink;
    drawAxes(ticks, steps, across, down);
    context.save();
    context.beginPath();
    context.rect(LEFT, TOP - 2, width - LEFT - RIGHT + 2, height - TOP - BOTTOM + 4);
    context.clip();
    const inSight = before.filter(({ step }) => step <= steps);
    for (const [each, alpha, thickness] of /** @type {const} */ ([[inSight, 0.45, 1], [points, 1, 2]])) {
      context.globalAlpha = alpha;
      context.lineWidth = thickness;
      drawLine(each, kind.own, colours.own, [], across, down);
      drawLine(each, kind.heldOut, colours.heldOut, [5, 3], across, down);
    }
    context.restore();
  }

  /**
   * @param {number[]} ticks
   * @param {number} steps
   * @param {(step: number) => number} across
   * @param {(value: number) => number} down
   */
  function drawAxes(ticks, steps, across, down) {
    context.textBaseline = "middle";
    context.textAlign = "right";
    context.lineWidth = 1;
    for (const tick of ticks) {
      context.globalAlpha = tick === 0 ? 0.7 : 0.2;
      const y = Math.round(down(tick)) + 0.5;
      context.beginPath();
      context.moveTo(LEFT, y);
      context.lineTo(width - RIGHT, y);
      context.stroke();
      context.globalAlpha = 1;
      context.fillText(kind.text(tick), LEFT - 6, y);
    }
    context.textBaseline = "alphabetic";
    const marks = ticksTo(steps, 4).filter((tick) => tick <= steps && Number.isInteger(tick));
    marks.forEach((tick, index) => {
      context.textAlign = index === 0 ? "left" : across(tick) > width - RIGHT - 30 ? "right" : "center";
      const unit = tick > 0 && index === marks.length - 1 ? (tick === 1 ? " step" : " steps") : "";
      context.fillText(tickText(tick) + unit, across(tick), height - 5);
    });
  }

  /**
   * @param {Point[]} points
   * @param {(point: Point) => number | null} valueOf
   * @param {string} colour
   * @param {number[]} dashes
   * @param {(step: number) => number} across
   * @param {(value: number) => number} down
   */
  function drawLine(points, valueOf, colour, dashes, across, down) {
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.setLineDash(dashes);
    context.beginPath();
    for (const point of points) {
      const value = valueOf(point);
      if (value !== null && Number.isFinite(value)) context.lineTo(across(point.step), down(value));
    }
    context.stroke();
    context.setLineDash([]);
    const last = points.at(-1);
    const value = last ? valueOf(last) : null;
    if (!last || value === null || !Number.isFinite(value)) return;
    context.beginPath();
    context.arc(across(last.step), down(value), 1.5 * context.lineWidth, 0, 2 * Math.PI);
    context.fill();
  }

  return {
    /** @param {Point[]} points @param {Point[]} before Those of the training before. */
    show(points, before) {
      shown = { points, before };
      draw();
    },

    end() {
      sizes.disconnect();
      scheme.removeEventListener("change", draw);
    },
  };
}
