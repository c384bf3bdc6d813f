// What opening a file of pictures can come to.

/**
 * @typedef {{kind: "refusal", sentence: string}} Refused
 *
 * @typedef {object} FoundSet Several pictures.
 * @property {"set"} kind
 * @property {string} title How many of what, in a few words.
 * @property {string[]} notes What was understood, each a sentence.
 * @property {Uint8Array} grids (count × 784)
 * @property {Uint8Array | null} targets (count,) 0 to 9.
 * @property {number} trainingCount
 *
 * @typedef {object} FoundOne A single picture.
 * @property {"one"} kind
 * @property {string} title
 * @property {string[]} notes
 * @property {Uint8Array} grids (784,)
 * @property {Uint8Array | null} targets (1,)
 * @property {boolean} isNotable Whether what was understood has to be said.
 *
 * @typedef {object} Option One way to understand the file.
 * @property {string} title
 * @property {Uint8Array} grids (k × 784) Its first pictures.
 * @property {Uint8Array | null} targets (k,)
 *
 * @typedef {object} Question
 * @property {"question"} kind
 * @property {string} text
 * @property {Option[]} options
 *
 * @typedef {FoundSet | FoundOne | Refused | Question} Outcome
 * @typedef {Outcome & {answer?: (option: number) => Promise<Answerable>}} Answerable A question has `answer`,
 *   which takes the number of an option.
 */

export {};
