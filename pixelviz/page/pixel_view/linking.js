// Links the views: the pixel that is pointed at or pinned in one of them is marked in all.

import { indexAfterKey, valueAfterKey } from "./keys.js";

/** @typedef {import("./marks.js").LinkedView} LinkedView */

/**
 * @typedef {object} Links
 * @property {number | null} pinned The pinned pixel.
 * @property {number | null} index The pixel that is pointed at, else the pinned one.
 * @property {(index: number | null) => void} pin Pins a pixel, or none.
 */

/**
 * @typedef {object} Outputs
 * @property {(links: Links) => void} onChange Called when another pixel is pointed at or pinned.
 * @property {(pinned: number | null) => void} onPin Called when another pixel is pinned, or none.
 * @property {(index: number) => number} valueOf Returns a pixel's value.
 * @property {(index: number, value: number) => void} onEdit Called when a key changes a value.
 */

/**
 * @param {LinkedView[]} views
 * @param {LinkedView} strip The one of them in which the rows make one line.
 * @param {Outputs} outputs
 */
export function link(views, strip, outputs) {
  /** @type {number | null} */ let pointed = null;
  /** @type {number | null} */ let pinned = null;
  /** @type {number | null} The pixel that was last moved to by key, or clicked. */
  let active = null;
  let typed = ""; // the digits of a value that is being typed

  const links = {
    get pinned() {
      return pinned;
    },
    get index() {
      return pointed ?? pinned;
    },
    pin,
  };

  /** @param {number | null} index */
  function point(index) {
    if (index === pointed) return;
    pointed = index;
    views.forEach((view) => view.point(index));
    outputs.onChange(links);
  }

  /** Pins a pixel, or none. @param {number | null} index */
  function pin(index) {
    if (index === pinned) return;
    pinned = index;
    active = index ?? active;
    typed = "";
    views.forEach((view) => view.pin(pinned));
    outputs.onChange(links);
    outputs.onPin(pinned);
  }

  /** Pins a pixel, or takes the pin off where it is already. @param {number} index */
  function togglePin(index) {
    pin(index === pinned ? null : index);
  }

  /** @param {KeyboardEvent} event @param {number} index @returns {boolean} Whether it was a change. */
  function editWithKey(event, index) {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const edit = valueAfterKey(event.key, outputs.valueOf(index), typed);
    typed = edit?.typed ?? "";
    if (!edit) return false;
    outputs.onEdit(index, edit.value);
    point(index);
    return true;
  }

  /** @param {LinkedView} view @param {KeyboardEvent} event @returns {boolean} Whether it was used. */
  function press(view, event) {
    const from = active ?? pointed ?? pinned;
    const to = indexAfterKey(event.key, from, view === strip);
    if (to !== null) {
      active = to;
      typed = "";
      point(to);
      view.reveal(to);
      return true;
    }
    if (from !== null && editWithKey(event, from)) return true;
    if (event.key === "Enter" && from !== null) togglePin(from);
    else if (event.key === "Escape" && pinned !== null) pin(null);
    else return false;
    return true;
  }

  for (const view of views) {
    const { element } = view;
    element.addEventListener("pointermove", (event) => point(view.indexAt(event)));
    element.addEventListener("pointerdown", (event) => point(view.indexAt(event)));
    element.addEventListener("pointerleave", () => point(null));
    element.addEventListener("click", (event) => {
      const index = view.indexAt(event);
      if (index !== null && getSelection()?.isCollapsed !== false) togglePin(index);
    });
    element.addEventListener("blur", () => {
      active = null;
      typed = "";
      point(null);
    });
    element.addEventListener("keydown", (event) => {
      if (press(view, event)) event.preventDefault();
    });
  }
  return links;
}
