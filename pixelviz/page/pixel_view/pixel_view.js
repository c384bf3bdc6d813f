// Picture, integers and strip: three views of one grid, linked here in the browser, so that
// pointing at a pixel needs no answer from the server.

import { find, write } from "../browser/elements.js";
import { endInstance, instanceFor } from "../browser/instances.js";
import { prepareCanvases } from "../browser/canvas_finder.js";
import { modelInput } from "../browser/model_input.js";
import { pinnedPixel } from "../browser/pinned_pixel.js";
import { sentGrids } from "./grid_channel.js";
import { createIntegers } from "./integers.js";
import { createLens } from "./lens.js";
import { link } from "./linking.js";
import { createFollower } from "./pen_follower.js";
import { createPicture } from "./picture.js";
import { createShownGrid } from "./shown_grid.js";
import { createStrip } from "./strip.js";
import { describe, formatInteger, formatRescaled } from "./value_text.js";

const HINT = matchMedia("(pointer: coarse)").matches
  ? "Touch any cell: it is pinned, the same pixel lights up in every view, and you can change it."
  : "Point at any cell: the same pixel lights up in every view. Click to pin or change it.";

/**
 * Streamlit calls this when the component is mounted; its grid comes by messenger.js.
 * @param {{parentElement: ShadowRoot, setStateValue: (name: string, value: unknown) => void,
 *          setTriggerValue: (name: string, value: unknown) => void}} component The state "pinned" is
 *   the pinned index, or null; the trigger "edited" is the vector after the user changed it, and
 *   what was changed.
 */
export default function show({ parentElement, setStateValue, setTriggerValue }) {
  const view = instanceFor(parentElement, createView);
  view.onPin = (index) => setStateValue("pinned", index);
  view.onEdit = (change) => setTriggerValue("edited", change);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createView(root) {
  const picture = createPicture(find(root, ".picture .paper", HTMLElement));
  const integers = createIntegers(find(root, ".integers .sheet", HTMLElement));
  const strip = createStrip(find(root, ".strip .tape", HTMLElement));
  const lens = createLens(find(root, ".lens", HTMLElement), find(root, ".enlarged", Element));
  const reading = find(root, ".reading", HTMLElement);
  const valueLabel = find(root, ".value", HTMLElement);
  const valueInput = find(root, ".value input", HTMLInputElement);
  const size = find(root, ".picture small", HTMLElement);
  const sizeText = size.textContent ?? "";

  let format = formatInteger;
  const pen = createFollower((drawing) => grid.showAsDrawn(drawing));
  const grid = createShownGrid(pen, {
    draw,
    move: picture.move,
    follow: (isFollowing) => write(size, isFollowing ? "as drawn" : sizeText),
    feed: (vector, isDrawing) => modelInput.publish({ vector, isDrawing }),
    send: (change) => view.onEdit(change),
  });
  const links = link([picture, integers, strip], strip, {
    onChange: read,
    onPin(index) {
      pinnedPixel.publish({ index });
      view.onPin(index);
    },
    valueOf: (index) => grid.vector[index],
    onEdit: grid.edit,
  });

  function draw() {
    picture.draw(grid.vector);
    integers.draw(grid.vector, format);
    strip.draw(grid.vector);
    read();
  }

  /** Describes the pixel that is pointed at or pinned. */
  function read() {
    const { index, pinned } = links;
    const { vector } = grid;
    lens.draw(vector, index, format);
    reading.classList.toggle("hint", index === null);
    const isPinned = index === pinned ? " · pinned" : "";
    write(reading, index === null ? HINT : describe(index, vector[index]) + isPinned);
    valueLabel.hidden = pinned === null;
    if (pinned !== null && !valueInput.matches(":focus")) valueInput.value = String(vector[pinned]);
  }

  valueInput.addEventListener("input", () => {
    if (links.pinned !== null && valueInput.value !== "" && valueInput.validity.valid) {
      grid.edit(links.pinned, valueInput.valueAsNumber);
    }
  });
  valueInput.addEventListener("blur", read);

  /** @type {NodeListOf<HTMLButtonElement>} */
  const buttons = root.querySelectorAll(".switch button");
  for (const button of buttons) {
    button.addEventListener("click", () => {
      buttons.forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
      const isRescaled = button.value === "rescaled";
      format = isRescaled ? formatRescaled : formatInteger;
      write(find(root, ".range", Element), isRescaled ? "rescaled: divided by 255" : "0 to 255");
      integers.element.classList.toggle("rescaled", isRescaled);
      draw();
    });
  }

  const copyButton = find(root, ".copy", HTMLButtonElement);
  copyButton.addEventListener("click", () => {
    write(copyButton, integers.copy() ? "Copied" : "Select them and copy");
    copyButton.focus();
  });
  copyButton.addEventListener("blur", () => write(copyButton, "Copy"));

  draw();
  const stopReceiving = sentGrids.subscribe(grid.receive);
  const stopPinning = pinnedPixel.subscribe(({ index }) => links.pin(index));
  const listening = new AbortController();
  const options = { capture: true, signal: listening.signal };
  addEventListener("pointerdown", grid.flush, options);
  addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || !event.composedPath().includes(root)) grid.flush();
    },
    options,
  );
  const stopPreparingCanvases = prepareCanvases();
  const view = {
    end() {
      pen.end();
      listening.abort();
      stopReceiving();
      stopPinning();
      stopPreparingCanvases();
    },
    onPin: (/** @type {number | null} */ _index) => {},
    onEdit: (/** @type {import("./shown_grid.js").Change} */ _change) => {},
  };
  return view;
}
