// Lets the drawable canvas load one drawing after the other. Of two that it loads at once, the one
// that takes longer would stay on it, whichever is the newer one.

/**
 * @typedef {object} Component What Streamlit calls a component's script with.
 * @property {{initialDrawing: unknown}} data
 * @property {ShadowRoot} parentElement
 * @property {(name: string, value: unknown) => void} setStateValue
 */

/** @typedef {(component: Component) => () => void} Show */

/** The canvas tells when it has loaded a drawing. If it does not, the next one waits this long. */
export const WAIT_MS = 1000;

/**
 * Returns what shows the canvas as `original` does, but keeps back another drawing until the canvas
 * has told that it has loaded the one before, or has had the time to.
 * @param {Show} original
 * @returns {Show}
 */
export function inTurn(original) {
  /** @type {string | null} The drawing that the canvas was last given. */ let given = null;
  /** @type {Component | null} What is to be shown next. */ let next = null;
  /** @type {ReturnType<typeof setTimeout> | null} */ let loading = null;
  /** @type {() => void} */ let end = () => {};

  function goOn() {
    if (loading !== null) clearTimeout(loading);
    loading = null;
    if (next) give(next);
  }

  /** @param {Component} component */
  function give(component) {
    next = null;
    const drawing = JSON.stringify(component.data.initialDrawing);
    if (given !== null && drawing !== given) loading = setTimeout(goOn, WAIT_MS);
    given = drawing;
    end = original({
      ...component,
      setStateValue: (name, value) => {
        component.setStateValue(name, value);
        if (loading !== null) goOn();
      },
    });
  }

  return (component) => {
    if (loading === null) give(component);
    else next = component;
    return () => {
      next = null;
      goOn();
      end();
    };
  };
}
