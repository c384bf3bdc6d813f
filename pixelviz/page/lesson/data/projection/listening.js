// How a person points at one of the points: with the mouse, a finger, or the arrow keys.

import { DIRECTIONS, nearestTo, nextIn } from "./places.js";

/** @typedef {import("./places.js").Place} Place */

/** A point is meant within so many of the page's pixels. */
const REACH_PX = 24;

/**
 * @param {HTMLElement} paper
 * @param {object} points
 * @param {number} points.aspect
 * @param {() => Place[]} points.placesNow
 * @param {() => Place} points.ownPlace Where the arrow keys start from.
 * @param {(at: number) => boolean} points.isMeant Whether a point can be meant.
 * @param {(at: number | null, isPinned: boolean) => void} points.onPoint
 */
export function listenForPoints(paper, { aspect, placesNow, ownPlace, isMeant, onPoint }) {
  /** @type {number | null} */ let pinned = null;
  /** @type {number | null} */ let meant = null;

  /** @param {MouseEvent} event @returns {number | null} */
  function under(event) {
    const box = paper.getBoundingClientRect();
    const place = {
      x: (event.clientX - box.left) / box.width,
      y: (event.clientY - box.top) / box.height,
    };
    return nearestTo(placesNow(), place, aspect, REACH_PX / box.width, isMeant);
  }

  /** @param {number | null} at */
  function point(at) {
    meant = at ?? pinned;
    onPoint(meant, meant !== null && meant === pinned);
  }

  /** @param {number | null} at */
  function pin(at) {
    pinned = at !== null && at === pinned ? null : at;
    meant = pinned ?? meant;
    onPoint(meant, pinned !== null);
  }

  paper.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse" && pinned === null) point(under(event));
  });
  paper.addEventListener("pointerleave", () => pinned === null && point(null));
  paper.addEventListener("click", (event) => {
    pin(under(event));
    if (pinned === null) point(null);
  });
  paper.addEventListener("keydown", (event) => {
    const direction = DIRECTIONS[event.key];
    if (direction) {
      const places = placesNow();
      const from = meant === null ? ownPlace() : places[meant];
      const next = nextIn(places, from, direction, aspect, isMeant);
      if (next !== null) {
        pinned = pinned === null ? null : next;
        point(next);
      }
    } else if (event.key === "Enter") pin(meant);
    else if (event.key === "Escape") {
      pinned = null;
      point(null);
    } else return;
    event.preventDefault();
  });

  return {
    /** Forgets what was pointed at: the points are others now. */
    reset() {
      pinned = null;
      meant = null;
      onPoint(null, false);
    },
  };
}
