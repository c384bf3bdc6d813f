// A wall of pictures: only those in sight are painted, so 70,000 are no more work than 100.

import { PIXEL_MAX, SIDE } from "../../../browser/arrays.js";
import { find } from "../../../browser/elements.js";
import { contextOf } from "../../../browser/painter.js";
import { afterKey, heightOf, inSight, pictureAt } from "./wall_layout.js";

/** @typedef {import("../../../browser/arrays.js").Vector} Vector */

/** A picture on the wall has two points for each pixel, where there is room, and a gap after it. */
const [PICTURE_PX, GAP_PX] = [2 * SIDE, 2];
const CELL_PX = PICTURE_PX + GAP_PX;

/** So many rows are in sight at most. */
const ROWS = 6;

/**
 * @param {HTMLElement} element Scrolls; has a canvas, a mark, and what makes it as high as the wall.
 * @param {object} listener
 * @param {(at: number) => void} listener.onChoose
 * @param {(at: number | null) => void} listener.onPoint
 */
export function createWall(element, { onChoose, onPoint }) {
  const canvas = find(element, "canvas", HTMLCanvasElement);
  const whole = find(element, ".whole", HTMLElement);
  const mark = find(element, ".mark", HTMLElement);
  const context = contextOf(canvas);
  const picture = document.createElement("canvas");
  picture.width = picture.height = SIDE;
  const small = contextOf(picture);
  const image = small.createImageData(SIDE, SIDE);
  image.data.fill(PIXEL_MAX);
  let wall = { columns: 1, cell: CELL_PX, count: 0 };
  /** @type {(at: number) => Vector} */ let pictureOf = () => new Uint8Array();
  let chosen = 0;
  let request = 0;

  function paintSoon() {
    request ||= requestAnimationFrame(paint);
  }

  function paint() {
    request = 0;
    const { scrollTop, clientHeight } = element;
    const { start, end } = inSight(wall, scrollTop, clientHeight);
    const [width, height] = [wall.columns * CELL_PX, clientHeight];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context.clearRect(0, 0, width, height);
    context.imageSmoothingEnabled = false;
    for (let at = start; at < end; at += 1) {
      const pixels = pictureOf(at);
      for (let index = 0; index < pixels.length; index += 1) {
        const value = pixels[index];
        image.data[4 * index] = image.data[4 * index + 1] = image.data[4 * index + 2] = value;
      }
      small.putImageData(image, 0, 0);
      const { x, y } = placeOf(at);
      context.drawImage(picture, x, y - scrollTop, PICTURE_PX, PICTURE_PX);
    }
    const { x, y } = placeOf(chosen);
    mark.hidden = wall.count === 0;
    mark.style.transform = `translate(${x}px, ${y}px)`;
  }

  /** @param {number} at */
  function placeOf(at) {
    return { x: (at % wall.columns) * CELL_PX, y: Math.floor(at / wall.columns) * CELL_PX };
  }

  function layOut() {
    const columns = Math.max(Math.floor((element.clientWidth + GAP_PX) / CELL_PX), 1);
    wall = { ...wall, columns };
    whole.style.height = `${heightOf(wall)}px`;
    element.style.height = `${Math.min(heightOf(wall), ROWS * CELL_PX)}px`;
    paintSoon();
  }

  /** @param {MouseEvent} event */
  function under({ clientX, clientY }) {
    const box = element.getBoundingClientRect();
    return pictureAt(wall, clientX - box.left, clientY - box.top + element.scrollTop);
  }

  element.addEventListener("scroll", paintSoon, { passive: true });
  element.addEventListener("pointermove", (event) => onPoint(under(event)));
  element.addEventListener("pointerleave", () => onPoint(null));
  element.addEventListener("click", (event) => {
    const at = under(event);
    if (at !== null) onChoose(at);
  });
  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || wall.count === 0) return;
    const to = afterKey(wall, chosen, event.key, Math.floor(element.clientHeight / CELL_PX));
    if (to === null) return;
    event.preventDefault();
    onChoose(to);
  });
  const sizes = new ResizeObserver(layOut);
  sizes.observe(element);

  return {
    /** @param {number} count @param {(at: number) => Vector} getPicture */
    show(count, getPicture) {
      wall = { ...wall, count };
      pictureOf = getPicture;
      layOut();
    },

    /** Marks a picture, and scrolls to it if it is out of sight. @param {number} at */
    choose(at) {
      chosen = at;
      const { y } = placeOf(at);
      const { scrollTop, clientHeight } = element;
      if (y < scrollTop) element.scrollTop = y;
      else if (y + CELL_PX > scrollTop + clientHeight) element.scrollTop = y + CELL_PX - clientHeight;
      paintSoon();
    },

    end() {
      cancelAnimationFrame(request);
      sizes.disconnect();
    },
  };
}
