// Keeps what a person has chosen in a chapter, in this tab: a reload does not lose it, as it does not
// lose the drawing. What does not come from the page itself, or from an older version of it, is no choice.

/** Before each key of the browser's storage, which all pages of a server share. */
const PREFIX = "pixelviz.";

/** Nothing that is kept is longer, as JSON. */
const LENGTH_MAX = 1000;

/**
 * @template Choice
 * @param {string} name
 * @param {(read: unknown) => Choice | null} check Returns what was read as a choice, or null if it is none.
 */
export function createKeptChoice(name, check) {
  const key = PREFIX + name;
  return {
    /** @returns {Choice | null} What was kept last, if it is a choice. */
    read() {
      try {
        const text = sessionStorage.getItem(key) ?? "null";
        return text.length > LENGTH_MAX ? null : check(JSON.parse(text));
      } catch {
        return null; // a browser may refuse to keep anything, and anybody can write there
      }
    },

    /** @param {Choice} choice */
    keep(choice) {
      try {
        const text = JSON.stringify(choice);
        if (text.length <= LENGTH_MAX) sessionStorage.setItem(key, text);
      } catch {
        // then a reload begins anew
      }
    },
  };
}

/**
 * @param {unknown} read
 * @param {{count?: number, least: number, most: number}} limits How many there have to be, if that is
 *   known, and between which numbers all of them lie.
 * @returns {number[] | null} What was read, if it is an array of whole numbers within the limits.
 */
export function wholeNumbers(read, { count, least, most }) {
  if (!Array.isArray(read) || (count !== undefined && read.length !== count)) return null;
  const isWithin = (/** @type {unknown} */ each) =>
    typeof each === "number" && Number.isInteger(each) && each >= least && each <= most;
  return read.every(isWithin) ? read : null;
}
