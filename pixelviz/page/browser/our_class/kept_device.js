// What a device keeps in the browser: its key of a class, and the digits that were not acknowledged
// yet. Anybody can write there, so what is read is checked.

import { LENGTH } from "../arrays.js";
import { isCode } from "./code.js";

/** @typedef {{device: number, colour: string, animal: string, css: string}} Mark */

/** @typedef {{code: string, key: string, mark: Mark}} Membership */

/**
 * @typedef {object} Waiting A digit that was given, and not acknowledged.
 * @property {string} code The class's.
 * @property {string} key The device's.
 * @property {number} label 0 to 9.
 * @property {string} pixels Its vector's 784 bytes in base64.
 * @property {string} give The same each time that it is sent, so that it is stored once.
 */

/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Store */

const MEMBERSHIP = "pixelviz.class.device";
const WAITING = "pixelviz.class.waiting";

/** More digits than this never wait: the next one is given once the last one is acknowledged. */
export const WAITING_MAX = 20;

const BASE64_LENGTH = 4 * Math.ceil(LENGTH / 3);
const TEXT_MAX = WAITING_MAX * (BASE64_LENGTH + 300);

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const KEY = /^[\w.-]{16,100}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const WORD = /^[a-z ]{1,20}$/;
const COLOUR = /^#[0-9a-f]{6}$/;

/** @param {Store | null} storage Null where the browser keeps nothing: then a reload forgets it. */
export function createKeptDevice(storage) {
  return {
    /** @returns {Membership | null} */
    membership() {
      const read = record(readJson(storage, MEMBERSHIP));
      return isMembership(read) ? read : null;
    },

    /** @param {Membership} membership It takes the place of the one before. */
    join({ code, key, mark }) {
      write(storage, MEMBERSHIP, { code, key, mark });
    },

    /** @param {string} key Forgets it, unless another window has joined a newer class meanwhile. */
    leave(key) {
      if (record(readJson(storage, MEMBERSHIP)).key === key) write(storage, MEMBERSHIP, null);
    },

    waiting,

    /** @param {Waiting} digit */
    add(digit) {
      write(storage, WAITING, [...waiting(), digit].slice(-WAITING_MAX));
    },

    /** @param {string} give */
    remove(give) {
      const others = waiting().filter((each) => each.give !== give);
      write(storage, WAITING, others.length ? others : null);
    },
  };

  /** @returns {Waiting[]} */
  function waiting() {
    const read = readJson(storage, WAITING);
    return Array.isArray(read) ? read.slice(-WAITING_MAX).filter(isWaiting) : [];
  }
}

/** @param {unknown} read @returns {Record<string, unknown>} */
function record(read) {
  return typeof read === "object" && read !== null ? /** @type {Record<string, unknown>} */ (read) : {};
}

/** @param {unknown} read @param {RegExp} form @returns {boolean} */
function isOfForm(read, form) {
  return typeof read === "string" && form.test(read);
}

/** @param {unknown} read @returns {read is Membership} */
function isMembership(read) {
  const { code, key, mark } = record(read);
  const { device, colour, animal, css } = record(mark);
  const isMark = Number.isInteger(device) && isOfForm(colour, WORD) && isOfForm(animal, WORD);
  return isCode(code) && isOfForm(key, KEY) && isMark && isOfForm(css, COLOUR);
}

/** @param {unknown} read @returns {read is Waiting} */
function isWaiting(read) {
  const { code, key, label, pixels, give } = record(read);
  return (
    isCode(code) &&
    isOfForm(key, KEY) &&
    isOfForm(give, UUID) &&
    typeof label === "number" &&
    [...Array(10).keys()].includes(label) &&
    typeof pixels === "string" &&
    pixels.length === BASE64_LENGTH &&
    BASE64.test(pixels) &&
    atob(pixels).length === LENGTH
  );
}

/** @param {Store | null} storage @param {string} name @returns {unknown} Null where there is nothing. */
function readJson(storage, name) {
  try {
    const text = storage?.getItem(name) ?? "null";
    return text.length > TEXT_MAX ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

/** @param {Store | null} storage @param {string} name @param {unknown} value Null for nothing. */
function write(storage, name, value) {
  try {
    if (value === null) storage?.removeItem(name);
    else storage?.setItem(name, JSON.stringify(value));
  } catch {
    // then a reload forgets it
  }
}
