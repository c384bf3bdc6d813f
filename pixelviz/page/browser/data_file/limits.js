// What a file of pictures may hold: all that is read stays below these bounds, whatever a file says.

import { LENGTH, SIDE } from "../arrays.js";

/** Above MNIST's 70,000 digits as CSV, the largest of the usual files, which takes 128 MB. */
export const FILE_BYTES_MAX = 150_000_000;

/** MNIST has as many. */
export const COUNT_MAX = 70_000;

/** What a file may become once it is unpacked: that many pictures of 8 bytes a pixel, and a header. */
export const UNPACKED_BYTES_MAX = 8 * COUNT_MAX * LENGTH + 1_000_000;

/** How wide a table may be: a picture in colour takes 2,352 columns. */
export const COLUMNS_MAX = 10_000;

/** The longest line of a table, in bytes: 784 values of 18 decimals take 20,000. */
export const LINE_BYTES_MAX = 400_000;

/** The longest table: each picture on 28 lines, with a blank one after it. */
export const LINES_MAX = COUNT_MAX * (SIDE + 1);
