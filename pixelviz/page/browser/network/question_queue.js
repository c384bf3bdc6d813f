// Which question a network answers next: the newest drawing wins, and older ones are dropped.

/**
 * Returns a queue in which there is one question at most.
 * @param {(next: () => void) => void} later Calls `next` once everything has been heard that was said
 *   meanwhile: a newer question may be among it.
 */
export function createQuestionQueue(later) {
  /** @type {(() => void)[]} What is left of the newest question. */ let left = [];
  let isWaiting = false;

  function next() {
    isWaiting = false;
    left.shift()?.();
    goOnLater(); // after what was said while a model answered
  }

  function goOnLater() {
    if (isWaiting || left.length === 0) return;
    isWaiting = true;
    later(next);
  }

  return {
    /**
     * Takes the place of any other question that waits.
     * @param {(() => void)[]} steps What answers it: each takes a while, the most urgent is the first.
     */
    ask(steps) {
      left = [...steps];
      goOnLater();
    },
  };
}
