// The way of the window from place to place: by itself, step by step, or by the slider.

import { find, write } from "../../../browser/elements.js";

const PLACES_PER_S = 25;

/**
 * @param {ParentNode} root Has the buttons Play and Step and the slider.
 * @param {() => void} onMove Called when the window is at another place, or more places are shown.
 */
export function createWalk(root, onMove) {
  const play = find(root, ".play", HTMLButtonElement);
  const step = find(root, ".step", HTMLButtonElement);
  const slider = find(root, ".slider", HTMLInputElement);
  const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
  let count = 1;
  let at = 0;
  let isGrowing = false; // whether only the places so far are shown
  let request = 0; // the next frame's, while the window moves by itself
  let begun = 0; // when it began to, and from where
  let from = 0;

  /** @param {number} now */
  function move(now) {
    const to = Math.min(from + Math.floor(((now - begun) / 1000) * PLACES_PER_S), count - 1);
    request = requestAnimationFrame(move);
    if (to >= count - 1) finish();
    if (to !== at) set(to);
  }

  function stop() {
    cancelAnimationFrame(request);
    request = 0;
    tell();
  }

  function finish() {
    isGrowing = false;
    stop();
  }

  /** @param {number} to */
  function set(to) {
    at = to;
    tell();
    onMove();
  }

  function tell() {
    play.hidden = reducedMotion.matches;
    write(play, request ? "Pause" : "Play");
    slider.max = String(count - 1);
    slider.value = String(at);
  }

  play.addEventListener("click", () => {
    if (request) {
      stop();
    } else {
      from = isGrowing ? at : 0;
      isGrowing = true;
      begun = performance.now();
      request = requestAnimationFrame(move);
      set(from);
    }
  });
  step.addEventListener("click", () => {
    stop();
    if (at + 1 >= count - 1) isGrowing = false;
    set((at + 1) % count);
  });
  slider.addEventListener("input", () => goTo(slider.valueAsNumber));

  /** Leads to a place, and shows all. @param {number} to */
  function goTo(to) {
    finish();
    set(to);
  }

  return {
    goTo,

    /** Says how many places there are, and at which the window is. @param {number} all @param {number} to */
    setCount(all, to) {
      if (all !== count) finish();
      count = all;
      at = to;
      tell();
    },

    /** @param {string} text What the slider says of its place. */
    describe(text) {
      slider.setAttribute("aria-valuetext", text);
    },

    get at() {
      return at;
    },

    /** How many places are shown. */
    get shown() {
      return isGrowing ? at + 1 : count;
    },

    get isMoving() {
      return request !== 0;
    },

    end() {
      cancelAnimationFrame(request);
    },
  };
}
