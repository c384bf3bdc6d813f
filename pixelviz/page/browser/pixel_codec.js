// A vector's 784 bytes as base64 text, which is how page and server send each other a grid.

/** @typedef {import("./arrays.js").Vector} Vector */

/** @param {string} text Base64. @returns {Vector} */
export function decode(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** @param {Vector} vector @returns {string} Base64. */
export function encode(vector) {
  return btoa(String.fromCharCode(...vector));
}
