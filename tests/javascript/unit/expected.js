// What the server's Python makes of some arrays: the page's JavaScript has to make the same of them.
// test_javascript.py writes it to a file, and that file's path into the environment.

import { readFileSync } from "node:fs";

/**
 * @typedef {object} Expected
 * @property {{SIDE: number, LENGTH: number, PIXEL_MAX: number}} sizes
 * @property {{text: string, values: number[], byColumns: number[],
 *             shifts: {rows: number, columns: number, values: number[]}[]}[]} grids `text` is the
 *   vector in base64.
 * @property {{side: number, rgba: string, drawn: number[]}[]} canvases `rgba` is in base64.
 * @property {{logits: number[], threshold: number, probabilities: number[], percents: string[],
 *             digit: number, inWords: string}[]} predictions
 * @property {{terms: number[], decimals: number, units: number[]}[]} sums
 * @property {{values: number[], colours: number[][]}} signed
 * @property {{kernel: string, padding: "valid" | "same", stride: number, grid: number[],
 *             weights: number[], bias: number, side: number, outputs: number[],
 *             pooled: number[]}[]} convolutions
 * @property {{values: number[], size: number, place: number, left: number[], ink: number}[]} patches
 *   `left` is what is left of the grid, `ink` how many pixels of ink the patch hides.
 * @property {{weights: number[], bias: number[], vector: number[], digit: number, other: number,
 *             products: number[][], logits: number[], withoutLogits: number[][],
 *             without: number[][]}} linear A softmax regression; by pixel, weight × feature, and logits
 *   and probabilities without it.
 * @property {Tensors} tensors
 * @property {Labelled} labelled
 * @property {Evaluation[]} evaluations
 * @property {Projection} projection
 *
 * @typedef {object} Tensors
 * @property {{shape: number[], text: string, count: number, uint8: number, float32: number}[]} shapes
 * @property {number[]} batch The shape of a batch whose numbers are 0, 1, 2, ...
 * @property {{text: string, number: number | null, shape: number[] | null}[]} indices What numpy
 *   takes them for.
 * @property {{colour: [number, number, number], hex: string, channels: number[][]}[]} colours The
 *   channels of the vector 0, 1, 2, ...
 *
 * @typedef {object} Labelled Pictures with targets, none of them an 8, and what numpy finds.
 * @property {number[][]} pictures
 * @property {number[]} targets
 * @property {number} trainingCount
 * @property {number[]} training By digit, how many.
 * @property {number[]} test
 * @property {number[][]} means Of the digits that are there.
 * @property {number[]} drawn
 * @property {number[]} nearest The numbers of its ten nearest neighbours.
 * @property {number[]} squared Their squared distances.
 * @property {number} distance From the first mean.
 *
 * @typedef {object} Evaluation A model's answers, and what numpy counts in a range of them.
 * @property {number[]} digits
 * @property {number[]} confidences
 * @property {number[]} targets
 * @property {{start: number, end: number}} range
 * @property {number[]} thresholds
 * @property {Record<string, number>[]} scores One for each threshold.
 * @property {number[]} confusion
 * @property {number[]} mistakes The numbers of the pictures, that of the surest answer first.
 * @property {{count: number, confidence: number, right: number}[]} bins
 * @property {number} error
 *
 * @typedef {object} Projection Pictures, and their principal components by numpy.
 * @property {number[][]} pictures
 * @property {number[]} mean
 * @property {number[][]} components
 * @property {number[]} variances
 * @property {number} totalVariance
 * @property {number[][]} coordinates
 * @property {number[][]} symmetric
 * @property {number[]} eigenvalues Of the symmetric matrix, the largest first.
 */

const VARIABLE = "PIXELVIZ_EXPECTED";
const path = process.env[VARIABLE];
if (!path) throw new Error(`${VARIABLE} is not set. Run these tests with: pytest tests/javascript`);

/** @type {Expected} */
export const expected = JSON.parse(readFileSync(path, "utf-8"));
