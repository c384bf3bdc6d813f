// One of a few: a group of radio buttons that look like buttons.

/** @typedef {{value: string, title: string}} Option */

/**
 * @param {HTMLFieldSetElement} fieldset With a legend.
 * @param {(value: string) => void} onChoice
 */
export function createChoice(fieldset, onChoice) {
  const name = `choice-${fieldset.className}`;
  let shown = "";

  fieldset.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement) onChoice(target.value);
  });

  return {
    /** @param {Option[]} options @param {string} chosen The value of the chosen one. */
    show(options, chosen) {
      const now = JSON.stringify(options);
      if (now !== shown) build(options);
      shown = now;
      for (const input of fieldset.querySelectorAll("input")) input.checked = input.value === chosen;
    },
  };

  /** @param {Option[]} options */
  function build(options) {
    fieldset.querySelectorAll("label").forEach((label) => label.remove());
    for (const { value, title } of options) {
      const label = document.createElement("label");
      const input = document.createElement("input");
      Object.assign(input, { type: "radio", name, value });
      const text = document.createElement("span");
      text.textContent = title;
      label.append(input, text);
      fieldset.append(label);
    }
  }
}
