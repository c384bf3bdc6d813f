// What the page promises about what a class gives, in plain words.

import { counted, grouped } from "../../../browser/counts.js";

/**
 * @typedef {object} Limits
 * @property {number} devices
 * @property {number} digitsADevice
 * @property {number} digitsAClass
 * @property {number} classes
 * @property {number} hours
 * @property {number} idleMinutes
 */

/** @param {Limits} limits @returns {string} */
export function limitsText({ devices, digitsADevice, digitsAClass, classes }) {
  return (
    `At most ${counted(devices, "device")} join a class, each gives at most ` +
    `${counted(digitsADevice, "digit")}, and all together ${grouped(digitsAClass)}. This server keeps at ` +
    `most ${grouped(classes)} classes at a time.`
  );
}

/**
 * @param {Limits} limits
 * @param {number} pixels How many numbers a digit is.
 * @returns {[string, string][]} Questions that a school has to answer, each with its answer.
 */
export function privacyTexts({ hours, idleMinutes }, pixels) {
  return [
    [
      "What is stored",
      `Of each digit its ${pixels} numbers, its label, the mark of the device that gave it, and the time. A ` +
        "mark is drawn by lot, such as “blue fox”. No names, no accounts, no text that anybody writes.",
    ],
    ["Where", "In a database of the server that this page comes from, and nowhere else."],
    [
      "How long",
      `Until you end the class, and at the latest ${hours} hours after its start; ${idleMinutes} minutes, if ` +
        "nobody gives anything. Then all of it is erased.",
    ],
    [
      "Who sees it",
      "Whoever has the teacher’s key, and all who see their screen. This browser keeps the key; the server " +
        "has only its hash, from which it cannot be computed.",
    ],
    [
      "What else",
      "Nothing. Each device keeps its own key and mark until it joins another class. There are no cookies " +
        "but that of the visit to this page and, where there is one, that of a proxy for its server.",
    ],
  ];
}
