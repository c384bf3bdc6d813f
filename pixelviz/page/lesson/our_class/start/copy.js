// Copies a text that is not to be seen.

/**
 * @param {Node} place Where the text is for a moment: in a dialog, nothing outside of it is copied.
 * @param {string} text
 * @returns {Promise<boolean>} Whether the browser has let it.
 */
export async function copyUnseen(place, text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyFrom(place, text); // without TLS a browser has no clipboard for scripts
  }
}

/** @param {Node} place @param {string} text @returns {boolean} */
function copyFrom(place, text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.style.cssText = "position: fixed; opacity: 0";
  place.appendChild(field);
  const focused = /** @type {Document | ShadowRoot} */ (place.getRootNode()).activeElement;
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return isCopied;
}
