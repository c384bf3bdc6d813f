// Asks before something is done that cannot be undone.

import { find, write } from "../../browser/elements.js";

/**
 * @param {HTMLDialogElement} dialog With the elements that are found here.
 * @returns {(text: string, yes: string) => Promise<boolean>} Asks, with what the button says that does
 *   it; resolves when the person has decided.
 */
export function createQuestion(dialog) {
  const agree = find(dialog, ".yes", HTMLButtonElement);
  agree.addEventListener("click", () => dialog.close("yes"));
  find(dialog, ".no", HTMLButtonElement).addEventListener("click", () => dialog.close("no"));

  return (text, yes) => {
    write(find(dialog, ".text", HTMLElement), text);
    write(agree, yes);
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
    });
  };
}
