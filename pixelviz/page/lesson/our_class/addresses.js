// Under which addresses pupils join a class, and a teacher opens it on another computer.

import { toFragment } from "../../browser/our_class/teacher_key.js";

/**
 * @typedef {{address: string | null, problem: string}} Reach The page's address in the school's network;
 *   null where there is none, and the problem says why. It matters where the browser calls the page's
 *   server localhost.
 */

/** @param {string} host @returns {boolean} Whether it means the browser's own computer. */
function isLocal(host) {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/.test(host);
}

/**
 * @param {string} page The page's address in this browser.
 * @param {Reach} reach
 * @returns {Reach} Its address for others, without what comes after its path.
 */
export function forOthers(page, reach) {
  const own = new URL(".", page);
  return isLocal(own.hostname) ? reach : { address: own.href, problem: "" };
}

/** @param {string} address The page's for others. @returns {string} Where pupils type the code. */
export function whereCodesAreTyped(address) {
  return new URL("class/", address).href;
}

/** @param {string} address The page's for others. @param {string} code @returns {string} */
export function ofPupils(address, code) {
  return new URL(`class/${code}`, address).href;
}

/**
 * @param {string} address The page's.
 * @param {import("../../browser/our_class/teacher_key.js").ClassKey} key
 * @returns {string} What opens the class with all that its teacher can do.
 */
export function ofTeacher(address, key) {
  return new URL(`.?chapter=class${toFragment(key)}`, address).href;
}

/** @param {string} address Pupils'. @returns {string} That of its QR code, relative to the page's. */
export function ofQrCode(address) {
  return `classes/qr.svg?address=${encodeURIComponent(address)}`;
}
