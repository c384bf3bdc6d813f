// The pupil's device that this browser is, for all components of the page.

import { createDevice } from "./device.js";
import { browserSurroundings } from "./surroundings.js";

/** @returns {string} A random UUID, also where `crypto.randomUUID` is not there: without HTTPS. */
export function newUuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40; // version 4 of RFC 9562
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function createOwn() {
  const own = createDevice({ ...browserSurroundings(), newUuid });
  document.addEventListener("visibilitychange", () => own.tryNow());
  addEventListener("online", () => own.tryNow());
  return own;
}

export const device = createOwn();
