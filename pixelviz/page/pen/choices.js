// Notices when a person sets a tool that the page has just set itself. By what a message says the
// tool is set to, the server cannot tell that from a message that was on its way.

const EVENTS = /** @type {const} */ (["pointerdown", "click", "keydown"]);

/** @typedef {{[key: string]: number}} Changes What the page has set: a number, by the tool's key. */

/** @type {Changes} */ let standing = {};
let isListening = false;
/** @type {(chosen: Changes) => void} */ let report = () => {};

/**
 * Notices it from now on.
 * @param {Changes} changes What the page has set, and the person has not set since.
 * @param {(chosen: Changes) => void} onChoice Called with those that the person sets now.
 */
export function noticeChoices(changes, onChoice) {
  standing = changes;
  report = onChoice;
  if (isListening) return;
  isListening = true;
  for (const event of EVENTS) addEventListener(event, notice, { capture: true });
}

/** @param {Event} event */
function notice(event) {
  const [target] = event.composedPath();
  if (!(target instanceof Element)) return;
  const chosen = Object.entries(standing).filter(([key]) => target.closest(`.st-key-${key}`));
  if (!chosen.length) return;
  standing = {};
  report(Object.fromEntries(chosen));
}
