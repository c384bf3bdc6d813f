// A single picture -> a file that the server's importer reads (formats/csv_file.py, npy_file.py).

import { LENGTH, SIDE } from "../arrays.js";
import { npyFile } from "../npy_file.js";

/** @typedef {import("../arrays.js").Vector} Vector */

/**
 * @param {Vector} vector
 * @param {number | null} label 0 to 9.
 * @param {string} name Of the file that it comes from.
 * @returns {File} An NPY file for one, else a CSV file: its name says where it comes from.
 */
export function singlePictureFile(vector, label, name) {
  if (/\.npy$/i.test(name) && label === null) return new File([npyOf(vector)], name);
  const plain = name.replace(/(\.(csv|tsv|txt|gz|npy|npz|zip))+$/i, "");
  return new File([csvOf(vector, label)], `${plain}.csv`, { type: "text/csv" });
}

/** @param {Vector} vector @param {number | null} label @returns {string} As `csv_file.encode` writes it. */
export function csvOf(vector, label) {
  const names = Array.from(
    vector,
    (_, index) => `${Math.floor(index / SIDE) + 1}x${(index % SIDE) + 1}`,
  );
  return `label,${names.join(",")}\n${label ?? ""},${vector.join(",")}\n`;
}

/** @param {Vector} vector @returns {Uint8Array<ArrayBuffer>} As `numpy.save` writes it. */
export function npyOf(vector) {
  return npyFile("|u1", [LENGTH], vector);
}
