// The digits of a class in groups: by the digit that was asked for, or by the device that gave them.

/**
 * @typedef {import("../../../browser/our_class/teacher.js").Given} Given
 * @typedef {import("../../../browser/our_class/teacher.js").Device} Device
 *
 * @typedef {object} Group
 * @property {Given[]} digits In the order in which they came.
 * @property {number | null} label What they are, in a group of one digit.
 * @property {Device | null} device Whose they are, in the group of a device.
 */

const DIGITS = [...Array(10).keys()];

/** @param {readonly Given[]} digits @returns {Group[]} Ten groups. */
export function byDigit(digits) {
  return DIGITS.map((label) => ({
    digits: digits.filter((digit) => digit.label === label),
    label,
    device: null,
  }));
}

/**
 * @param {readonly Given[]} digits
 * @param {ReadonlyMap<number, Device>} devices
 * @returns {Group[]} One for each device, also for one that has given none.
 */
export function byDevice(digits, devices) {
  /** @type {Map<number, Given[]>} */ const given = new Map([...devices.keys()].map((key) => [key, []]));
  for (const digit of digits) given.get(digit.device)?.push(digit);
  return [...devices.values()].map((device) => ({
    digits: given.get(device.device) ?? [],
    label: null,
    device,
  }));
}
