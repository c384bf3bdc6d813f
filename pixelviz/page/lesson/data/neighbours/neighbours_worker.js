// The Worker that looks for the nearest neighbours. neighbour_search.js starts it.

import { nearest, squaredNorms } from "./nearest.js";

const page = /** @type {Worker} */ (/** @type {unknown} */ (self));
/** @type {Uint8Array} */ let grids = new Uint8Array();
/** @type {Float64Array} */ let norms = new Float64Array();

page.onmessage = ({ data }) => {
  if (data.kind === "set") {
    grids = data.grids;
    norms = squaredNorms(grids);
  } else page.postMessage({ number: data.number, found: nearest(data.vector, grids, norms, data.count) });
};
