// How the training stands: its weights as pictures, loss and accuracy as curves, and both in words.

import { grouped } from "../../browser/counts.js";
import { find, write } from "../../browser/elements.js";
import { MEASURED } from "../../browser/training/training.js";
import { KINDS, createChart } from "./chart.js";
import { accuracyText, lossText, remarksOn } from "./remarks.js";
import { createWeightPictures } from "./weight_pictures.js";

/**
 * @typedef {import("../../browser/training/trainer.js").Report} Report
 * @typedef {import("../../browser/training/training.js").Point} Point
 */

/** @param {ParentNode} root */
export function createProgress(root) {
  const status = find(root, ".status", HTMLElement);
  const remarks = find(root, ".remarks", HTMLElement);
  const announcement = find(root, ".announcement", HTMLElement);
  const earlier = find(root, ".earlier", HTMLElement);
  const what = find(root, ".what", HTMLElement);
  const pictures = createWeightPictures(
    find(root, ".pictures", HTMLElement),
    find(root, ".full", HTMLElement),
  );
  const canvases = {
    loss: find(root, "canvas.loss", HTMLCanvasElement),
    accuracy: find(root, "canvas.accuracy", HTMLCanvasElement),
  };
  const charts = {
    loss: createChart(canvases.loss, KINDS.loss),
    accuracy: createChart(canvases.accuracy, KINDS.accuracy),
  };

  return {
    /** @param {Report} report @param {ReturnType<typeof import("./history.js").createHistory>} history */
    show({ network, progress, isPlaying }, history) {
      const { points, before } = history;
      const now = points[points.length - 1];
      const units = network.layers[0].bias.length;
      write(what, network.layers.length > 1 ? `Weights of the ${units} hidden units` : "Weights of each digit");
      pictures.show(network);
      charts.loss.show(points, before);
      charts.accuracy.show(points, before);
      earlier.hidden = before.length === 0;
      const said = statusOf(progress, now);
      write(status, said);
      const told = remarksOn(points, history.beforeAt(now.step), progress.isBroken).join(" ");
      write(remarks, told);
      canvases.loss.setAttribute("aria-label", curveText("Loss", points, lossText, ({ loss }) => loss, ({ heldOutLoss }) => heldOutLoss));
      canvases.accuracy.setAttribute(
        "aria-label",
        curveText("Accuracy", points, accuracyText, ({ accuracy }) => accuracy, ({ heldOutAccuracy }) => heldOutAccuracy),
      );
      if (!isPlaying) write(announcement, `${said} ${told}`); // a screen reader hears of what stays
    },

    /** @param {string} problem */
    fail(problem) {
      write(status, problem);
      write(announcement, problem);
    },

    end() {
      charts.loss.end();
      charts.accuracy.end();
    },
  };
}

/** @param {Report["progress"]} progress @param {Point} now @returns {string} */
function statusOf({ step, epoch, place, count }, now) {
  const epochs = epoch === 1 ? "1 epoch" : `${grouped(epoch)} epochs`;
  const more = place > 0 ? ` and ${grouped(place)} of ${grouped(count)} pictures` : "";
  const where = `Step ${grouped(step)}: ${epochs}${more}.`;
  const heldOut = now.heldOutLoss === null ? "" : ` (held out ${lossText(now.heldOutLoss)})`;
  const others = now.heldOutAccuracy === null ? "" : ` (held out ${accuracyText(now.heldOutAccuracy)})`;
  const of = count > MEASURED ? ` Measured on at most ${grouped(MEASURED)} pictures of each.` : "";
  return `${where} Loss ${lossText(now.loss)}${heldOut}, accuracy ${accuracyText(now.accuracy)}${others}.${of}`;
}

/**
 * @param {string} name
 * @param {Point[]} points
 * @param {(value: number) => string} text
 * @param {(point: Point) => number} own
 * @param {(point: Point) => number | null} heldOut
 * @returns {string} A curve in words.
 */
function curveText(name, points, text, own, heldOut) {
  const [first, last] = [points[0], points[points.length - 1]];
  const others = heldOut(last);
  const more = others === null ? "" : `; held out from ${text(heldOut(first) ?? 0)} to ${text(others)}`;
  return `${name} from step 0 to step ${grouped(last.step)}: learned from, from ${text(own(first))} to ${text(own(last))}${more}.`;
}
