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
  const rows = new Float64Array(newHeight * width);
  for (const { band, line, share } of overlaps(height, newHeight)) {
    const from = line * width;
    const to = band * width;
    for (let x = 0; x < width; x += 1) rows[to + x] += share * ink[from + x];
  }
  const sums = new Float64Array(newHeight * newWidth);
  for (const { band, line, share } of overlaps(width, newWidth)) {
    for (let y = 0; y < newHeight; y += 1) {
      sums[y * newWidth + band] += share * rows[y * width + line];
    }
  }
  const area = height * width; // of one new pixel, in the units of the sums
  return Uint8Array.from(sums, (sum) => Math.floor((2 * sum + area) / (2 * area)));
}

/**
 * Divides lines into equally wide bands, whose edges may cut a line in parts.
 * @param {number} count How many lines there are.
 * @param {number} bands
 * @returns {{band: number, line: number, share: number}[]} Which lines each band has, and how much
 *   of each: a whole line counts `bands`, so that any part of one counts an integer too.
 */
function overlaps(count, bands) {
  const found = [];
  for (let band = 0; band < bands; band += 1) {
    const [top, bottom] = [band * count, (band + 1) * count];
    for (let line = Math.floor(top / bands); line * bands < bottom; line += 1) {
      const share = Math.min(bottom, (line + 1) * bands) - Math.max(top, line * bands);
      found.push({ band, line, share });
    }
  }
  return found;
}
