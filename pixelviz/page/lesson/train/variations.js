// The ten sample digits in variations: a small data set where a person has no other.

import { LENGTH, PIXEL_MAX } from "../../browser/arrays.js";
import { frameLikeMnist } from "../../browser/framing.js";
import { createRandom } from "../../browser/training/random.js";
import { shift } from "../move_and_shuffle/shift.js";

/**
 * @typedef {[x: number, y: number]} Point To the right and downwards, in shares of the paper's side.
 * @typedef {Point[][][]} Samples For each digit its strokes.
 */

/** The paper on which they are drawn has so many points a side, three for each pixel of the grid. */
const PAPER = 84;

/** By how much they differ at most. */
const TURNED = 0.2; // radians
const SLANTED = 0.3; // x moves by this share of y
const STRETCHED = 0.2; // of the width, and of the height
const PEN = [0.05, 0.13]; // the pen's width, in shares of the paper's side
const MOVED = 1; // in pixels of the grid

/**
 * @param {Samples} samples
 * @param {number} each How many variations there are of each.
 * @param {number} seed
 * @returns {import("../../browser/data_set/data_set.js").DataSet}
 */
export function variationsOf(samples, each, seed) {
  const random = createRandom(seed);
  const count = each * samples.length;
  const grids = new Uint8Array(LENGTH * count);
  const targets = Uint8Array.from({ length: count }, (_, number) => number % samples.length);
  targets.forEach((digit, number) => grids.set(variationOf(samples[digit], random), LENGTH * number));
  return {
    kind: "samples",
    name: `the ten examples, ${each} times each`,
    source: "Drawn by this page from its ten examples: turned, slanted, stretched, moved, with other pens.",
    grids,
    targets,
    trainingCount: count,
  };
}

/**
 * @param {Point[][]} strokes
 * @param {() => number} random
 * @returns {import("../../browser/arrays.js").Vector} Framed as MNIST frames its digits, and moved a little.
 */
function variationOf(strokes, random) {
  /** @param {number} most */
  const upTo = (most) => most * (2 * random() - 1);
  const [angle, slant] = [upTo(TURNED), upTo(SLANTED)];
  const [width, height] = [1 + upTo(STRETCHED), 1 + upTo(STRETCHED)];
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const pen = PAPER * (PEN[0] + (PEN[1] - PEN[0]) * random());
  const changed = strokes.map((stroke) =>
    stroke.map(([x, y]) => {
      const [right, down] = [width * (x - 0.5 - slant * (y - 0.5)), height * (y - 0.5)];
      const [turnedX, turnedY] = [cosine * right - sine * down, sine * right + cosine * down];
      return /** @type {Point} */ ([PAPER * (0.5 + turnedX), PAPER * (0.5 + turnedY)]);
    }),
  );
  const framed = frameLikeMnist(inkOf(changed, pen), PAPER, PAPER) ?? new Uint8Array(LENGTH);
  return shift(framed, Math.round(upTo(MOVED)), Math.round(upTo(MOVED)));
}

/**
 * @param {Point[][]} strokes In points of the paper.
 * @param {number} pen The width of a round pen.
 * @returns {Uint8Array} (84 × 84) The ink that it leaves, with soft edges.
 */
function inkOf(strokes, pen) {
  const ink = new Uint8Array(PAPER * PAPER);
  for (const stroke of strokes) {
    stroke.slice(1).forEach((to, index) => drawLine(ink, stroke[index], to, pen / 2));
  }
  return ink;
}

/** @param {Uint8Array} ink @param {Point} from @param {Point} to @param {number} radius */
function drawLine(ink, from, to, radius) {
  const [left, right] = span(from[0], to[0], radius);
  const [top, bottom] = span(from[1], to[1], radius);
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) {
      const covered = radius + 0.5 - distanceTo([column + 0.5, row + 0.5], from, to);
      const value = Math.round(PIXEL_MAX * Math.min(Math.max(covered, 0), 1));
      const at = PAPER * row + column;
      if (value > ink[at]) ink[at] = value;
    }
  }
}

/**
 * @param {number} one
 * @param {number} other
 * @param {number} radius
 * @returns {[first: number, last: number]} The rows or columns that a line can reach.
 */
function span(one, other, radius) {
  const first = Math.floor(Math.min(one, other) - radius - 1);
  const last = Math.ceil(Math.max(one, other) + radius + 1);
  return [Math.max(first, 0), Math.min(last, PAPER - 1)];
}

/** @param {Point} point @param {Point} from @param {Point} to @returns {number} How far it is from a line. */
function distanceTo([x, y], [fromX, fromY], [toX, toY]) {
  const [alongX, alongY] = [toX - fromX, toY - fromY];
  const length = alongX ** 2 + alongY ** 2;
  const share = length > 0 ? ((x - fromX) * alongX + (y - fromY) * alongY) / length : 0;
  const nearest = Math.min(Math.max(share, 0), 1);
  return Math.hypot(x - fromX - nearest * alongX, y - fromY - nearest * alongY);
}
