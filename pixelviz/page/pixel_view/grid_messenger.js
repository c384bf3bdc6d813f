// Hands the grid over to the pixel view, wherever that is on the page and whenever it gets there.

/**
 * Streamlit calls this whenever the server sends another grid.
 * @param {{data: {pixels: string, drawn: string | null}}} component `pixels` is the vector's 784
 *   bytes in base64, `drawn` those of the same drawing as drawn, where they differ.
 */
export default function handOver({ data }) {
  document.pixelvizGrid = data;
  document.dispatchEvent(new Event("pixelviz-grid"));
}
