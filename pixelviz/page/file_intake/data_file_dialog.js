// The dialog for a file of pictures: it shows how far the file is read, what it says, what is not
// certain in it, and lets a person choose a picture or take all of them.

import { NAME } from "../browser/data_file/names.js";
import { readDataFile } from "../browser/data_file/data_file_client.js";
import { find, write } from "../browser/elements.js";
import { createFoundPictures } from "./found_pictures.js";
import { optionButton } from "./option_button.js";
import { onceUsable } from "./other_dialog.js";

/** @typedef {import("../browser/arrays.js").Vector} Vector */
/** @typedef {import("../browser/data_file/outcome.js").Outcome} Outcome */
/** @typedef {import("../browser/data_set/data_set.js").DataSet} DataSet */

/** A file that is read sooner needs no progress bar. */
const SOON_MS = 200;

const SECTIONS = ["reading", "refusal", "question", "found"];

/** @param {File} file @returns {boolean} Whether it may hold pictures' values, by its name. */
export function isDataFile(file) {
  return NAME.test(file.name);
}

/**
 * @param {ShadowRoot} root
 * @param {object} listener
 * @param {(file: File, vector: Vector, label: number | null) => void} listener.onOne Called with the only
 *   picture of a file.
 * @param {(vector: Vector) => void} listener.onPlace Called with the picture that the person has chosen.
 * @param {(set: DataSet) => void} listener.onTake Called with all of them.
 * @param {(file: File) => void} listener.onFailure Called with a file that cannot be read here.
 */
export function createDataFileDialog(root, { onOne, onPlace, onTake, onFailure }) {
  const dialog = find(root, "dialog", HTMLDialogElement);
  const heading = find(dialog, "h2", HTMLElement);
  const progress = find(dialog, "progress", HTMLProgressElement);
  const sentence = find(dialog, ".refusal p", HTMLElement);
  const question = find(dialog, ".question p", HTMLElement);
  const options = find(dialog, ".options", HTMLElement);
  const [cancel, place, take] = ["cancel", "place", "take"].map((name) =>
    find(dialog, `.${name}`, HTMLButtonElement),
  );
  const pictures = createFoundPictures(find(dialog, ".found", HTMLElement));
  /** @type {ReturnType<typeof readDataFile> | null} */ let reading = null;
  /** @type {File | null} */ let file = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;
  let [wasShown, wasAsked] = [false, false];

  /** @param {string} section The one that is shown. */
  async function show(section) {
    wasShown = true;
    clearTimeout(timer);
    for (const each of SECTIONS) find(dialog, `.${each}`, HTMLElement).hidden = each !== section;
    write(cancel, section === "refusal" ? "Close" : "Cancel");
    place.hidden = section !== "found";
    take.hidden = section !== "found" || pictures.count() === 1;
    const shown = file;
    if (!dialog.open) await onceUsable(dialog);
    if (file !== shown) return;
    if (!dialog.open) dialog.showModal();
    const first = { reading: cancel, refusal: cancel, question: heading, found: heading }[section];
    first?.focus();
  }

  /** @param {Outcome} outcome */
  async function hear(outcome) {
    if (!file) return;
    if (outcome.kind === "refusal") {
      write(sentence, outcome.sentence);
      show("refusal");
    } else if (outcome.kind === "question") {
      write(question, outcome.text);
      options.replaceChildren(
        ...outcome.options.map((option, number) => optionButton(option, () => answer(number))),
      );
      show("question");
    } else if (outcome.kind === "one" && wasAsked) {
      close();
      onPlace(outcome.grids);
    } else if (outcome.kind === "one" && !outcome.isNotable) {
      const [chosen, label, isShown] = [file, outcome.targets?.[0] ?? null, wasShown];
      close();
      if (isShown) await onceUsable(dialog); // the dialog for photos is just being closed
      onOne(chosen, outcome.grids, label);
    } else {
      pictures.set(outcome);
      show("found");
    }
  }

  /** @param {number} option */
  function answer(option) {
    wasAsked = true;
    progress.removeAttribute("value");
    timer = setTimeout(show, SOON_MS, "reading");
    reading?.answer(option);
  }

  /** Forgets the file and all that was read of it. */
  function close() {
    clearTimeout(timer);
    reading?.end();
    reading = file = null;
    wasShown = wasAsked = false;
    pictures.forget();
    options.replaceChildren();
    if (dialog.open) dialog.close();
  }

  cancel.addEventListener("click", close);
  dialog.addEventListener("cancel", close);
  // Escape is for this dialog, and not for another one below it.
  for (const name of ["keydown", "keyup"]) {
    dialog.addEventListener(name, (event) => event.stopPropagation());
  }
  place.addEventListener("click", () => {
    const vector = pictures.chosen();
    close();
    if (vector) onPlace(vector);
  });
  take.addEventListener("click", () => {
    const set = pictures.asSet(file?.name ?? "");
    close();
    if (set) onTake(set);
  });

  return {
    /** @param {File} chosen Takes the place of one that is being read. */
    open(chosen) {
      close();
      file = chosen;
      write(heading, chosen.name);
      progress.value = 0;
      timer = setTimeout(show, SOON_MS, "reading");
      reading = readDataFile(chosen, {
        onProgress: (share) => (progress.value = share),
        onOutcome: hear,
        onFailure(error) {
          console.warn(error);
          close();
          onFailure(chosen);
        },
      });
    },
    end: close,
  };
}
