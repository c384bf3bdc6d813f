// The mean image of each digit in the chosen data set, how many there are of each, and how the
// person's digit differs from each mean, while the pen draws.

import { LENGTH, PIXEL_MAX, SIDE } from "../../../browser/arrays.js";
import { countOf } from "../../../browser/data_set/data_set.js";
import { dataSets } from "../../../browser/data_set/data_sets.js";
import { createDrawnGrid } from "../../../browser/drawn_grid.js";
import { find, write } from "../../../browser/elements.js";
import { endInstance, instanceFor } from "../../../browser/instances.js";
import { createPainter } from "../../../browser/painter.js";
import { watchSight } from "../../../browser/sight.js";
import { createSignedPainter } from "../../../browser/signed_colours.js";
import { createThrottle } from "../../../browser/throttle.js";
import { grouped } from "../shares.js";
import { DIGITS, distance, meansOf } from "./mean_images.js";

/** @typedef {import("../../../browser/data_set/data_set.js").DataSet} DataSet */

const NO_SET = "Choose a data set above, and the mean image of each digit appears here.";
const NO_TARGETS = "Nobody has said which digit each of these pictures is, so there are no means of digits.";

/** While the pen draws, the differences follow so often. */
const FOLLOW_MS = 60;

/** Full colour, in grey levels: no difference is larger. */
const FARTHEST = PIXEL_MAX;

/** @param {{data: {pixels: string}, parentElement: ShadowRoot}} component */
export default function show({ data, parentElement }) {
  instanceFor(parentElement, createMeans).set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createMeans(root) {
  const body = find(root, ".body", HTMLElement);
  const none = find(root, ".none", HTMLElement);
  const nearest = find(root, ".nearest", HTMLElement);
  const columns = Array.from({ length: DIGITS }, (_, digit) => createColumn(root, digit));
  /** @type {DataSet | null} */ let set = null;
  /** @type {import("./mean_images.js").Means | null} */ let means = null;
  /** @type {import("../../../browser/arrays.js").Vector} */ let vector = new Uint8Array(LENGTH);
  let isSeen = false;
  const following = createThrottle(compare, FOLLOW_MS);

  /** @param {string} text */
  function tell(text) {
    body.hidden = true;
    none.hidden = false;
    write(none, text);
  }

  function showMeans() {
    if (!set || countOf(set) === 0) tell(NO_SET);
    else if (!set.targets) tell(NO_TARGETS);
    else if (isSeen && !means) {
      means = meansOf(set);
      body.hidden = false;
      none.hidden = true;
      find(root, ".test", HTMLElement).hidden = set.trainingCount === countOf(set);
      const { training, test, images } = means;
      columns.forEach((column, digit) => column.show(images[digit], training[digit], test[digit]));
      compare();
    }
  }

  function compare() {
    if (!means || !isSeen) return;
    const distances = means.images.map((image) => (image ? distance(vector, image) : Infinity));
    const least = Math.min(...distances);
    const digit = distances.indexOf(least);
    means.images.forEach((image, at) => columns[at].compare(vector, image, distances[at], at === digit));
    write(nearest, `The mean image nearest to your digit is that of ${digit}: ${least.toFixed(0)} away.`);
  }

  const stopHearing = dataSets.subscribe(({ chosen }) => {
    if (set === chosen) return;
    set = chosen;
    means = null;
    showMeans();
  });
  const stopWatching = watchSight(find(root, ".means", HTMLElement), (isNow) => {
    isSeen = isNow;
    showMeans();
    compare();
  });
  const grid = createDrawnGrid((next, isDrawing) => {
    vector = next;
    following.set(null, !isDrawing);
  });

  return {
    /** @param {{pixels: string}} data */
    set({ pixels }) {
      grid.receive(pixels);
    },

    end() {
      stopHearing();
      stopWatching();
      following.end();
      grid.end();
    },
  };
}

/** @param {ShadowRoot} root @param {number} digit */
function createColumn(root, digit) {
  const head = document.createElement("th");
  head.scope = "col";
  head.textContent = String(digit);
  find(root, ".heads", HTMLElement).append(head);
  const [image, training, test, difference, far] = ["images", "training", "test", "differences", "distances"].map(
    (name) => find(root, `.${name}`, HTMLTableRowElement).insertCell(),
  );
  const [imageCanvas, differenceCanvas] = [image, difference].map((cell) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = SIDE;
    canvas.ariaHidden = "true";
    cell.append(canvas);
    return canvas;
  });
  const paintImage = createPainter(imageCanvas);
  const paintDifference = createSignedPainter(differenceCanvas);

  return {
    /** @param {Float64Array | null} mean @param {number} learned @param {number} held */
    show(mean, learned, held) {
      paintImage(Uint8Array.from(mean ?? new Float64Array(LENGTH), (value) => Math.round(value)));
      write(training, grouped(learned));
      write(test, grouped(held));
    },

    /**
     * @param {import("../../../browser/arrays.js").Vector} vector
     * @param {Float64Array | null} mean
     * @param {number} away
     * @param {boolean} isNearest
     */
    compare(vector, mean, away, isNearest) {
      paintDifference(Float64Array.from(vector, (value, at) => (mean ? value - mean[at] : 0)), FARTHEST);
      write(far, mean ? away.toFixed(0) : "–");
      far.classList.toggle("nearest-one", isNearest);
    },
  };
}
