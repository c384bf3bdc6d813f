// What is known of the columns of a table, or of an array, once all its values have been seen.

/**
 * @typedef {object} Range
 * @property {number} min Infinity where there is no value.
 * @property {number} max
 * @property {boolean} isInteger Whether all values are whole numbers.
 * @property {boolean} isTruth Whether they were written as true and false.
 */

/** @typedef {{line: number, text: string}} Odd A cell that is no number: where, and what it says. */

export class ColumnStatistics {
  /** @param {number} width How many columns there are. */
  constructor(width) {
    this.width = width;
    this.count = 0;
    this.min = new Float64Array(width).fill(Infinity);
    this.max = new Float64Array(width).fill(-Infinity);
    this.isInteger = new Uint8Array(width).fill(1);
    /** How often each column has its last value plus 1, as the numbers of lines have. */
    this.rises = new Uint32Array(width);
    this.last = new Float64Array(width).fill(NaN);
    /** @type {Float64Array | null} */ this.first = null;
    this.empty = new Uint32Array(width);
    /** @type {Map<number, Odd>} The first cell of each column that is no number, nor empty. */
    this.odd = new Map();
    /** @type {Map<number, number>} The line of the first empty cell of each column. */
    this.firstEmpty = new Map();
    this.hasTruths = false;
  }

  /** @param {Float64Array} values Those of one row, NaN where there is none. */
  add(values) {
    this.first ??= values.slice(0, this.width);
    for (let column = 0; column < this.width; column += 1) this.addValue(column, values[column]);
    this.count += 1;
  }

  /** @param {number} column @param {number} value The next one of this column. */
  addValue(column, value) {
    if (value < this.min[column]) this.min[column] = value;
    if (value > this.max[column]) this.max[column] = value;
    if (this.isInteger[column] && value !== Math.trunc(value)) this.isInteger[column] = 0;
    if (value === this.last[column] + 1) this.rises[column] += 1;
    this.last[column] = value;
  }

  /** @param {import("./csv.js").Row} row */
  addRow(row) {
    this.add(row.values);
    if (row.hasTruths) this.hasTruths = true;
    for (const [column, text] of row.texts) {
      if (text !== "") {
        if (!this.odd.has(column)) this.odd.set(column, { line: row.line, text });
        continue;
      }
      this.empty[column] += 1;
      if (!this.firstEmpty.has(column)) this.firstEmpty.set(column, row.line);
    }
  }

  /** @param {import("./csv.js").Row} row The first one, after all others. */
  addFirstRow(row) {
    const second = this.first;
    this.last.fill(NaN);
    this.addRow(row);
    if (!second) return;
    for (let column = 0; column < this.width; column += 1) {
      if (second[column] === row.values[column] + 1) this.rises[column] += 1;
    }
  }

  /** @param {number} column @returns {boolean} Whether it has digits only, 0 to 9. */
  hasDigits(column) {
    return (
      this.count > 0 &&
      this.hasNumbers(column) &&
      this.isInteger[column] === 1 &&
      this.min[column] >= 0 &&
      this.max[column] <= 9
    );
  }

  /** @param {number} column @returns {boolean} Whether all its cells are numbers. */
  hasNumbers(column) {
    return !this.odd.has(column) && this.empty[column] === 0;
  }

  /** @param {number} column @returns {boolean} Whether it numbers the rows, or names them by texts. */
  isIndex(column) {
    const isCounted =
      this.count > 1 && this.hasNumbers(column) && this.rises[column] === this.count - 1;
    return isCounted || this.odd.has(column);
  }

  /** @param {number} column @returns {boolean} */
  isEmpty(column) {
    return this.count > 0 && this.empty[column] === this.count;
  }

  /** @param {number} column @returns {boolean} */
  isZero(column) {
    return this.min[column] === 0 && this.max[column] === 0;
  }

  /** @param {Iterable<number>} columns @returns {Range} Of all of them together. */
  rangeOf(columns) {
    const range = { min: Infinity, max: -Infinity, isInteger: true, isTruth: this.hasTruths };
    for (const column of columns) {
      range.min = Math.min(range.min, this.min[column]);
      range.max = Math.max(range.max, this.max[column]);
      range.isInteger &&= this.isInteger[column] === 1;
    }
    return range;
  }
}

/** @param {Range[]} ranges @returns {Range} Of all of them together. */
export function joinedRange(ranges) {
  return {
    min: Math.min(...ranges.map(({ min }) => min)),
    max: Math.max(...ranges.map(({ max }) => max)),
    isInteger: ranges.every(({ isInteger }) => isInteger),
    isTruth: ranges.every(({ isTruth }) => isTruth),
  };
}
