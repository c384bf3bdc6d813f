// Closes another dialog of the page that keeps this one from being used.

const WAIT_MS = 5_000;

/**
 * Resolves once nothing keeps an element from being used. What keeps it is a dialog that makes all that
 * is outside of it inert: it is closed by its button "Close", as a person would.
 * @param {HTMLElement} element In a shadow root.
 * @returns {Promise<void>}
 */
export function onceUsable(element) {
  if (!isInert(element)) return Promise.resolve();
  const close = document.querySelector("[role=dialog] button[aria-label=Close]");
  if (close instanceof HTMLElement) close.click();
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => isInert(element) || end());
    const timer = setTimeout(end, WAIT_MS); // better a dialog that only Escape closes than none
    function end() {
      observer.disconnect();
      clearTimeout(timer);
      resolve();
    }
    observer.observe(document, { attributeFilter: ["inert"], subtree: true });
  });
}

/** @param {HTMLElement} element */
function isInert(element) {
  const root = /** @type {ShadowRoot} */ (element.getRootNode());
  return root.host.closest("[inert]") !== null;
}
