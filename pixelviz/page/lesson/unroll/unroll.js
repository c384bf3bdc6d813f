// The picture's lines slide one by one into the strip: its rows, or its columns.

import { SIDE } from "../../browser/arrays.js";
import { find, write } from "../../browser/elements.js";
import { endInstance, instanceFor } from "../../browser/instances.js";
import { decode } from "../../browser/pixel_codec.js";
import { describe, doneAfterKey } from "./lines.js";
import { createStage } from "./stage.js";

/** @typedef {import("./lines.js").Order} Order */

const LINE_MS = 450; // how long one line slides

/**
 * @param {{data: {pixels: string, order: Order}, parentElement: ShadowRoot}} component `pixels` is
 *   the grid's 784 bytes, row by row, in base64.
 */
export default function show({ data, parentElement }) {
  instanceFor(parentElement, createShow).set(decode(data.pixels), data.order);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createShow(root) {
  const stage = createStage(find(root, "canvas", HTMLCanvasElement));
  const play = find(root, ".play", HTMLButtonElement);
  const step = find(root, ".step", HTMLButtonElement);
  const slider = find(root, ".slider", HTMLInputElement);
  const reading = find(root, "output", HTMLElement);
  const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
  /** @type {Order} */ let order = "rows";
  let done = 0; // how many lines are in the strip; between two whole numbers, one is on its way
  let request = 0; // the next frame's, while the animation plays
  let last = 0; // when the last frame was

  /** @param {import("../../browser/arrays.js").Vector} vector @param {Order} newOrder */
  function set(vector, newOrder) {
    if (newOrder !== order) done = 0;
    order = newOrder;
    stage.set(vector, order);
    play.hidden = reducedMotion.matches;
    paint();
  }

  function paint() {
    stage.paint(done);
    tell();
  }

  function tell() {
    slider.value = String(done);
    write(reading, describe(done, order));
    write(play, request ? "Pause" : "Play");
  }

  /** @param {number} now */
  function move(now) {
    done = Math.min(done + (now - last) / LINE_MS, SIDE);
    last = now;
    request = done < SIDE ? requestAnimationFrame(move) : 0;
    paint();
  }

  function stop() {
    cancelAnimationFrame(request);
    request = 0;
  }

  /** @param {number} lines */
  function goTo(lines) {
    stop();
    done = lines;
    paint();
  }

  play.addEventListener("click", () => {
    if (request) stop();
    else {
      if (done >= SIDE) done = 0;
      last = performance.now();
      request = requestAnimationFrame(move);
    }
    tell();
  });
  step.addEventListener("click", () => goTo(done >= SIDE ? 0 : Math.floor(done + 1)));
  slider.addEventListener("input", () => {
    goTo(reducedMotion.matches ? Math.round(slider.valueAsNumber) : slider.valueAsNumber);
  });
  // The arrow keys go from line to line: the slider's own steps are as fine as the pointer's.
  slider.addEventListener("keydown", (event) => {
    const lines = doneAfterKey(event.key, done);
    if (lines === null) return;
    event.preventDefault();
    goTo(lines);
  });
  const resizes = new ResizeObserver(paint);
  resizes.observe(find(root, ".stage", HTMLElement));
  return {
    set,
    end() {
      stop();
      resizes.disconnect();
    },
  };
}
