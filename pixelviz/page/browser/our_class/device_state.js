// What is known of a pupil's device in a class.

/**
 * @typedef {import("./kept_device.js").Mark} Mark
 * @typedef {import("./kept_device.js").Waiting} Waiting
 */

/**
 * @typedef {object} Status What the server tells a device.
 * @property {number} ask The digit to be written next.
 * @property {number} given How many this device has given.
 * @property {number} count How many the class has.
 * @property {boolean} isPaused
 * @property {number} secondsLeft Until the class is erased.
 */

/**
 * @typedef {"" | "unreachable" | "often" | "removed" | "ended" | "unknown" | "full" | "refused"} Reason
 * What is wrong, if anything: the server cannot be reached, or was asked too often (both pass by
 * themselves); the teacher has removed the device; the class has ended; no class has the code; a limit
 * is reached; or anything else.
 */

/**
 * @typedef {object} DeviceState
 * @property {"out" | "joining" | "in"} phase Whether it is in a class.
 * @property {string | null} code Of the class that it is in, or joins.
 * @property {Mark | null} mark
 * @property {Status | null} status Null until the server has told it.
 * @property {Waiting | null} waiting What this device has given and the server not acknowledged.
 * @property {number} acknowledged How many were, since the page was loaded.
 * @property {Reason} reason
 * @property {string} problem A sentence, or empty.
 */

/** @param {Reason} reason @returns {boolean} Whether it is over as soon as the server answers. */
export function isPassing(reason) {
  return reason === "unreachable" || reason === "often";
}

/** @param {import("./wire.js").Refusal} refusal One that passes. @returns {Reason} */
export function passingReason({ status }) {
  return status === 429 ? "often" : "unreachable";
}
