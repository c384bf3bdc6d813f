// The teacher's key of a class, kept in this browser: whoever has it sees what the class gives, and can
// remove it.

import { isCode } from "./code.js";

/** @typedef {{code: string, key: string}} ClassKey */

export const KEPT_AS = "pixelviz.class.teacher";

const MARK = "#teacher=";
const KEY = /^[\w-]{16,64}$/;

/**
 * @param {unknown} read
 * @returns {ClassKey | null} A code and a key that can be right; null for all else.
 */
function checked(read) {
  const { code, key } = /** @type {Record<string, unknown>} */ (read ?? {});
  return isCode(code) && typeof key === "string" && KEY.test(key) ? { code, key } : null;
}

/** @param {Storage | null} storage @returns {ClassKey | null} What was kept; anybody can write there. */
export function readKept(storage) {
  try {
    return checked(JSON.parse(storage?.getItem(KEPT_AS) ?? "null"));
  } catch {
    return null;
  }
}

/** @param {Storage | null} storage @param {ClassKey} key @returns {boolean} Whether the browser allows it. */
export function keep(storage, { code, key }) {
  try {
    storage?.setItem(KEPT_AS, JSON.stringify({ code, key }));
    return storage !== null;
  } catch {
    return false;
  }
}

/**
 * Forgets a key, unless another window has kept that of a newer class meanwhile.
 * @param {Storage | null} storage
 * @param {string} code
 */
export function forget(storage, code) {
  try {
    const kept = readKept(storage);
    if (kept === null || kept.code === code) storage?.removeItem(KEPT_AS);
  } catch {
    // what a browser does not let us read it has not kept
  }
}

/**
 * @param {ClassKey} key
 * @returns {string} The part of an address after which it opens the class: it reaches no server.
 */
export function toFragment({ code, key }) {
  return `${MARK}${code}.${key}`;
}

/** @param {string} fragment An address's, with its #. @returns {ClassKey | null} */
export function fromFragment(fragment) {
  if (!fragment.startsWith(MARK)) return null;
  const [code, key] = fragment.slice(MARK.length).split(".", 2);
  return checked({ code, key });
}
