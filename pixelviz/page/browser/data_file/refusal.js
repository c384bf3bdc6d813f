// Why a file is no data set that can be read.

/** Its message is one sentence, or a few, for the person whose file it is. */
export class Refusal extends Error {}

const SHOWN_LENGTH = 24;

/** @param {string} text Anything from a file. @returns {string} It in quotes, not too long. */
export function quoted(text) {
  const plain = text.replace(/[\p{C}\s]+/gu, " ").trim();
  return `“${plain.length > SHOWN_LENGTH ? `${plain.slice(0, SHOWN_LENGTH)}…` : plain}”`;
}

/** @param {number} value @returns {string} At most 4 digits, "−0.424". */
export function formatValue(value) {
  const rounded = Number(value.toPrecision(4));
  return rounded.toLocaleString("en-US", { maximumFractionDigits: 6 }).replace("-", "\u2212");
}
