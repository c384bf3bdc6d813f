// Ink in another size, as in resample.py: each new pixel is the average of the area it covers.

/**
 * The sums are exact integers; only the final average is rounded, halves up.
 * @param {Uint8Array} ink Row by row.
 * @param {number} height Rows of the ink.
 * @param {number} width Its columns.
 * @param {number} newHeight
 * @param {number} newWidth
 * @returns {Uint8Array} `newHeight * newWidth` averages, row by row.
 */
export function average(ink, height, width, newHeight, newWidth) {
  const down = overlaps(height, newHeight);
  const rows = new Int32Array(newHeight * width);
  for (let at = 0; at < down.lines.length; at += 1) {
    const [from, to, share] = [down.lines[at] * width, down.bands[at] * width, down.shares[at]];
    for (let x = 0; x < width; x += 1) rows[to + x] += share * ink[from + x];
  }
  const across = overlaps(width, newWidth);
  const sums = new Float64Array(newHeight * newWidth);
  for (let y = 0; y < newHeight; y += 1) {
    const [from, to] = [y * width, y * newWidth];
    for (let at = 0; at < across.lines.length; at += 1) {
      sums[to + across.bands[at]] += across.shares[at] * rows[from + across.lines[at]];
    }
  }
  const area = height * width; // of one new pixel, in the units of the sums
  return Uint8Array.from(sums, (sum) => Math.floor((2 * sum + area) / (2 * area)));
}

/**
 * @typedef {object} Overlaps Which lines each band has, and how much of each.
 * @property {Int32Array} bands
 * @property {Int32Array} lines
 * @property {Int32Array} shares A whole line counts as many as there are bands, so that any part of
 *   one counts an integer too.
 */

/** @type {Map<string, Overlaps>} Those computed so far: there are as many as sizes of drawings. */
const known = new Map();

/**
 * Divides lines into equally wide bands, whose edges may cut a line in parts.
 * @param {number} count How many lines there are.
 * @param {number} bands
 * @returns {Overlaps}
 */
function overlaps(count, bands) {
  const key = `${count} ${bands}`;
  let found = known.get(key);
  if (!found) {
    found = computeOverlaps(count, bands);
    known.set(key, found);
  }
  return found;
}

/** @param {number} count @param {number} bands @returns {Overlaps} */
function computeOverlaps(count, bands) {
  const parts = [];
  for (let band = 0; band < bands; band += 1) {
    const [top, bottom] = [band * count, (band + 1) * count];
    for (let line = Math.floor(top / bands); line * bands < bottom; line += 1) {
      const share = Math.min(bottom, (line + 1) * bands) - Math.max(top, line * bands);
      parts.push({ band, line, share });
    }
  }
  return {
    bands: Int32Array.from(parts, ({ band }) => band),
    lines: Int32Array.from(parts, ({ line }) => line),
    shares: Int32Array.from(parts, ({ share }) => share),
  };
}
