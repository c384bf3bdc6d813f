// Calls a function at most so often; the last value always comes through.

/**
 * @template Value
 * @param {(value: Value) => void} call
 * @param {number} ms How long after one call the next one may come.
 */
export function createThrottle(call, ms) {
  let until = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;

  /** @param {Value} value */
  function now(value) {
    until = performance.now() + ms;
    call(value);
  }

  return {
    /**
     * @param {Value} value
     * @param {boolean} isUrgent Whether it must not wait.
     */
    set(value, isUrgent) {
      clearTimeout(timer);
      const wait = until - performance.now();
      if (isUrgent || wait <= 0) now(value);
      else timer = setTimeout(now, wait, value);
    },

    end() {
      clearTimeout(timer);
    },
  };
}
