// Calls a function at most so often; the last value always comes through.

/**
 * @template Value
 * @param {(value: Value) => void} call
 * @param {number} ms How long after one call the next one may come.
 */
export function createThrottle(call, ms) {
  let until = 0;
  return createDelay(
    /** @param {Value} value */
    (value) => {
      until = performance.now() + ms;
      call(value);
    },
    () => until - performance.now(),
  );
}

/**
 * @template Value
 * @param {(value: Value) => void} call
 * @param {(value: Value) => number} waitFor Returns how long a value has to wait, in milliseconds; it
 *   does not wait if that is not above 0.
 */
export function createDelay(call, waitFor) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;

  return {
    /**
     * @param {Value} value It takes the place of one that waits.
     * @param {boolean} isUrgent Whether it must not wait.
     */
    set(value, isUrgent) {
      clearTimeout(timer);
      const wait = waitFor(value);
      if (isUrgent || wait <= 0) call(value);
      else timer = setTimeout(call, wait, value);
    },

    end() {
      clearTimeout(timer);
    },
  };
}
