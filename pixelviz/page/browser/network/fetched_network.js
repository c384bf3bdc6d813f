// A network for a chapter that shows its weights. The Worker that computes answers has its own copy.

import { read } from "./network_file.js";

/**
 * @param {string} address Relative to the page's. The browser keeps the file, so that it is fetched once.
 * @returns {Promise<import("./network.js").Network>} Rejects where the file is missing or broken off.
 */
export async function fetchNetwork(address) {
  const response = await fetch(new URL(address, document.baseURI));
  if (!response.ok) throw new Error(`The network was answered with ${response.status}.`);
  return read(await response.arrayBuffer());
}
