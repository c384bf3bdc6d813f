// What a browser knows of the class that it is the teacher of.

/**
 * @typedef {import("./given_digits.js").Given} Given
 *
 * @typedef {object} Device A device by its mark, and how many digits it has given.
 * @property {number} device
 * @property {string} colour
 * @property {string} animal
 * @property {string} css
 * @property {number} count
 *
 * @typedef {object} Class
 * @property {string} code
 * @property {readonly Given[]} digits In the order in which they came; the same array while none comes
 *   or goes.
 * @property {ReadonlyMap<number, Device>} devices By their numbers.
 * @property {boolean} isPaused
 * @property {number} secondsLeft
 * @property {boolean} isKnown Whether the server has answered yet; until then there is only the code.
 * @property {boolean} isKept Whether the browser keeps the key; if not, a reload of the page loses it.
 * @property {string} problem Why the server does not answer at the moment; empty while it does.
 *
 * @typedef {{devices: Device[], count: number, isPaused: boolean, secondsLeft: number}} Status
 */

/** What is known before the server has answered. @type {Omit<Class, "code" | "isKept">} */
export const UNKNOWN = {
  digits: [],
  devices: new Map(),
  isPaused: false,
  secondsLeft: 0,
  isKnown: false,
  problem: "",
};

/** @param {Status} status @returns {Pick<Class, "devices" | "isPaused" | "secondsLeft">} */
export function read({ devices, isPaused, secondsLeft }) {
  return { devices: new Map(devices.map((each) => [each.device, each])), isPaused, secondsLeft };
}

/**
 * @param {ReadonlyMap<number, Device>} devices
 * @param {readonly Given[]} digits
 * @param {number} [gone] A device that has been removed.
 * @returns {Map<number, Device>} With as many digits each as there are.
 */
export function recounted(devices, digits, gone) {
  const counts = new Map([...devices.keys()].map((device) => [device, 0]));
  for (const { device } of digits) counts.set(device, (counts.get(device) ?? 0) + 1);
  const left = [...devices.values()].filter(({ device }) => device !== gone);
  return new Map(left.map((each) => [each.device, { ...each, count: counts.get(each.device) ?? 0 }]));
}
