// Pooling: what the kernel made of the digit, and the largest number of each 2 × 2 of it.

import { find, write } from "../../../browser/elements.js";
import { endInstance, instanceFor } from "../../../browser/instances.js";
import { watchSight } from "../../../browser/sight.js";
import { createThrottle } from "../../../browser/throttle.js";
import { paintSigned } from "../by_hand/calculation.js";
import { POOL, fourAt, maxPool } from "../by_hand/convolve.js";
import { convolved } from "../by_hand/convolved.js";
import { format } from "../by_hand/exact.js";
import { createMap, createMapPainter, keysOf } from "../by_hand/map.js";
import { pooledText } from "../by_hand/sizes.js";

const NUMBERS_MS = 60; // while the pen draws, the numbers follow after so long

/** @typedef {import("../by_hand/convolved.js").Convolved} Convolved */

/** @param {{parentElement: ShadowRoot}} component */
export default function show({ parentElement }) {
  instanceFor(parentElement, createPooling);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createPooling(root) {
  const said = find(root, "output", HTMLElement);
  const made = find(root, ".made .map", HTMLElement);
  const pooledElement = find(root, ".pooled .map", HTMLElement);
  const paintMade = createMapPainter(find(made, "canvas", HTMLCanvasElement));
  const paintPooled = createMapPainter(find(pooledElement, "canvas", HTMLCanvasElement));
  const four = find(root, ".four", HTMLElement);
  const cells = Array.from({ length: POOL ** 2 }, () => document.createElement("span"));
  four.append(...cells);
  const numbersLater = createThrottle(showNumbers, NUMBERS_MS);
  /** @type {Convolved | null} */ let input = null;
  let pooled = maxPool(new Float64Array(0), 0);
  let chosen = 0;
  let isSeen = true;
  /** @type {number | null} The pooled number that is pointed at. */ let pointed = null;

  const keys = keysOf(() => ({ index: chosen, side: pooled.side }), choose);
  const madeMap = createMap(made, {
    onPoint: (index) => point(index === null ? null : pooledOf(index)),
    onClick: (index) => choose(pooledOf(index) ?? chosen),
    onKey: keys,
  });
  const pooledMap = createMap(pooledElement, { onPoint: point, onClick: choose, onKey: keys });

  /** @param {number} index Into the output. @returns {number | null} Null where it fell out. */
  function pooledOf(index) {
    const side = input?.side ?? 1;
    const [row, column] = [Math.floor(index / side / POOL), Math.floor((index % side) / POOL)];
    return Math.max(row, column) < pooled.side ? row * pooled.side + column : null;
  }

  /** @param {number | null} index */
  function point(index) {
    if (index === pointed) return;
    pointed = index;
    showPlace();
  }

  /** @param {number} index */
  function choose(index) {
    chosen = index;
    showPlace();
  }

  const stop = convolved.subscribe((next) => {
    const isOther = next.side !== input?.side;
    const isElsewhere = next.place !== input?.place;
    input = next;
    pooled = maxPool(next.values, next.side);
    if (isOther) {
      pointed = null;
      madeMap.setSide(next.side, 1);
      pooledMap.setSide(pooled.side, 1);
      write(find(root, ".made small", Element), `${next.side} × ${next.side}`);
      write(find(root, ".pooled small", Element), `${pooled.side} × ${pooled.side}`);
      write(find(root, ".formula", Element), pooledText(next.side));
    }
    // The last row and column may fall out.
    if (isOther || isElsewhere) chosen = pooledOf(next.place) ?? Math.min(chosen, pooled.values.length - 1);
    showAll();
  });
  const stopWatching = watchSight(find(root, ".experiment", HTMLElement), (isNow) => {
    isSeen = isNow;
    if (isSeen) showAll();
  });

  function showAll() {
    if (!input || (input.isLive && !isSeen)) return;
    paintMade(input.values, input.side, input.farthest);
    paintPooled(pooled.values, pooled.side, input.farthest);
    showPlace();
  }

  function showPlace() {
    const index = pointed ?? chosen;
    const at = { row: Math.floor(index / pooled.side), column: index % pooled.side };
    madeMap.mark("four-mark", { row: POOL * at.row, column: POOL * at.column }, POOL);
    pooledMap.mark("cell-mark", at);
    numbersLater.set(null, !input?.isLive);
  }

  function showNumbers() {
    if (!input) return;
    const { values, side, decimals, farthest, isLive } = input;
    const index = pointed ?? chosen;
    const numbers = fourAt(side, index).map((at) => values[at]);
    const texts = numbers.map((value) => format(value, decimals));
    const largest = format(pooled.values[index], decimals);
    cells.forEach((cell, at) => {
      write(cell, texts[at]);
      paintSigned(cell, numbers[at], farthest);
      cell.classList.toggle("is-largest", at === numbers.indexOf(pooled.values[index]));
    });
    write(find(root, ".largest", Element), `The largest of ${texts.join(", ")} is ${largest}`);
    said.setAttribute("aria-live", isLive ? "off" : "polite");
    const [row, column] = [Math.floor(index / pooled.side), index % pooled.side];
    write(
      said,
      `Output rows ${POOL * row} and ${POOL * row + 1}, columns ${POOL * column} and ` +
        `${POOL * column + 1} → pooled row ${row}, column ${column}: ${largest}`,
    );
  }

  return {
    end() {
      stop();
      stopWatching();
      numbersLater.end();
    },
  };
}
