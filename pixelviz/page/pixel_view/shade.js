// The colours of a cell that shows a pixel's value.

/** Above this grey, black text has the better contrast; at it, black and white both have 4.6 : 1. */
const LIGHT_FROM = 118;

/**
 * Gives a cell the shade of its pixel, and text that can be read on it.
 * @param {HTMLElement} cell
 * @param {number} value 0 to 255.
 */
export function shade(cell, value) {
  cell.style.backgroundColor = `rgb(${value} ${value} ${value})`;
  cell.style.color = value >= LIGHT_FROM ? "#000" : value === 0 ? "#8a8a8a" : "#fff";
}
