// Keeps what belongs to a mounted component. Streamlit calls a component's script again whenever
// the server sends other data, and what was made at the first call has to be found again.

import { htmlOf } from "./third_party_dom.js";

/**
 * @template {{end(): void}} Instance
 * @typedef {object} Mounted
 * @property {(root: ShadowRoot) => Instance} create What made the instance.
 * @property {Instance} instance
 * @property {Element | null} html The element that holds the component's HTML.
 * @property {Node[]} untouched A copy of what was in it before the instance was made.
 */

/** The instance is kept on the root, so that another version of this module finds it too. */
const KEY = Symbol.for("pixelviz.mounted");

/**
 * Returns what belongs to a mounted component; at the first call it is made.
 *
 * It is made anew where another version of the script made it: a page stays open while its server
 * is updated, and then gets the new version's scripts.
 * @template {{end(): void}} Instance
 * @param {ShadowRoot} root
 * @param {(root: ShadowRoot) => Instance} create
 * @returns {Instance}
 */
export function instanceFor(root, create) {
  const place = /** @type {{[KEY]?: Mounted<Instance>}} */ (/** @type {unknown} */ (root));
  const before = place[KEY];
  if (before?.create === create) return before.instance;
  const html = htmlOf(root);
  before?.instance.end();
  // Only fresh elements are without the listeners and the parts that the other version added.
  if (html && before?.html === html) html.replaceChildren(...copy(before.untouched));
  const untouched = copy(html ? [...html.childNodes] : []);
  place[KEY] = { create, html, untouched, instance: create(root) };
  return place[KEY].instance;
}

/**
 * Ends what belongs to a component that is no longer on the page.
 * @param {ShadowRoot} root
 */
export function endInstance(root) {
  const place = /** @type {{[KEY]?: Mounted<{end(): void}>}} */ (/** @type {unknown} */ (root));
  place[KEY]?.instance.end();
  delete place[KEY];
}

/** @param {Node[]} nodes @returns {Node[]} */
function copy(nodes) {
  return nodes.map((node) => node.cloneNode(true));
}
