// Takes a file that is dropped anywhere on the page, pasted, or chosen in the dialog, makes a photo
// small enough to be sent, and hands it to the dialog, which it opens if need be. A file that may hold
// pictures' values is read in the browser: only a single picture is sent.

import { openButton, uploadInput } from "../browser/third_party_dom.js";
import { find } from "../browser/elements.js";
import { singlePictureFile } from "../browser/data_file/single_picture.js";
import { dataSets } from "../browser/data_set/data_sets.js";
import { endInstance, instanceFor } from "../browser/instances.js";
import { encode } from "../browser/pixel_codec.js";
import { createDataFileDialog, isDataFile } from "./data_file_dialog.js";
import { needsWork, prepared } from "./photo_file.js";

const WAIT_MS = 15_000;
const DROP_HERE = "Drop a photo or a file of pixel values, of one digit or of thousands.";
const MAKING_SMALLER = "Getting the photo ready";

/**
 * @typedef {{parentElement: ShadowRoot, data: {bytesMax: number},
 *            setTriggerValue: (name: string, value: unknown) => void}} Component The trigger "placed" is
 *   a picture that is to go onto the canvas, and "taken" says that a set was taken over.
 */

/** @param {Component} component */
export default function show({ parentElement, data, setTriggerValue }) {
  const intake = instanceFor(parentElement, createIntake);
  intake.bytesMax = data.bytesMax;
  intake.onPlace = (vector) => setTriggerValue("placed", encode(vector));
  intake.onTaken = () => setTriggerValue("taken", true);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createIntake(root) {
  const sign = find(root, ".sign", HTMLElement);
  const listening = new AbortController();
  const dialog = createDataFileDialog(root, {
    onOne: (file, vector, label) => hand(singlePictureFile(vector, label, file.name)),
    onPlace: (vector) => intake.onPlace(vector),
    onTake(set) {
      dataSets.put(set);
      dataSets.choose(set.kind);
      intake.onTaken();
    },
    onFailure: hand,
  });
  const intake = {
    bytesMax: Infinity,
    onPlace: (/** @type {import("../browser/arrays.js").Vector} */ _vector) => {},
    onTaken: () => {},
    end() {
      listening.abort();
      dialog.end();
    },
  };
  /** How many elements the dragged file is over: it enters one before it leaves the other. */
  let depth = 0;
  /** Whether the dialog's field just now gets a file from here. */
  let isGiving = false;

  /** @param {string} text What is shown over the page; "" for nothing. */
  function say(text) {
    sign.textContent = text;
    sign.hidden = !text;
  }

  /** @param {File} file */
  async function take(file) {
    if (needsWork(file, intake.bytesMax)) say(MAKING_SMALLER);
    const small = await prepared(file, intake.bytesMax);
    say("");
    await hand(small);
  }

  /** @param {File} file Any; it is read here if it may hold values, and by the server otherwise. */
  function read(file) {
    if (isDataFile(file)) dialog.open(file);
    else take(file);
  }

  /** @param {File} file For the server. */
  async function hand(file) {
    if (!uploadInput()) openButton()?.click();
    const input = await inputOnceOpen();
    if (input) give(input, file);
  }

  /**
   * @param {HTMLInputElement} input
   * @param {File} file
   */
  function give(input, file) {
    const transfer = new DataTransfer();
    transfer.items.add(file);
    input.files = transfer.files;
    isGiving = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    isGiving = false;
  }

  /** @param {DragEvent} event */
  function enter(event) {
    if (!holdsFiles(event.dataTransfer)) return;
    depth += 1;
    say(DROP_HERE);
  }

  function leave() {
    depth = Math.max(0, depth - 1);
    if (!depth) say("");
  }

  /** @param {DragEvent} event */
  function allow(event) {
    if (holdsFiles(event.dataTransfer)) event.preventDefault();
  }

  /** @param {DragEvent} event */
  function drop(event) {
    depth = 0;
    say("");
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // the dialog's own field would take it as it is
    read(file);
  }

  /** @param {ClipboardEvent} event */
  function paste(event) {
    const file = event.clipboardData?.files[0];
    if (!file) return;
    event.preventDefault();
    read(file);
  }

  /** @param {Event} event */
  function choose(event) {
    const input = uploadInput();
    if (isGiving || event.target !== input) return;
    const file = input?.files?.[0];
    if (!file || !(isDataFile(file) || needsWork(file, intake.bytesMax))) return;
    event.stopImmediatePropagation();
    read(file);
    if (isDataFile(file)) input.value = ""; // so that the same file can be chosen again
  }

  const options = { capture: true, signal: listening.signal };
  document.addEventListener("dragenter", enter, options);
  document.addEventListener("dragleave", leave, options);
  document.addEventListener("dragover", allow, options);
  document.addEventListener("drop", drop, options);
  document.addEventListener("paste", paste, options);
  document.addEventListener("change", choose, options);
  return intake;
}

/** @param {DataTransfer | null} transfer */
function holdsFiles(transfer) {
  return transfer?.types.includes("Files") ?? false;
}

/** @returns {Promise<HTMLInputElement | null>} Null if the dialog does not open. */
function inputOnceOpen() {
  return new Promise((resolve) => {
    const observer = new MutationObserver(look);
    const timer = setTimeout(() => end(null), WAIT_MS);
    /** @param {HTMLInputElement | null} input */
    function end(input) {
      observer.disconnect();
      clearTimeout(timer);
      resolve(input);
    }
    function look() {
      const input = uploadInput();
      if (input) end(input);
    }
    observer.observe(document.body, { childList: true, subtree: true });
    look();
  });
}
