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
      `Of each digit its ${pixels} numbers, its label, the mark of the device that gave it, the time, and a ` +
        "random number that keeps it from being stored twice. Of a device its mark, such as “blue fox”, which " +
        "it gets by chance, the digit that it is asked for, and when it was last heard of. No names, no " +
        "accounts, no text that anybody writes.",
    ],
    ["Where", "In a database of whoever runs this page’s server, and nowhere else."],
    [
      "How long",
      `Until you end the class, at the latest ${hours} hours after its start; ${idleMinutes} minutes, if ` +
        "nobody gives anything. Then all of it is erased.",
    ],
    [
      "Who sees it",
      "Whoever has the teacher’s key, all who see their screen, and whoever runs the server. A pupil’s device " +
        "is told its own mark and how many digits there are, not those of others.",
    ],
    [
      "In the browsers",
      "This one keeps the code and the teacher’s key, of which the server has only a hash. A pupil’s keeps the " +
        "code, its own key and mark, and a digit until the server has it. The class needs no cookies; this " +
        "page has one of its visit and, where there is one, that of a proxy.",
    ],
  ];
}
