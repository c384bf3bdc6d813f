// What a person has set in the chapter Train; a reload keeps it.

import { createKeptChoice } from "../../browser/kept_choice.js";

/**
 * @typedef {object} Settings
 * @property {number} count How many pictures are learned from, at most.
 * @property {number} rate
 * @property {number} batch
 * @property {number} hidden
 * @property {boolean} isRescaled
 * @property {boolean} isShuffled
 * @property {number} pace Which of the speeds.
 * @property {boolean} isOnSamples Whether the examples are learned from although there is a data set.
 */

/** Batches a second, from slow to as many as possible. */
export const PACES = [1, 3, 10, 30, 100, Infinity];

export const RATES = [1e-6, 1e-5, 1e-4, 0.001, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];
export const BATCHES = [1, 8, 32, 128, 512];
export const COUNTS = [10, 30, 100, 300, 1000, 3000, 10_000, 30_000];
export const HIDDEN_MOST = 64;

/** @type {Settings} */
const AT_FIRST = {
  count: Infinity,
  rate: 0.1,
  batch: 32,
  hidden: 0,
  isRescaled: true,
  isShuffled: false,
  pace: 2,
  isOnSamples: false,
};

const kept = createKeptChoice("train", check);

export const settings = { ...AT_FIRST, ...kept.read() };

/** Keeps what is set over a reload. */
export function keepSettings() {
  kept.keep({ ...settings, count: Number.isFinite(settings.count) ? settings.count : 0 });
}

/**
 * @param {unknown} read
 * @returns {Settings | null} What was read, if it is what can be set; a count of 0 is all of them.
 */
export function check(read) {
  if (typeof read !== "object" || read === null) return null;
  const { count, rate, batch, hidden, isRescaled, isShuffled, pace, isOnSamples } =
    /** @type {Settings} */ (read);
  const areNumbers =
    [0, ...COUNTS].includes(count) && RATES.includes(rate) && BATCHES.includes(batch) && pace in PACES;
  const areSwitches = [isRescaled, isShuffled, isOnSamples].every((each) => typeof each === "boolean");
  const isHidden = typeof hidden === "number" && hiddenFrom(String(hidden)) === hidden;
  if (!areNumbers || !areSwitches || !isHidden || typeof pace !== "number") return null;
  return { count: count || Infinity, rate, batch, hidden, isRescaled, isShuffled, pace, isOnSamples };
}

/** What shows over-fitting: few pictures, all in one batch, and a large learning rate. */
export const BY_HEART = { count: 10, rate: 1, batch: 32, hidden: 0, isRescaled: true, pace: 4 };

/**
 * @param {string} text What was typed.
 * @returns {number} The number of hidden units that it means, 0 where it is none.
 */
export function hiddenFrom(text) {
  const number = Math.round(Number(text));
  return Number.isFinite(number) ? Math.min(Math.max(number, 0), HIDDEN_MOST) : 0;
}

/** @param {number} most How many pictures there are. @returns {number[]} How many one can choose. */
export function countsUpTo(most) {
  return [...COUNTS.filter((count) => count < most), most];
}

/** @param {number} rate @returns {string} */
export function rateText(rate) {
  return rate.toLocaleString("en", { maximumFractionDigits: 6 });
}
