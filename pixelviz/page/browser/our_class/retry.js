// Tries again what has failed for now: soon at first, then less often.

const FIRST_MS = 1000;
const LAST_MS = 8000;

/**
 * @param {(call: () => void, ms: number) => () => void} after Returns what calls it off.
 * @param {() => void} attempt
 */
export function createRetry(after, attempt) {
  let ms = FIRST_MS;
  /** @type {(() => void) | null} */ let callOff = null;

  function stop() {
    callOff?.();
    callOff = null;
  }

  return {
    /** @param {number} waitS It is not tried earlier than in so many seconds. */
    later(waitS) {
      stop();
      callOff = after(
        () => {
          callOff = null;
          attempt();
        },
        Math.max(ms, 1000 * waitS),
      );
      ms = Math.min(2 * ms, LAST_MS);
    },

    /** Tries at once what is to be tried later. */
    now() {
      if (!callOff) return;
      stop();
      attempt();
    },

    stop,

    /** The next failure is the first one. */
    succeed() {
      ms = FIRST_MS;
    },
  };
}
