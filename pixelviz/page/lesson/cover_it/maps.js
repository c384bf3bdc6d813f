// The occlusion maps of all models side by side, in the same colours.

import { find, write } from "../../browser/elements.js";
import { formatNumber } from "../../browser/rounding.js";
import { createSignedPainter, largestOf } from "../../browser/signed_colours.js";
import { placeOf } from "../../browser/arrays.js";
import { createThrottle } from "../../browser/throttle.js";
import { describeMost } from "./change.js";
import { createMapPainter, outlineOf } from "./map_canvas.js";

/** @typedef {import("./answers.js").Model} Model */
/** @typedef {import("./occlusion.js").OcclusionMap} OcclusionMap */

/** The full colour never stands for less: what hardly changes is to look so. */
const LEAST = 0.02;

/** While they are filled in, they are painted at most so often: the networks are not to wait for it. */
const PAINT_MS = 100;

/**
 * @param {ParentNode} root With the legend.
 * @param {Model[]} models
 * @param {ReturnType<typeof import("./answers.js").buildAnswers>} columns Their cells get the maps.
 */
export function createMaps(root, models, columns) {
  const legend = find(root, ".legend canvas", HTMLCanvasElement);
  const [gains, loses] = [find(root, ".gains", HTMLElement), find(root, ".loses", HTMLElement)];
  const scale = Array.from({ length: legend.width }, (_, at) => at - (legend.width - 1) / 2);
  createSignedPainter(legend)(scale, largestOf(scale));
  const each = models.map(({ name, title }) => {
    const picture = document.createElement("div");
    picture.className = "map";
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", `${title}: the map is being made.`);
    const canvas = picture.appendChild(document.createElement("canvas"));
    const note = document.createElement("p");
    note.className = "most";
    columns.get(name)?.picture.append(picture, note);
    return { name, title, picture, note, paint: createMapPainter(canvas) };
  });
  const soon = createThrottle(paint, PAINT_MS);

  /** @param {OcclusionMap} map */
  function paint(map) {
    const values = each.map(({ name }) => map.shown(name));
    const largest = Math.max(LEAST, ...values.map(largestKnown));
    const outline = outlineOf(map.vector);
    each.forEach(({ title, picture, note, paint: paintMap }, index) => {
      paintMap(values[index], largest, outline);
      write(note, map.isComplete ? describeMost(values[index]) : "");
      if (map.isComplete) picture.setAttribute("aria-label", describe(title, values[index]));
    });
    const full = formatNumber(100 * largest, 1);
    write(gains, `gains ${full}`);
    write(loses, `loses ${full} percentage points where it is covered`);
  }

  return {
    pictures: each.map(({ picture }) => picture),

    /** @param {OcclusionMap} map */
    show(map) {
      soon.set(map, map.isComplete);
    },

    end: soon.end,
  };
}

/** @param {ArrayLike<number>} values NaN where one is not known. @returns {number} */
function largestKnown(values) {
  return largestOf(Array.from(values, (value) => (Number.isNaN(value) ? 0 : value)));
}

/** @param {string} title @param {Float64Array} drops @returns {string} What the map shows. */
function describe(title, drops) {
  const place = drops.indexOf(Math.max(...drops));
  const { row, column } = placeOf(place);
  if (!(drops[place] > 0)) return `${title}: nowhere does covering lower the probability.`;
  return `${title}: covering lowers the probability most around row ${row}, column ${column}.`;
}
