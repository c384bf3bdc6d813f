// Reads Pixelviz's page from within, in the same way in every browser engine.

const [SIDE, LENGTH] = [28, 784];

/**
 * @typedef {{table: number[][], picture: number[], strip: number[], label: string}} Views
 *   The integers of the table, row by row; the pixels of the two canvases; what the picture says of
 *   itself: "as drawn" while it follows the pen.
 */

/** @returns {boolean} Whether the page can be drawn on: its canvas and its three views are there. */
export function isReady() {
  return Boolean(find("canvas", "canvas.upper-canvas") && find("pixel_view", "tbody td"));
}

/** @returns {Views} What the three views show, all in the same moment. */
export function views() {
  return {
    table: integers(),
    picture: pixels(SIDE, SIDE),
    strip: pixels(LENGTH, 1),
    label: find("pixel_view", ".picture small")?.textContent ?? "",
  };
}

/** @returns {string} The text that is shown in the part of the page that has a key. */
export function text(/** @type {string} */ key) {
  const elements = roots(key).flatMap((root) => [...root.children]);
  return elements.map((element) => /** @type {HTMLElement} */ (element).innerText).join("\n");
}

/**
 * Brings an element into sight.
 * @param {string} key Of the part of the page that it is in.
 * @param {string} selector
 * @param {string} label Its text; any if empty.
 * @returns {Promise<DOMRect | null>} Where it is in the window, in CSS pixels; null if it is not
 *   there, is moving, or does not take clicks yet.
 */
export async function place(key, selector, label = "") {
  const element = find(key, selector, label);
  if (!element || element.closest("[inert]")) return null;
  element.scrollIntoView({ block: "nearest" });
  const before = element.getBoundingClientRect();
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  const after = element.getBoundingClientRect();
  return JSON.stringify(before) === JSON.stringify(after) ? after.toJSON() : null;
}

/** @returns {string[]} The errors and warnings that the page shows. */
export function errorsShown() {
  const boxes = document.querySelectorAll("[data-testid=stException], [data-testid=stAlert]");
  return [...boxes].map((box) => box.textContent ?? "");
}

/** @returns {number[][]} */
function integers() {
  const tables = all("pixel_view", "table");
  if (tables.length !== 1) throw new Error(`Expected one table, found ${tables.length}.`);
  const rows = [.../** @type {HTMLTableElement} */ (tables[0]).tBodies[0].rows];
  return rows.map((row) => [...row.querySelectorAll("td")].map((cell) => Number(cell.textContent)));
}

/** @returns {number[]} The grey of each pixel of the one canvas of that size, row by row. */
function pixels(/** @type {number} */ width, /** @type {number} */ height) {
  const canvases = /** @type {HTMLCanvasElement[]} */ (all("pixel_view", "canvas")).filter(
    (canvas) => canvas.width === width && canvas.height === height,
  );
  if (canvases.length !== 1) {
    throw new Error(`Expected one canvas of ${width} × ${height}, found ${canvases.length}.`);
  }
  const context = /** @type {CanvasRenderingContext2D} */ (canvases[0].getContext("2d"));
  const { data } = context.getImageData(0, 0, width, height);
  return Array.from({ length: width * height }, (_, index) => {
    const [red, green, blue, alpha] = data.slice(4 * index, 4 * index + 4);
    if (red !== green || red !== blue || alpha !== 255) {
      throw new Error(`Pixel ${index} is not grey: ${[red, green, blue, alpha]}.`);
    }
    return red;
  });
}

/** @returns {Element | undefined} */
function find(/** @type {string} */ key, /** @type {string} */ selector, label = "") {
  return all(key, selector).find(
    (element) => label === "" || element.textContent?.trim() === label,
  );
}

/** @returns {Element[]} What a selector finds in the part of the page that has a key. */
function all(/** @type {string} */ key, /** @type {string} */ selector) {
  return roots(key).flatMap((root) => [...root.querySelectorAll(selector)]);
}

/** @returns {(Element | ShadowRoot)[]} The part of the page that has a key; its shadow roots. */
function roots(/** @type {string} */ key) {
  const part = document.querySelector(`.st-key-${key}`);
  if (!part) return [];
  return [part, ...[...part.querySelectorAll("*")].flatMap((element) => element.shadowRoot ?? [])];
}
