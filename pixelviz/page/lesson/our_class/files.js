// Buttons that take the digits of the class away, as files.

import { find, write } from "../../browser/elements.js";
import { teacher } from "../../browser/our_class/teacher.js";

const FILES = [
  { name: "digits.csv", title: "CSV for a spreadsheet" },
  { name: "digits.npz", title: "NPZ for Python" },
  { name: "contact_sheet.png", title: "Contact sheet, PNG" },
  { name: "contact_sheet.pdf", title: "Contact sheet, PDF" },
];

/** So long the browser has to begin with a file. */
const KEPT_MS = 60_000;

/** @param {HTMLElement} element Gets the buttons in it; has a line that says what became of them. */
export function createFiles(element) {
  const note = find(element, ".note", HTMLElement);
  const buttons = FILES.map(({ name, title }) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = title;
    button.addEventListener("click", () => take(name));
    return button;
  });
  note.before(...buttons);

  /** @param {string} name */
  async function take(name) {
    const savedAs = `class_${name}`;
    write(note, `${savedAs} is being made …`);
    try {
      const file = await teacher.takeAway(name);
      if (file) save(file, savedAs);
      write(note, file ? `${savedAs} is saved.` : "");
    } catch (error) {
      write(note, error instanceof Error ? error.message : String(error));
    }
  }

  return {
    /** @param {number} count How many digits there are: without one there is no file. */
    show(count) {
      for (const button of buttons) button.disabled = count === 0;
    },
  };
}

/** @param {Blob} file @param {string} name */
function save(file, name) {
  const address = URL.createObjectURL(file);
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
