// The eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's rotations.

/** Rotations end where what is off the diagonal is so small a share of the whole. */
const SMALL = 1e-14;
const SWEEPS = 50;

/**
 * @param {Float64Array[]} matrix (n, n), symmetric.
 * @returns {{value: number, vector: Float64Array}[]} n of them, the largest eigenvalue first; the
 *   vectors have the length 1 and stand at right angles.
 */
export function eigenOf(matrix) {
  const size = matrix.length;
  const a = matrix.map((row) => row.slice());
  const vectors = a.map((_, row) => Float64Array.from(a, (__, column) => Number(row === column)));
  for (let sweep = 0; sweep < SWEEPS && !isDiagonal(a); sweep += 1) {
    for (let p = 0; p < size; p += 1) for (let q = p + 1; q < size; q += 1) rotate(a, vectors, p, q);
  }
  return a
    .map((row, at) => ({
      value: row[at],
      vector: Float64Array.from(vectors, (each) => each[at]),
    }))
    .sort((one, other) => other.value - one.value);
}

/** @param {Float64Array[]} a @returns {boolean} */
function isDiagonal(a) {
  let [off, all] = [0, 0];
  a.forEach((row, y) =>
    row.forEach((value, x) => {
      all += value ** 2;
      if (x !== y) off += value ** 2;
    }),
  );
  return off <= SMALL ** 2 * all;
}

/**
 * Turns rows and columns p and q so that a[p][q] becomes 0.
 * @param {Float64Array[]} a
 * @param {Float64Array[]} vectors The columns are turned alike.
 * @param {number} p
 * @param {number} q
 */
function rotate(a, vectors, p, q) {
  if (a[p][q] === 0) return;
  const slope = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  const tangent = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.hypot(slope, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (const row of [...a, ...vectors]) {
    const [left, right] = [row[p], row[q]];
    row[p] = cosine * left - sine * right;
    row[q] = sine * left + cosine * right;
  }
  for (let column = 0; column < a.length; column += 1) {
    const [upper, lower] = [a[p][column], a[q][column]];
    a[p][column] = cosine * upper - sine * lower;
    a[q][column] = sine * upper + cosine * lower;
  }
}
