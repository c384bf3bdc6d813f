// The mean image of each digit in the chosen data set, how many there are of each, and how a digit
// differs from each mean: the person's while the pen draws, or the picture that is shown large.

import { grouped } from "../../../browser/counts.js";
import { LENGTH, PIXEL_MAX, SIDE } from "../../../browser/arrays.js";
import { countOf, meaningOf, pictureOf } from "../../../browser/data_set/data_set.js";
import { dataSets } from "../../../browser/data_set/data_sets.js";
import { createDrawnGrid } from "../../../browser/drawn_grid.js";
import { find, write } from "../../../browser/elements.js";
import { endInstance, instanceFor } from "../../../browser/instances.js";
import { createPainter } from "../../../browser/painter.js";
import { watchSight } from "../../../browser/sight.js";
import { createSignedPainter } from "../../../browser/signed_colours.js";
import { createThrottle } from "../../../browser/throttle.js";
import { createChoice } from "../choice.js";
import { chosenPicture } from "../chosen_picture.js";
import { DIGITS, distance, meansInSlices } from "./mean_images.js";

/**
 * @typedef {import("../../../browser/arrays.js").Vector} Vector
 * @typedef {import("../../../browser/data_set/data_set.js").DataSet} DataSet
 */

const NO_SET = "There is no data set here yet: get one above, and the mean image of each digit appears here.";
const NO_TARGETS = "Nobody has said which digit each of these pictures is, so there are no means of digits.";

/** While the pen draws, the differences follow so often. */
const FOLLOW_MS = 60;

/** So many pictures are added up in a frame: 70,000 at once would hold up the pen. */
const SLICE = 2000;

const [OWN, PICTURE] = ["own", "picture"];
const OPTIONS = [
  { value: OWN, title: "your digit" },
  { value: PICTURE, title: "the picture shown above" },
];

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
  const minus = find(root, ".minus", HTMLElement);
  const columns = Array.from({ length: DIGITS }, (_, digit) => createColumn(root, digit));
  const choice = createChoice(find(root, ".compared", HTMLFieldSetElement), (value) => {
    compared = value;
    compare();
  });
  let compared = OWN;
  /** @type {DataSet | null} */ let set = null;
  /** @type {import("./mean_images.js").Means | null} */ let means = null;
  /** @type {Vector} */ let drawn = new Uint8Array(LENGTH);
  /** @type {import("../chosen_picture.js").ChosenPicture | null} */ let shown = null;
  let isSeen = false;
  let request = 0;
  const following = createThrottle(compare, FOLLOW_MS);

  /** @param {string} text */
  function tell(text) {
    body.hidden = true;
    none.hidden = false;
    write(none, text);
  }

  function showMeans() {
    cancelAnimationFrame(request);
    if (!set || countOf(set) === 0) tell(NO_SET);
    else if (!set.targets) tell(NO_TARGETS);
    else if (isSeen && !means) count(meansInSlices(set, SLICE));
    else compare();
  }

  /** @param {ReturnType<typeof meansInSlices>} counting Goes on in the next frame. */
  function count(counting) {
    const step = counting.next();
    if (!step.done) {
      request = requestAnimationFrame(() => count(counting));
      return;
    }
    means = step.value;
    body.hidden = false;
    none.hidden = true;
    const isWhole = set?.trainingCount === set?.targets?.length;
    find(root, ".test", HTMLElement).hidden = isWhole;
    write(find(root, ".training th", HTMLElement), isWhole ? "pictures" : "training set");
    const { training, test, images } = means;
    columns.forEach((column, digit) => column.show(images[digit], training[digit], test[digit]));
    compare();
  }

  function compare() {
    if (!set || !means || !isSeen) return;
    choice.show(OPTIONS, compared);
    const number = shown?.set === set ? shown.number : 0;
    const vector = compared === OWN ? drawn : pictureOf(set, number);
    const distances = means.images.map((image) => (image ? distance(vector, image) : Infinity));
    const least = Math.min(...distances);
    const digit = distances.indexOf(least);
    means.images.forEach((image, at) => columns[at].compare(vector, image, distances[at], at === digit));
    const name = `number ${grouped(number)}`;
    write(minus, compared === OWN ? "yours minus the mean" : `${name} minus the mean`);
    const which = compared === OWN ? "your digit" : `${name}, ${meaningOf(set, number)},`;
    write(nearest, `The mean image nearest to ${which} is that of ${digit}: ${grouped(Math.round(least))} away.`);
  }

  const stopHearing = dataSets.subscribe(({ chosen }) => {
    if (set === chosen) return;
    set = chosen;
    means = null;
    showMeans();
  });
  const stopFollowing = chosenPicture.subscribe((picture) => {
    shown = picture;
    if (compared === PICTURE) compare();
  });
  const stopWatching = watchSight(find(root, ".means", HTMLElement), (isNow) => {
    isSeen = isNow;
    showMeans();
  });
  const grid = createDrawnGrid((next, isDrawing) => {
    drawn = next;
    if (compared === OWN) following.set(null, !isDrawing);
  });

  return {
    /** @param {{pixels: string}} data */
    set({ pixels }) {
      grid.receive(pixels);
    },

    end() {
      cancelAnimationFrame(request);
      stopHearing();
      stopFollowing();
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
     * @param {Vector} vector
     * @param {Float64Array | null} mean
     * @param {number} away
     * @param {boolean} isNearest
     */
    compare(vector, mean, away, isNearest) {
      paintDifference(Float64Array.from(vector, (value, at) => (mean ? value - mean[at] : 0)), FARTHEST);
      write(far, mean ? grouped(Math.round(away)) : "–");
      far.classList.toggle("nearest-one", isNearest);
    },
  };
}
