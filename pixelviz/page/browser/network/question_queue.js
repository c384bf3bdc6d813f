// Which question a network answers next: the newest drawing wins, and older ones are dropped.

/** @typedef {import("../arrays.js").Vector} Vector */

/**
 * @typedef {object} Question
 * @property {Vector} vector
 * @property {string[]} names Of the models that are asked, the most urgent first.
 */

/**
 * Returns a queue in which there is one question at most.
 * @param {object} how
 * @param {(vector: Vector, name: string) => void} how.answer Lets one model answer, which takes a
 *   while.
 * @param {(next: () => void) => void} how.later Calls `next` once everything has been heard that was
 *   said meanwhile: a newer question may be among it.
 */
export function createQuestionQueue({ answer, later }) {
  /** @type {Question | null} What is left of the newest question. */ let left = null;
  let isWaiting = false;

  function next() {
    isWaiting = false;
    if (!left) return;
    const { vector, names } = left;
    const [name, ...others] = names;
    left = others.length > 0 ? { vector, names: others } : null;
    answer(vector, name);
    goOnLater(); // after what was said while the model answered
  }

  function goOnLater() {
    if (isWaiting || !left) return;
    isWaiting = true;
    later(next);
  }

  return {
    /** @param {Question} question Takes the place of any other that waits. */
    ask(question) {
      left = question.names.length > 0 ? question : null;
      goOnLater();
    },
  };
}
