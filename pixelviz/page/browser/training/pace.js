// How fast it learns: a step takes no time to speak of, and nobody could see anything of it.

/**
 * Counts the steps that are due.
 * @param {number} perSecond How many there are to be; Infinity for as many as possible.
 * @param {number} now In milliseconds, as `performance.now` has it.
 */
export function createPace(perSecond, now) {
  const each = 1000 / perSecond;
  let next = now;

  return {
    /**
     * @param {number} time
     * @returns {boolean} Whether a step is due; then it is taken. What was missed in more than a second is
     *   not made up for.
     */
    take(time) {
      if (time < next) return false;
      next = Math.max(next + each, time - 1000);
      return true;
    },

    /** @param {number} time @returns {number} How long until the next one, in milliseconds. */
    wait(time) {
      return Math.max(0, next - time);
    },
  };
}
