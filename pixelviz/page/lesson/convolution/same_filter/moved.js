// What is left of a layer's numbers when the digit moves.

/**
 * @typedef {object} Along How a map compares with that of the unmoved digit, moved by as many pixels.
 * @property {number} compared How many of its numbers have a partner.
 * @property {number} same How many of these are exactly the same.
 */

/**
 * @param {ArrayLike<number>} before A map, row by row.
 * @param {ArrayLike<number>} after The map of the moved digit.
 * @param {number} side Rows and columns of both.
 * @param {[number, number]} moved How far down and to the right.
 * @returns {Along}
 */
export function compareAlong(before, after, side, [rows, columns]) {
  let [compared, same] = [0, 0];
  for (let row = Math.max(rows, 0); row < Math.min(side + rows, side); row += 1) {
    for (let column = Math.max(columns, 0); column < Math.min(side + columns, side); column += 1) {
      compared += 1;
      const partner = (row - rows) * side + column - columns;
      if (after[row * side + column] === before[partner]) same += 1;
    }
  }
  return { compared, same };
}

/**
 * @param {ArrayLike<number>} before The numbers of some units.
 * @param {ArrayLike<number>} after Those of the same units.
 * @returns {{changed: number, active: number, byOnAverage: number}} How many are not the same; how many
 *   are above 0 before or after; and how far those that have changed are from before, on average.
 */
export function compareUnits(before, after) {
  let [changed, active, distance] = [0, 0, 0];
  for (let unit = 0; unit < before.length; unit += 1) {
    if (before[unit] !== after[unit]) changed += 1;
    distance += Math.abs(after[unit] - before[unit]);
    if (before[unit] > 0 || after[unit] > 0) active += 1;
  }
  return { changed, active, byOnAverage: changed > 0 ? distance / changed : 0 };
}
