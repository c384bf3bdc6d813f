// Buttons of which one is pressed.

/**
 * @template Value
 * @param {HTMLElement} element Where the buttons come to stand.
 * @param {{title: string, value: Value, hint?: string}[]} options
 * @param {(value: Value) => void} onChoose
 * @returns {(isChosen: (value: Value) => boolean) => void} What presses the button that is chosen.
 */
export function createChoice(element, options, onChoose) {
  const buttons = options.map(({ title, value, hint }) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = title;
    if (hint) button.title = hint;
    button.addEventListener("click", () => onChoose(value));
    return button;
  });
  element.append(...buttons);
  return (isChosen) => {
    buttons.forEach((button, at) => {
      button.setAttribute("aria-pressed", String(isChosen(options[at].value)));
    });
  };
}
