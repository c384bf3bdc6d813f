// What every kind of file is opened as.

/** @typedef {import("./statistics.js").Range} Range */
/** @typedef {import("./values.js").Scale} Scale */

/**
 * @typedef {object} Reading One way to understand a file.
 * @property {string} title What it is called where there is another one.
 * @property {string[]} notes What is said of it, each a sentence.
 * @property {boolean} isNotable Whether that has to be said, also of one picture.
 * @property {number} count How many pictures there are.
 * @property {number} trainingCount So many of them, the first ones, are the training set.
 * @property {boolean} hasLabels
 */

/**
 * @typedef {object} Converted
 * @property {Uint8Array} grids (count × 784) The pictures, one after the other.
 * @property {Uint8Array | null} targets (count,) 0 to 9.
 */

/**
 * @typedef {object} Pictures A file that has been looked through, but is not converted yet.
 * @property {Reading[]} readings The most probable first; at least one.
 * @property {(reading: number) => Range} rangeOf Returns the range of the pixels' values.
 * @property {(reading: number, scale: Scale, countMax?: number) => Promise<Converted>} convert Makes the
 *   pictures, or only the first ones.
 */

export {};
