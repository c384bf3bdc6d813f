// Layer by layer: all numbers of each layer's output, and where the chosen one comes from.

import { grouped } from "../../../browser/counts.js";
import { find, write } from "../../../browser/elements.js";
import { softmax } from "../../../browser/prediction.js";
import { percent } from "../../../browser/wording.js";
import { signedColour } from "../../../browser/signed_colours.js";
import { originOf, placeName } from "./origin.js";
import { createSheet } from "./sheet.js";
import { columnsFor } from "./sheet_layout.js";
import { short, summaryOf } from "./summary.js";

/** @typedef {import("../../../browser/network/layers.js").Layer} Layer */
/** @typedef {import("../../../browser/network/layers.js").Tensor} Tensor */

/** What each kind of layer does, in a few words. @type {Record<string, (layer: Layer) => string>} */
const WORDS = {
  Reshape: () => "your features as a picture",
  Conv2D({ weights, settings }) {
    const [rows, columns, channels, filters] = weights.kernel.shape;
    const each = channels > 1 ? ` for each of ${channels} maps` : "";
    const border = settings.padding === "same" ? "; a border of 0s keeps the size" : "";
    return `convolution: ${filters} filters, each with ${rows} × ${columns} weights${each}${border}`;
  },
  MaxPooling2D({ settings }) {
    const [rows, columns] = settings.pool_size ?? [1, 1];
    return `pooling: the largest of each ${rows} × ${columns}`;
  },
  ReLU: () => "what is below 0 becomes 0",
  Flatten: () => "all maps unrolled into one line",
  Dense: ({ weights }) =>
    `dense layer: each adds up all ${grouped(weights.kernel.shape[0])} numbers before it, times a weight`,
  BatchNormalization: () => "each map times a number, plus a number",
};

/** @param {Layer} layer @returns {string} */
function wordsOf(layer) {
  const words = WORDS[layer.kind]?.(layer) ?? "";
  return layer.settings.activation === "relu" ? `${words}; then ReLU` : words;
}

/** @param {ParentNode} root */
export function createLayerList(root) {
  const list = find(root, ".layers", HTMLElement);
  const panel = find(root, ".origin", HTMLElement);
  const result = find(panel, ".origin-result", HTMLElement);
  const body = find(panel, "tbody", HTMLTableSectionElement);
  /** @type {Layer[]} */ let layers = [];
  /** @type {Tensor[]} What goes into each layer; the last one is what comes out of the last layer. */
  let tensors = [];
  /** @type {{section: HTMLElement, sheet: ReturnType<typeof createSheet>}[]} */ let parts = [];
  /** @type {{layer: number, index: number} | null} */ let chosen = null;
  let isHidden = false;
  const answers = document.createElement("div");
  answers.className = "answers";

  /** @param {number} layer @param {number} index */
  function choose(layer, index) {
    chosen = { layer, index };
    parts.forEach(({ sheet }, at) => sheet.choose(at === layer ? index : null));
    keepInPlace(parts[layer].section, () => {
      parts[layer].section.append(panel);
      showOrigin();
    });
  }

  function showOrigin() {
    if (!chosen || tensors.length === 0) return;
    const { layer, index } = chosen;
    const { lines, result: text } = summaryOf(originOf(layers[layer], tensors[layer], index));
    const name = placeName(layers[layer].shape, index);
    write(find(panel, ".origin-title", Element), `Where ${name} of ${titleOf(layers[layer])} comes from`);
    while (body.rows.length > lines.length) body.deleteRow(-1);
    while (body.rows.length < lines.length) addRow(body);
    lines.forEach((line, at) => {
      const [head, how, value, bar] = body.rows[at].cells;
      write(head, line.name);
      write(how, line.how);
      write(value, line.value);
      const { style } = /** @type {HTMLElement} */ (bar.firstChild);
      style.width = `${100 * Math.abs(line.share)}%`;
      style.backgroundColor = `rgb(${signedColour(line.share, Math.abs(line.share)).join(" ")})`;
    });
    write(result, text);
  }

  function showAnswers() {
    const logits = tensors.at(-1)?.values;
    answers.hidden = isHidden || !logits;
    if (!logits) return;
    const probabilities = softmax(logits);
    probabilities.forEach((probability, digit) => {
      const [name, logit, share] = answers.children[digit].children;
      write(name, String(digit));
      write(logit, short(logits[digit]));
      write(share, percent(probability));
    });
  }

  return {
    /**
     * @param {Layer[]} earlier Those before, of which the last one's maps are shown above.
     * @param {Layer[]} all
     * @param {number} width How much room a line has, in the window's pixels.
     */
    setLayers(earlier, all, width) {
      layers = all;
      parts.forEach(({ sheet }) => sheet.end());
      parts = layers.map((layer, number) => {
        const { section, element } = createSection(layer);
        const sheet = createSheet(element, { onChoose: (index) => choose(number, index) });
        sheet.setShape(layer.shape, columnsFor(layer.shape, width));
        sheet.choose(null);
        return { section, sheet };
      });
      answers.replaceChildren(
        ...Array.from({ length: layers.at(-1)?.shape[0] ?? 0 }, () => {
          const cell = document.createElement("div");
          cell.append(...["b", "span", "span"].map((tag) => document.createElement(tag)));
          return cell;
        }),
      );
      const titles = earlier.map((layer, at) =>
        createTitle(layer, at === earlier.length - 1 ? "; its maps are shown above" : ""),
      );
      list.replaceChildren(...titles, ...parts.map(({ section }) => section), answers);
      if (chosen) choose(chosen.layer, chosen.index);
    },

    /**
     * @param {Tensor[]} all What goes into each layer, and what comes out of the last one.
     * @param {boolean} isLive Whether others follow soon.
     */
    show(all, isLive) {
      tensors = all;
      result.setAttribute("aria-live", isLive ? "off" : "polite");
      parts.forEach(({ sheet }, number) => sheet.paint(tensors[number + 1].values, isLive));
      if (!chosen) {
        const { values } = tensors[1];
        choose(0, values.indexOf(Math.max(...values)));
      } else showOrigin();
      showAnswers();
    },

    end() {
      parts.forEach(({ sheet }) => sheet.end());
    },

    /** Whether the answer must not be seen: the logits and what goes into them. @param {boolean} to */
    hideAnswer(to) {
      isHidden = to;
      const last = parts.at(-1);
      if (!last) return;
      if (isHidden && chosen?.layer === layers.length - 1) choose(0, 0);
      last.section.hidden = isHidden;
      showAnswers();
    },
  };
}

/** @param {Layer} layer @returns {string} */
function titleOf({ kind, name, shape }) {
  const isAnswer = kind === "Dense" && name === "logits";
  return `${isAnswer ? "Logits" : kind} (${shape.join(", ")})`;
}

/**
 * Changes the page, and scrolls so that an element stays where a person has just clicked it.
 * @param {Element} element
 * @param {() => void} change
 */
function keepInPlace(element, change) {
  const before = element.getBoundingClientRect().top;
  change();
  const moved = element.getBoundingClientRect().top - before;
  if (moved !== 0) scrollerOf(element)?.scrollBy(0, moved);
}

/** @param {Element} element @returns {Element | null} What scrolls it up and down. */
function scrollerOf(element) {
  const root = element.getRootNode();
  const parent = element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  if (!parent || parent === document.body) return document.scrollingElement;
  const isScroller =
    /auto|scroll/.test(getComputedStyle(parent).overflowY) && parent.scrollHeight > parent.clientHeight;
  return isScroller ? parent : scrollerOf(parent);
}

/** @param {Layer} layer @param {string} [more] What else there is to say. */
function createTitle(layer, more = "") {
  const title = document.createElement("p");
  title.className = "title";
  const [head, words] = [document.createElement("b"), document.createElement("small")];
  head.textContent = titleOf(layer);
  words.textContent = ` ${wordsOf(layer)}${more}`;
  title.append(head, words);
  return title;
}

/** @param {Layer} layer */
function createSection(layer) {
  const section = document.createElement("section");
  section.className = `layer ${layer.shape.length === 3 ? "maps" : "row"}`;
  const element = document.createElement("div");
  element.className = "sheet";
  element.tabIndex = 0;
  element.setAttribute("role", "application");
  element.setAttribute("aria-label", `${titleOf(layer)}. The arrow keys choose a number.`);
  const mark = document.createElement("div");
  mark.className = "mark";
  element.append(document.createElement("canvas"), mark);
  const line = document.createElement("div");
  line.className = "line";
  line.append(element);
  section.append(createTitle(layer), line);
  return { section, element };
}

/** @param {HTMLTableSectionElement} body */
function addRow(body) {
  const row = body.insertRow();
  const head = document.createElement("th");
  head.scope = "row";
  row.append(head);
  row.insertCell();
  row.insertCell();
  const bar = row.insertCell();
  bar.className = "bar";
  bar.append(document.createElement("div"));
}
