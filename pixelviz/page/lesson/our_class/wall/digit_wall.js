// Paints the digits of a class in their groups, and tells which of them is meant.

import { SIDE } from "../../../browser/arrays.js";
import { find } from "../../../browser/elements.js";
import { contextOf } from "../../../browser/painter.js";
import { createAtlas } from "./atlas.js";
import { createFlight } from "./flight.js";
import { afterKey, cornerOf, isSameFrame, layOut, placeAt } from "./group_layout.js";
import { byDevice, byDigit } from "./grouping.js";
import { createLabels } from "./labels.js";

/**
 * @typedef {import("../../../browser/our_class/teacher.js").Class} Class
 * @typedef {import("../../../browser/our_class/teacher.js").Device} Device
 * @typedef {import("../../../browser/our_class/teacher.js").Given} Given
 * @typedef {import("./group_layout.js").Place} Place
 *
 * @typedef {object} Listener
 * @property {(digit: Given) => void} onChoose
 * @property {(device: Device) => void} onDevice
 * @property {() => void} onEnter
 */

/** A label with the name of a device is so many times as wide as one with a digit. */
const NAME_WIDTH = 2.6;

/** So many devices stand below each other before there is a second column. */
const DEVICES_BELOW = 10;

/** The wall takes so much of the window's height, where its pictures can be small enough. */
const SHARE_OF_WINDOW = 0.72;

/** Below the wall on the whole screen, in the window's pixels. */
const MARGIN_PX = 24;

/** @param {HTMLElement} stage @param {Listener} listener */
export function createDigitWall(stage, { onChoose, onDevice, onEnter }) {
  const wall = find(stage, ".wall", HTMLElement);
  const canvas = find(stage, ".tiles", HTMLCanvasElement);
  const outline = find(stage, ".mark", HTMLElement);
  const context = contextOf(canvas);
  const atlas = createAtlas();
  const flight = createFlight(find(stage, ".sky", HTMLElement));
  const labels = createLabels(find(stage, ".labels", HTMLElement), onDevice);
  /** @type {Class | null} */ let state = null;
  /** @type {import("./grouping.js").Group[]} */ let groups = [];
  let isByDevice = false;
  let layout = layOut([], roomFor(1));
  /** The number of the marked digit. @type {number | null} */ let marked = null;
  let request = 0;

  /** @param {number} count How many groups there are. @returns {import("./group_layout.js").Room} */
  function roomFor(count) {
    const style = getComputedStyle(stage);
    const label = (/** @type {string} */ name) => remOf(style.getPropertyValue(name));
    const width = stage.clientWidth;
    const isFull = stage.matches(":fullscreen > *");
    const height = isFull
      ? innerHeight - stage.offsetTop - MARGIN_PX
      : Math.max(SHARE_OF_WINDOW * innerHeight, 400);
    const labelWidth = label("--label") * (isByDevice ? NAME_WIDTH : 1);
    const columns = isByDevice ? columnsFor(count, width, labelWidth) : 1;
    return { width, height, columns, labelWidth, labelHeight: label("--label-height") };
  }

  /** @returns {boolean} Whether what was painted is at its place still. */
  function fit() {
    if (!state || stage.clientWidth === 0) return true;
    const before = layout;
    groups = isByDevice ? byDevice(state.digits, state.devices) : byDigit(state.digits);
    layout = layOut(groups.map(({ digits }) => digits.length), roomFor(groups.length));
    labels.show(groups, layout);
    return isSameFrame(before, layout);
  }

  function arrange() {
    fit();
    paintSoon();
  }

  function paintSoon() {
    request ||= requestAnimationFrame(paint);
  }

  function paint() {
    request = 0;
    const [width, height] = [stage.clientWidth, Math.max(layout.height, 1)];
    const ratio = Math.min(devicePixelRatio, 2);
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== across) canvas.width = across;
    if (canvas.height !== down) canvas.height = down;
    canvas.style.cssText = `width: ${width}px; height: ${height}px`;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.imageSmoothingEnabled = (layout.side * ratio) % SIDE !== 0;
    context.imageSmoothingQuality = "high";
    groups.forEach(({ digits }, group) => digits.forEach((digit, at) => paintOne(digit, { group, at })));
    paintMark();
  }

  /** @param {Given} digit @param {Place | null} at */
  function paintOne({ number }, at) {
    if (!at || flight.has(number)) return;
    const { x, y } = cornerOf(layout, at);
    atlas.draw(context, number, x, y, layout.side);
  }

  /** @param {Given} digit Has just come to its place; all others are painted. */
  function add(digit) {
    if (request === 0) paintOne(digit, placeOf(digit.number));
  }

  function paintMark() {
    const place = placeOf(marked);
    outline.hidden = place === null;
    if (!place) return;
    const { x, y } = cornerOf(layout, place);
    outline.style.cssText = `transform: translate(${x}px, ${y}px); width: ${layout.side}px; height: ${layout.side}px`;
  }

  /** @param {number | null} number @returns {Place | null} */
  function placeOf(number) {
    for (const [group, { digits }] of groups.entries()) {
      const at = digits.findIndex((digit) => digit.number === number);
      if (at >= 0) return { group, at };
    }
    return null;
  }

  /** @param {Place | null} place */
  function choose(place) {
    const digit = place && groups[place.group].digits[place.at];
    if (digit) onChoose(digit);
  }

  wall.addEventListener("click", ({ clientX, clientY }) => {
    const box = wall.getBoundingClientRect();
    choose(placeAt(layout, clientX - box.left, clientY - box.top));
  });
  wall.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const from = placeOf(marked);
    const to = afterKey(layout, from, event.key);
    if (event.key === "Enter" && from) onEnter();
    else if (to) {
      choose(to);
      outline.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else return;
    event.preventDefault();
  });
  const sizes = new ResizeObserver(arrange);
  sizes.observe(stage);
  addEventListener("resize", arrange);

  return {
    /** @param {Class} next @param {boolean} isOther Whether it is another class than before. */
    show(next, isOther) {
      const before = isOther ? null : state;
      state = next;
      if (before?.digits === next.digits && keysOf(before) === keysOf(next)) return;
      const there = new Set(before?.digits.map(({ number }) => number));
      const fresh = before?.isKnown ? next.digits.filter(({ number }) => !there.has(number)) : [];
      atlas.hold(next.digits);
      const isMoreOnly = next.digits.length === (before?.digits.length ?? 0) + fresh.length;
      const isSame = fit() && isMoreOnly;
      if (!isSame) flight.land();
      flight.launch(fresh, goalOf, add);
      if (isSame) fresh.forEach(add);
      else paintSoon();
    },

    /** @param {boolean} byDevices */
    groupBy(byDevices) {
      isByDevice = byDevices;
      flight.land();
      arrange();
    },

    measure: arrange,

    /** @param {number | null} number */
    mark(number) {
      marked = number;
      paintMark();
    },

    /** @param {{digit: number | null, device: number}} of @returns {{x: number, y: number, width: number, height: number}} */
    boxOf({ digit, device }) {
      const place = placeOf(digit);
      if (place) return { ...cornerOf(layout, place), width: layout.side, height: layout.side };
      const group = groups.findIndex((each) => each.device?.device === device);
      const { x, y, height } = layout.boxes[Math.max(group, 0)];
      return { x, y, width: layout.labelWidth, height: Math.min(height, layout.side) };
    },

    /** @returns {{width: number, top: number, bottom: number}} What is in sight of the stage. */
    room() {
      const { top } = stage.getBoundingClientRect();
      return { width: stage.clientWidth, top: -top, bottom: innerHeight - top };
    },

    focus: () => wall.focus({ preventScroll: true }),

    end() {
      cancelAnimationFrame(request);
      sizes.disconnect();
      removeEventListener("resize", arrange);
      flight.end();
    },
  };

  /** @param {Given} digit */
  function goalOf(digit) {
    const place = placeOf(digit.number) ?? { group: 0, at: 0 };
    return { ...cornerOf(layout, place), side: layout.side };
  }
}

/** @param {Class} of @returns {string} Which devices it has. */
function keysOf({ devices }) {
  return [...devices.keys()].join();
}

/** @param {string} text A length in rem. @returns {number} In the window's pixels. */
function remOf(text) {
  return Number.parseFloat(text) * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}

/**
 * @param {number} count How many devices there are.
 * @param {number} width
 * @param {number} labelWidth
 * @returns {number} So many of them stand side by side, each with room for some digits.
 */
function columnsFor(count, width, labelWidth) {
  const most = Math.max(Math.floor(width / (2 * labelWidth)), 1);
  return Math.min(Math.max(Math.ceil(count / DEVICES_BELOW), 1), most);
}
