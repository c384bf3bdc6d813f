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
      `Of each digit its ${pixels} numbers, which digit it is meant to be, the mark of the device, the time, and a ` +
        "random number that keeps it from being stored twice. Of a device its mark, such as “blue fox”, which " +
        "it gets by chance, the digit that it is asked for, and when it was last heard of. No names, no " +
        "accounts, no IP addresses, no text that anybody writes.",
    ],
    [
      "Where",
      "In a database of whoever runs this page's server. If that is your own computer: in a file there.",
    ],
    [
      "How long",
      `Until you end the class, at the latest ${hours} hours after its start; ${idleMinutes} minutes, if ` +
        "nobody gives anything. Then all of it is erased.",
    ],
    [
      "Who sees it",
      "You, all who see your screen, whoever runs the server, and whoever has the teacher's key: the secret by " +
        "which the server knows that a browser is the teacher's. A pupil's device is told its own mark and how " +
        "many digits there are; the digits of others it does not see.",
    ],
    [
      "In the browsers",
      "Yours keeps the code and the teacher's key until the class ends. What you take into Data or Train stays " +
        "in this page's memory until you throw it away or close the page, also when the class ends. A pupil's " +
        "keeps the code, its own key and mark, and a digit until the server has it. The class needs no " +
        "cookies; this page has one of its visit and, where there is one, that of a proxy.",
    ],
  ];
}
