// Puts questions about many grids to the networks one after the other, the most urgent one first: a
// newer question would end the one before.

/** @typedef {import("../../browser/arrays.js").Vector} Vector */

/**
 * @typedef {object} Question
 * @property {Vector[]} vectors
 * @property {string[]} names Of models that can be asked.
 * @property {(name: string, start: number, logits: Float32Array[]) => void} hear Called with each
 *   part of the answer: which model's, and which of the grids is its first.
 * @property {() => void} [done] Called when all of it was heard.
 */

/** @param {(vectors: Vector[], names: string[]) => number} askMany That of the client. */
export function createTurns(askMany) {
  /** @type {(Question | null)[]} By urgency. */ const waiting = [];
  /** @type {{number: number, question: Question, left: number} | null} */ let asked = null;

  function next() {
    if (asked) return;
    const urgency = waiting.findIndex(Boolean);
    const question = waiting[urgency];
    if (!question) return;
    waiting[urgency] = null;
    const { vectors, names } = question;
    asked = { number: askMany(vectors, names), question, left: vectors.length * names.length };
  }

  return {
    /**
     * @param {number} urgency 0 comes first.
     * @param {Question} question About one grid or more. It takes the place of one that waits and is
     *   as urgent.
     */
    ask(urgency, question) {
      if (question.vectors.length === 0 || question.names.length === 0) return;
      waiting[urgency] = question;
      next();
    },

    /** @param {number} urgency Nothing as urgent waits any more. */
    withdraw(urgency) {
      waiting[urgency] = null;
    },

    /** Nothing is waited for any more, and the networks stop. */
    cancel() {
      waiting.length = 0;
      if (!asked) return;
      asked = null;
      askMany([], []);
    },

    /** @param {import("../../browser/network/network_client.js").Many} many What the client tells. */
    receive({ number, name, start, logits }) {
      if (asked?.number !== number) return;
      const { question } = asked;
      asked.left -= logits.length;
      const isDone = asked.left === 0;
      if (isDone) asked = null;
      question.hear(name, start, logits);
      if (isDone) question.done?.();
      next();
    },
  };
}
