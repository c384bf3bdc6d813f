// Ten colours, one for each digit, that can be told apart on the black paper.

/** @type {string[]} */
export const DIGIT_COLOURS = [
  "#ff5c5c",
  "#ffe119",
  "#3cb44b",
  "#3f8cff",
  "#ff9a1f",
  "#46e0f5",
  "#f032e6",
  "#f7c6d9",
  "#a35cff",
  "#a9a9a9",
];

/** Where the targets are not known. */
export const NO_COLOUR = "#8ab4f8";
