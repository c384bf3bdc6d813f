// Decides whose answer the panel shows: that of the models in this browser, which are asked in every
// frame, or that of the server's Keras models, which is the authority.

import { isSame } from "../browser/arrays.js";
import { softmax } from "../browser/prediction.js";

/** @typedef {import("../browser/arrays.js").Vector} Vector */
/** @typedef {import("../browser/model_input.js").ModelInput} ModelInput */
/** @typedef {ArrayLike<number>} Logits */

/** What differs by less in every probability is the same answer, computed in another order. */
const TOLERANCE = 0.001;

/** While the pen draws, the models that are not chosen are asked at most so often. */
export const OTHERS_MS = 150;

/**
 * @typedef {object} ServerAnswer
 * @property {Vector} vector The grid that was asked about.
 * @property {Record<string, Logits>} logits By model; a model that is not there, or not yet, has none.
 */

/**
 * @typedef {object} Models The models in this browser.
 * @property {(name: string) => boolean} isReady Whether one can be asked.
 * @property {(vector: Vector, names: string[]) => void} ask Asks them, the first one first.
 */

/**
 * @typedef {object} Shown
 * @property {Record<string, Logits>} logits By model, those to show.
 * @property {Vector} vector The grid that is shown.
 * @property {boolean} isEmpty Whether nothing is drawn.
 * @property {boolean} isDrawing Whether the pen is down.
 * @property {boolean} isConfirmed Whether the server has answered to just this grid too.
 */

/**
 * @param {Models} models
 * @param {(shown: Shown) => void} draw
 * @param {(name: string, own: Logits, server: Logits) => void} disagree Called where the two differ.
 */
export function createShownAnswer(models, draw, disagree) {
  /** @type {string[]} The models to show. */ let names = [];
  /** @type {ServerAnswer | null} */ let server = null;
  /** @type {ModelInput | null} */ let input = null;
  /** @type {{vector: Vector, names: Set<string>} | null} What was asked for last. */ let asked = null;
  /** @type {Map<string, {vector: Vector, logits: Logits, isCompared: boolean}>} */
  const own = new Map();
  /** @type {Record<string, Logits>} Each model's latest answer, to whatever. */ let latest = {};
  let othersAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;

  return {
    /** @param {string[]} wanted The models to show, the chosen one first, if it is there. */
    choose(wanted) {
      names = wanted;
    },

    /** @param {ServerAnswer} answer */
    receive(answer) {
      server = answer;
      update();
    },

    /** @param {ModelInput} next What the models get from now on. */
    feed(next) {
      input = next;
      update();
    },

    /** @param {{vector: Vector, name: string, logits: Logits}} answer A model's of this browser. */
    answered({ vector, name, logits }) {
      own.set(name, { vector, logits, isCompared: false });
      latest[name] = logits;
      update();
    },

    update,

    end() {
      clearTimeout(timer);
    },
  };

  /** Shows what is known by now, and asks for what is not. */
  function update() {
    const vector = input?.vector ?? server?.vector;
    if (!vector) return;
    const isDrawing = input?.isDrawing ?? false;
    const isEmpty = vector.every((value) => value === 0);
    if (isEmpty) latest = {};
    else {
      const missing = names.filter((name) => !find(name, vector));
      ask(vector, missing);
    }
    const logits = Object.fromEntries(
      names.flatMap((name) => (latest[name] ? [[name, latest[name]]] : [])),
    );
    const isSeen = server !== null && isSame(server.vector, vector);
    const isConfirmed = isSeen && (isEmpty || names[0] in (server?.logits ?? {}));
    draw({ logits, vector, isEmpty, isDrawing, isConfirmed });
  }

  /**
   * Makes a model's answer to a grid its latest.
   * @param {string} name
   * @param {Vector} vector
   * @returns {boolean} Whether anybody has answered.
   */
  function find(name, vector) {
    const answer = own.get(name);
    const ours = answer && isSame(answer.vector, vector) ? answer : null;
    const theirs = server && isSame(server.vector, vector) ? server.logits[name] : undefined;
    if (ours && theirs && !isAlike(ours.logits, theirs)) {
      if (!ours.isCompared) disagree(name, ours.logits, theirs);
      ours.isCompared = true;
      latest[name] = theirs;
      return true;
    }
    const found = ours?.logits ?? theirs;
    if (found) latest[name] = found;
    else if (!models.isReady(name)) followServer(name, vector);
    return found !== undefined;
  }

  /**
   * Where this browser cannot answer, the server's answer stays until it has seen the next grid.
   * @param {string} name
   * @param {Vector} vector
   */
  function followServer(name, vector) {
    const theirs = server?.logits[name];
    if (theirs) latest[name] = theirs;
    else if (server && isSame(server.vector, vector)) delete latest[name];
  }

  /** @param {Vector} vector @param {string[]} missing */
  function ask(vector, missing) {
    const isEveryone = !input?.isDrawing || performance.now() >= othersAt;
    const ready = missing.filter((name) => models.isReady(name) && (isEveryone || name === names[0]));
    if (!isEveryone && missing.length > ready.length) askOthersLater();
    const isAsked = asked && isSame(asked.vector, vector);
    if (ready.length === 0 || (isAsked && ready.every((name) => asked?.names.has(name)))) return;
    asked = { vector, names: new Set(ready) };
    if (ready.length > 1) othersAt = performance.now() + OTHERS_MS;
    models.ask(vector, ready);
  }

  function askOthersLater() {
    timer ??= setTimeout(() => {
      timer = undefined;
      update();
    }, OTHERS_MS);
  }
}

/** @param {Logits} one @param {Logits} other @returns {boolean} */
function isAlike(one, other) {
  const probabilities = softmax(other);
  return softmax(one).every((each, digit) => Math.abs(each - probabilities[digit]) <= TOLERANCE);
}
