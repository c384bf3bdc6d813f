// Counts as the page writes them.

/** @param {number} number @returns {string} With a comma between thousands. */
export function grouped(number) {
  return number.toLocaleString("en-US");
}

/** @param {number} count @param {string} noun @returns {string} "1 line", "1,200 lines". */
export function counted(count, noun) {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}
