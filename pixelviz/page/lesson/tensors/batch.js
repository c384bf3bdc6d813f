// A batch, put together by the person, and the one number in it that is named: typed in square brackets,
// or pointed at.

import { grouped } from "../../browser/counts.js";
import { SIDE, indexOf, placeOf } from "../../browser/arrays.js";
import { find, write } from "../../browser/elements.js";
import { endInstance, instanceFor } from "../../browser/instances.js";
import { pinnedPixel } from "../../browser/pinned_pixel.js";
import { decode } from "../../browser/pixel_codec.js";
import { createBatchPictures } from "./batch_pictures.js";
import { EXAMPLES, batchExamples, keptExamples } from "./choices.js";
import { BYTES, countOf, formatBytes, formatShape } from "./shapes.js";
import { createShownDigit } from "./shown_digit.js";
import { formatIndex, parseIndex } from "./tensor_index.js";

/** @typedef {{pixels: string, examples: string[]}} Data `pixels` is the grid's 784 bytes, row by row,
 * in base64; `examples` has those of the ten sample digits. */

/** The examples in the batch at first. */
const FIRST = [2, 4, 8];

/** @param {{data: Data, parentElement: ShadowRoot}} component */
export default function show({ data, parentElement }) {
  instanceFor(parentElement, createBatch).set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createBatch(root) {
  const input = find(root, ".index", HTMLInputElement);
  const said = find(root, "output", HTMLElement);
  const facts = find(root, ".facts", HTMLElement);
  const toggles = createToggles(find(root, ".toggles", HTMLElement), toggle);
  const pictures = createBatchPictures(find(root, ".pictures", HTMLElement), { name, pin, unpin });
  /** @type {import("../../browser/arrays.js").Vector[]} */ let samples = [];
  let sent = ""; // the samples as they were sent
  let digits = keptExamples.read() ?? FIRST;
  /** @type {import("./shown_digit.js").ShownDigit | null} */ let shown = null;
  let follows = true; // whether the pixel that the chapter speaks of is the one that is named

  const stopChoices = batchExamples.subscribe((examples) => {
    digits = examples.digits;
  });
  const stopPinning = pinnedPixel.subscribe(({ index }) => {
    const isNamed = index !== null && sameText(input.value, nameOf(0, index));
    if (index !== null && !isNamed) setText(nameOf(0, index));
    if (index === null) follows ||= named()?.picture === 0;
    update();
  });
  const digit = createShownDigit((now) => {
    const isOther = now.vector !== shown?.vector;
    shown = now;
    if (isOther) pictures.paint(now.vector);
    update();
  }, find(root, ".pictures", Element));

  /** @returns {number[]} */
  function shape() {
    return [1 + digits.length, SIDE, SIDE, 1];
  }

  /** @returns {{picture: number, index: number} | null} The number that is named. */
  function named() {
    const parsed = parseIndex(input.value, shape());
    if ("problem" in parsed) return null;
    const [picture, row, column] = parsed.index;
    return { picture, index: indexOf(row, column) };
  }

  /** @param {string} text */
  function setText(text) {
    follows = false;
    input.value = text;
  }

  function update() {
    if (!shown) return;
    if (follows && !input.matches(":focus")) input.value = nameOf(0, shown.index);
    const parsed = parseIndex(input.value, shape());
    const place = named();
    input.setAttribute("aria-invalid", String(!place));
    pictures.mark(place, place?.picture === 0 && place.index === shown.pinned);
    said.ariaLive = shown.isDrawing ? "off" : "polite";
    tell(parsed, place);
  }

  /** @param {import("./tensor_index.js").Parsed} parsed @param {ReturnType<typeof named>} place */
  function tell(parsed, place) {
    if ("problem" in parsed) write(said, parsed.problem);
    else if (place && shown) {
      const { row, column } = placeOf(place.index);
      const value = [shown.vector, ...chosen()][place.picture][place.index];
      const whose = place.picture === 0 ? "yours" : `the example ${digits[place.picture - 1]}`;
      write(said, `= ${value}: picture ${place.picture}, ${whose}; row ${row}, column ${column}`);
    }
  }

  /** Names a number in the batch. @param {number} picture @param {number} index */
  function name(picture, index) {
    setText(nameOf(picture, index));
    update();
  }

  /** Pins a pixel of the person's own digit in the views, too. @param {number} index */
  function pin(index) {
    if (index !== shown?.pinned) pinnedPixel.publish({ index });
  }

  function unpin() {
    if (shown?.pinned !== null) pinnedPixel.publish({ index: null });
  }

  function chosen() {
    return digits.map((each) => samples[each]);
  }

  /** @param {number} pressed */
  function toggle(pressed) {
    const isIn = digits.includes(pressed);
    const others = digits.filter((each) => each !== pressed);
    digits = isIn ? others : [...others, pressed].sort((a, b) => a - b);
    keptExamples.keep(digits);
    choose();
  }

  function choose() {
    batchExamples.publish({ digits, vectors: chosen() });
    toggles(digits);
    pictures.set(digits, chosen());
    if (shown) pictures.paint(shown.vector);
    const count = countOf(shape());
    const bytes = `${formatBytes(BYTES.uint8 * count)} as uint8, ${formatBytes(BYTES.float32 * count)} as float32`;
    write(facts, `tensor.shape is ${formatShape(shape())}: ${grouped(count)} numbers, ${bytes}.`);
    update();
  }

  input.addEventListener("input", () => {
    follows = false;
    update();
    const place = named();
    if (place?.picture === 0) pin(place.index);
  });

  return {
    /** @param {Data} data */
    set({ pixels, examples }) {
      if (sent !== examples.join()) {
        sent = examples.join();
        samples = examples.map(decode);
        choose();
      }
      digit.receive(pixels);
    },

    end() {
      stopChoices();
      stopPinning();
      digit.end();
    },
  };
}

/** @param {number} picture @param {number} index @returns {string} */
function nameOf(picture, index) {
  const { row, column } = placeOf(index);
  return formatIndex([picture, row, column, 0]);
}

/** @param {string} one @param {string} other @returns {boolean} Whether they differ in spaces only. */
function sameText(one, other) {
  return one.replaceAll(" ", "") === other.replaceAll(" ", "");
}

/**
 * @param {HTMLElement} group Gets a button for each digit.
 * @param {(digit: number) => void} onPress
 * @returns {(digits: number[]) => void} What shows which are pressed.
 */
function createToggles(group, onPress) {
  const buttons = Array.from({ length: EXAMPLES }, (_, digit) => {
    const button = group.appendChild(document.createElement("button"));
    button.type = "button";
    button.textContent = String(digit);
    button.setAttribute("aria-label", `Example ${digit}`);
    button.addEventListener("click", () => onPress(digit));
    return button;
  });
  return (digits) =>
    buttons.forEach((button, digit) => {
      button.setAttribute("aria-pressed", String(digits.includes(digit)));
    });
}
