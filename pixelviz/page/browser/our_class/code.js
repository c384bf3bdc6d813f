// The code of a class, as people write and read it.

/** As in classroom/codes.py. */
const LETTERS = "BCDFGHJKMNPRSTWXYZ";
const GROUP = 4;

const CODE = new RegExp(`^[${LETTERS}]{${2 * GROUP}}$`);

/** @param {unknown} text @returns {text is string} Whether it can be a code, written as the server does. */
export function isCode(text) {
  return typeof text === "string" && CODE.test(text);
}

/**
 * @param {string} text What somebody has typed, in any case and with spaces or hyphens.
 * @returns {string | null} The code; null where it is none.
 */
export function readCode(text) {
  const code = text.replace(/[\s\-–]/g, "").toUpperCase();
  return isCode(code) ? code : null;
}

/** @param {string} code @returns {string} In two groups, for people to read: "KRTW MXBD". */
export function inGroups(code) {
  return `${code.slice(0, GROUP)} ${code.slice(GROUP)}`;
}

/** @param {string} path An address's. @returns {string} What was typed after its last slash. */
export function typedIn(path) {
  const last = path.slice(path.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last; // its % stands for nothing
  }
}
