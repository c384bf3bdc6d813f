// The labels of the groups on the wall: a digit or a device, and how many there are.

import { grouped } from "../../../browser/counts.js";
import { write } from "../../../browser/elements.js";
import { nameOf } from "../../../browser/our_class/pupil_words.js";

/**
 * @typedef {import("./grouping.js").Group} Group
 * @typedef {import("../../../browser/our_class/teacher.js").Device} Device
 */

/** @param {HTMLElement} element @param {(device: Device, label: HTMLElement) => void} onDevice */
export function createLabels(element, onDevice) {
  let kind = "";
  /** @type {readonly Group[]} */ let shown = [];

  /** @param {Group} group @param {number} index */
  function make({ device }, index) {
    const label = document.createElement(device ? "button" : "div");
    label.className = "label";
    if (label instanceof HTMLButtonElement) label.type = "button";
    const parts = ["dot", "name", "count"].map((name) => {
      const part = document.createElement("span");
      part.className = name;
      return part;
    });
    label.append(...parts.slice(device ? 0 : 1));
    label.addEventListener("click", () => {
      const now = shown[index]?.device;
      if (now) onDevice(now, label);
    });
    return label;
  }

  return {
    /** @param {readonly Group[]} groups @param {import("./group_layout.js").Layout} layout */
    show(groups, { boxes, labelWidth }) {
      shown = groups;
      const now = groups.map(({ label, device }) => (device ? "device" : label)).join();
      if (now !== kind) element.replaceChildren(...groups.map(make));
      kind = now;
      groups.forEach(({ digits, label, device }, index) => {
        const part = /** @type {HTMLElement} */ (element.children[index]);
        const { x, y, height } = boxes[index];
        part.style.cssText = `transform: translate(${x}px, ${y}px); width: ${labelWidth}px; height: ${height}px`;
        const [name, count] = [...part.children].slice(-2);
        write(name, device ? nameOf(device) : String(label));
        write(count, grouped(digits.length));
        const dot = part.querySelector(".dot");
        if (device && dot instanceof HTMLElement) dot.style.background = device.css;
      });
    },
  };
}
