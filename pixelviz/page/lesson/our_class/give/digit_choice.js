// Ten buttons, one of which is chosen: the digit that a drawing is meant to be.

/** @param {HTMLElement} element Is given the buttons. */
export function createDigitChoice(element) {
  let isOwn = false;
  const inputs = [...Array(10).keys()].map((digit) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    const text = document.createElement("span");
    Object.assign(input, { type: "radio", name: "digit", value: String(digit), checked: digit === 0 });
    text.textContent = String(digit);
    label.append(input, text);
    element.append(label);
    input.addEventListener("change", () => {
      isOwn = true;
    });
    return input;
  });

  return {
    /** @returns {number} */
    get digit() {
      return inputs.findIndex(({ checked }) => checked);
    },

    /**
     * @param {number} digit It is chosen, unless the person has chosen one.
     * @param {boolean} [isAfresh] Whether what the person has chosen is done with.
     */
    suggest(digit, isAfresh = false) {
      if (isAfresh) isOwn = false;
      if (!isOwn) inputs[digit].checked = true;
    },
  };
}
