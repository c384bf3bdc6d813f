// Softmax regression: weight × feature beside what covering each single pixel does.

import { LENGTH, placeOf } from "../../browser/arrays.js";
import { createDrawnGrid } from "../../browser/drawn_grid.js";
import { find, write } from "../../browser/elements.js";
import { endInstance, instanceFor } from "../../browser/instances.js";
import { read } from "../../browser/network/network_file.js";
import { pinnedPixel } from "../../browser/pinned_pixel.js";
import { createSignedPainter, largestOf } from "../../browser/signed_colours.js";
import { createThrottle } from "../../browser/throttle.js";
import { LINES, compare, describeAgreement, numbersOf } from "./against_words.js";
import { coverEachPixel, linearOf, productOf } from "./linear.js";
import { MISSING } from "./models.js";
import { createPatchMark, listenForKeys, listenForPointer } from "./paper.js";
import { watchSight } from "../../browser/sight.js";

/**
 * @typedef {import("../../browser/arrays.js").Vector} Vector
 * @typedef {import("./linear.js").Linear} Linear
 * @typedef {import("./linear.js").Covered} Covered
 */

/** While the pen draws, the pictures are made anew at most so often. */
const DRAW_MS = 90;

/**
 * @param {{data: {pixels: string, address: string | null}, parentElement: ShadowRoot}} component
 *   `address` is where the browser gets softmax regression.
 */
export default function show({ data, parentElement }) {
  instanceFor(parentElement, createAgainst).set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createAgainst(root) {
  const pictures = ["first", "second", "third"].map((name) => find(root, `.${name}`, HTMLElement));
  const [first] = pictures;
  const painters = pictures.map((each) => createSignedPainter(find(each, "canvas", HTMLCanvasElement)));
  const marks = pictures.map(createPatchMark);
  const body = find(root, "tbody", HTMLTableSectionElement);
  const heads = [find(root, ".digit", HTMLElement), find(root, ".other", HTMLElement)];
  const placeLine = find(root, ".place", HTMLElement);
  const agreement = find(root, ".agreement", HTMLElement);
  const cells = LINES.map((line) => {
    const row = body.insertRow();
    const head = row.appendChild(document.createElement("th"));
    head.scope = "row";
    head.textContent = line;
    return [row.insertCell(), row.insertCell()];
  });
  const soon = createThrottle(draw, DRAW_MS);
  /** @type {Vector} */ let vector = new Uint8Array(LENGTH);
  /** @type {Linear | null} */ let linear = null;
  /** @type {Covered | null} */ let covered = null;
  /** @type {string | null | undefined} */ let address;
  /** @type {number | null} Where the pixel is that is shown; by itself the most important one. */
  let place = null;
  /** @type {number | null} */ let pinned = null;
  let isSeen = false;

  /** @param {{pixels: string, address: string | null}} data */
  function set(data) {
    grid.receive(data.pixels);
    if (data.address === address) return;
    address = data.address;
    load().catch(() => write(agreement, `Softmax regression: ${MISSING}.`));
  }

  async function load() {
    if (!address) throw new Error("The browser cannot have softmax regression.");
    const response = await fetch(new URL(address, document.baseURI));
    linear = linearOf(read(await response.arrayBuffer()));
    if (!linear) throw new Error("Expected a network of one dense layer.");
    draw();
  }

  function draw() {
    if (!linear || !isSeen) return;
    const weighed = linear;
    const { digit, whole, without } = (covered = coverEachPixel(weighed, vector));
    /** @param {(index: number) => number} value */
    const all = (value) => Array.from(vector, (_, index) => value(index));
    const products = all((index) => productOf(weighed, vector, index, digit));
    const drops = all((index) => whole.logits[digit] - without[index].logits[digit]);
    const falls = all((index) => whole.probabilities[digit] - without[index].probabilities[digit]);
    const largest = largestOf(products); // one scale for both
    painters[0](products, largest);
    painters[1](drops, largest);
    painters[2](falls, largestOf(falls));
    write(agreement, describeAgreement(compare(weighed, vector, covered)));
    place ??= pinned ?? products.indexOf(Math.max(...products));
    showNumbers();
  }

  function showNumbers() {
    if (!linear || !covered || place === null) return;
    const at = place;
    const { row, column } = placeOf(at);
    marks.forEach((mark) => mark.show(at, 1, at === pinned));
    write(placeLine, `Covered: row ${row}, column ${column} (feature ${at}).`);
    [covered.digit, covered.other].forEach((digit, side) => {
      write(heads[side], `for ${digit}${side === 0 ? "" : ", the runner-up"}`);
      const numbers =
        linear && covered ? numbersOf(linear, vector, covered, at, digit) : [];
      numbers.forEach((number, line) => write(cells[line][side], number));
    });
  }

  /** @param {number} next */
  function moveTo(next) {
    place = next;
    showNumbers();
  }

  function pin() {
    pinnedPixel.publish({ index: pinned === place ? null : place });
  }

  for (const picture of pictures) {
    listenForPointer(picture, { onPlace: moveTo, onLeave: () => pinned !== null && moveTo(pinned) });
    picture.addEventListener("click", pin);
  }
  listenForKeys(first, {
    placeNow: () => place ?? 0,
    onPlace: moveTo,
    keys: { Enter: pin, Escape: () => pinnedPixel.publish({ index: null }) },
  });
  const grid = createDrawnGrid((next, isDrawing) => {
    vector = next;
    soon.set(null, !isDrawing);
  });
  const stopPinning = pinnedPixel.subscribe(({ index }) => {
    pinned = index;
    place = index ?? place;
    showNumbers();
  });
  const stopWatching = watchSight(first, (isNow) => {
    isSeen = isNow;
    draw();
  });
  return {
    set,
    end() {
      stopWatching();
      stopPinning();
      grid.end();
      soon.end();
    },
  };
}
