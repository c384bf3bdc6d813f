// The ten pictures of the chosen data set that are nearest to the person's digit, while the pen draws.

import { grouped } from "../../../browser/counts.js";
import { LENGTH, SIDE } from "../../../browser/arrays.js";
import { countOf, meaningOf, pictureOf, targetOf } from "../../../browser/data_set/data_set.js";
import { dataSets } from "../../../browser/data_set/data_sets.js";
import { createDrawnGrid } from "../../../browser/drawn_grid.js";
import { find, write } from "../../../browser/elements.js";
import { endInstance, instanceFor } from "../../../browser/instances.js";
import { createPainter } from "../../../browser/painter.js";
import { watchSight } from "../../../browser/sight.js";
import { createThrottle } from "../../../browser/throttle.js";
import { showWriter } from "../written.js";
import { NEIGHBOURS, createNeighbourSearch } from "./neighbour_search.js";

/** @typedef {import("../../../browser/data_set/data_set.js").DataSet} DataSet */

const NO_SET = "There is no data set here yet: get one above, and your digit's nearest neighbours in it appear here.";
const FAILED = "This browser could not start the search. Reload the page to try again.";

/** While the pen draws, the search is asked so often. */
const ASK_MS = 80;

/** @param {{data: {pixels: string}, parentElement: ShadowRoot}} component */
export default function show({ data, parentElement }) {
  instanceFor(parentElement, createNeighbours).set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createNeighbours(root) {
  const body = find(root, ".body", HTMLElement);
  const none = find(root, ".none", HTMLElement);
  const most = find(root, ".most", HTMLElement);
  const list = find(root, "ol", HTMLOListElement);
  const items = Array.from({ length: NEIGHBOURS }, () => createItem(list));
  /** @type {DataSet | null} */ let set = null;
  /** @type {import("../../../browser/arrays.js").Vector} */ let vector = new Uint8Array(LENGTH);
  let isSeen = false;
  const search = createNeighbourSearch({ onFound: showFound, onFailure: () => tell(FAILED) });
  const asking = createThrottle(ask, ASK_MS);

  /** @param {string} text */
  function tell(text) {
    body.hidden = true;
    none.hidden = false;
    write(none, text);
  }

  function ask() {
    if (!set || countOf(set) === 0) tell(NO_SET);
    else if (isSeen) search.ask(set, vector);
  }

  /** @type {Parameters<typeof createNeighbourSearch>[0]["onFound"]} */
  function showFound({ set: of }, found) {
    if (of !== set) return;
    body.hidden = false;
    none.hidden = true;
    items.forEach((item, at) => {
      item.element.hidden = at >= found.length;
      if (at >= found.length) return;
      const { number, squared } = found[at];
      const target = targetOf(of, number);
      item.paint(pictureOf(of, number));
      write(item.name, target === null ? `number ${grouped(number)}` : meaningOf(of, number));
      showWriter(item.name, of, number);
      const away = `distance ${grouped(Math.round(Math.sqrt(squared)))}`;
      write(item.where, target === null ? away : `number ${grouped(number)}, ${away}`);
    });
    write(most, of.targets ? commonest(found.map(({ number }) => targetOf(of, number) ?? 0)) : "");
  }

  const stopHearing = dataSets.subscribe(({ chosen }) => {
    if (set === chosen) return;
    set = chosen;
    if (!set) search.stop();
    ask();
  });
  const stopWatching = watchSight(find(root, ".neighbours", HTMLElement), (isNow) => {
    isSeen = isNow;
    ask();
  });
  const grid = createDrawnGrid((next, isDrawing) => {
    vector = next.slice();
    asking.set(null, !isDrawing);
  });

  return {
    /** @param {{pixels: string}} data */
    set({ pixels }) {
      grid.receive(pixels);
    },

    end() {
      stopHearing();
      stopWatching();
      asking.end();
      search.stop();
      grid.end();
    },
  };
}

/** @param {HTMLOListElement} list */
function createItem(list) {
  const element = document.createElement("li");
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  canvas.ariaHidden = "true";
  const [name, where] = [document.createElement("b"), document.createElement("span")];
  element.append(canvas, name, where);
  list.append(element);
  return { element, paint: createPainter(canvas), name, where };
}

/** @param {number[]} targets Those of the neighbours. @returns {string} */
function commonest(targets) {
  const counts = Array(10).fill(0);
  for (const target of targets) counts[target] += 1;
  const largest = Math.max(...counts);
  const digits = [...counts.keys()].filter((digit) => counts[digit] === largest);
  const which = digits.length === 1 ? `target is ${digits[0]}` : `targets are ${digits.join(" and ")}`;
  return `The most common ${which}: ${largest} of ${targets.length}${digits.length === 1 ? "" : " each"}.`;
}
