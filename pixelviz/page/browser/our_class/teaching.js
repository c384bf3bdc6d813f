// What a browser knows of the class that it is the teacher of, asked for each second, and what a teacher
// can do with it.

import { UNKNOWN, read, recounted } from "./class_state.js";
import { inGroups } from "./code.js";
import { NONE, merged, without } from "./given_digits.js";
import { forget, keep, readKept } from "./teacher_key.js";
import { FILE_PATIENCE_MS, Refusal } from "./wire.js";

/**
 * @typedef {import("./given_digits.js").Given} Given
 * @typedef {import("./given_digits.js").Sent} Sent
 * @typedef {import("./teacher_key.js").ClassKey} ClassKey
 * @typedef {import("./class_state.js").Class} Class
 * @typedef {import("./class_state.js").Status} Status
 * @typedef {Status & {digits: Sent[], last: number}} Answer
 *
 * @typedef {(state: Class | null, remark: string) => void} Receive The remark says why there is no class
 *   any more, if there was one.
 *
 * @typedef {object} Surroundings What a class is in touch with; tests have their own.
 * @property {typeof import("./wire.js").ask} ask
 * @property {typeof import("./wire.js").request} request
 * @property {Storage | null} storage Null where the browser allows none.
 * @property {() => number} now In milliseconds.
 * @property {(call: () => void, ms: number) => () => void} after Calls once, later; returns what
 *   cancels that.
 * @property {() => boolean} isVisible Whether the page is seen: only then it asks.
 */

/** So often the server is asked, and so often at least while it does not answer. */
export const [EACH_MS, AT_MOST_MS] = [1000, 30_000];

/** The server does not tell a wrong key from one whose class has ended. */
const GONE = [401, 404];

const UNREADABLE = "The server's answer cannot be read. Reload the page.";
const NOT_WHOLE = "The file did not come whole. Try again.";

/** @param {Surroundings} surroundings */
export function createTeacher(surroundings) {
  const { storage, now, after, isVisible } = surroundings;
  /** @type {Set<Receive>} */ const receivers = new Set();
  /** @type {ClassKey | null} */ let own = null;
  /** @type {Class | null} */ let state = null;
  let known = NONE;
  let remark = "";
  let waitMs = EACH_MS;
  let cancel = () => {};
  /** Ends the question that is on its way. */ let asking = new AbortController();

  /** @param {Partial<Class>} [change] */
  function publish(change = {}) {
    if (state) state = { ...state, digits: known.digits, ...change };
    for (const receive of receivers) tell(receive);
  }

  /** @param {Receive} receive What goes wrong there does not end the asking. */
  function tell(receive) {
    try {
      receive(state, remark);
    } catch (error) {
      console.error(error);
    }
  }

  /** @param {ClassKey} next @param {boolean} isKept */
  function take(next, isKept) {
    stop();
    [own, known, remark, waitMs] = [next, NONE, "", EACH_MS];
    state = { ...UNKNOWN, code: next.code, isKept };
    publish();
    poll();
  }

  /** @param {string} why There is no class any more. */
  function leave(why) {
    stop();
    if (own) forget(storage, own.code);
    [own, known, remark, state] = [null, NONE, why, null];
    publish();
  }

  /** An answer that is on its way may be older than what has just been done: it is not waited for. */
  function stop() {
    cancel();
    asking.abort();
  }

  function askAgain() {
    stop();
    waitMs = EACH_MS;
    poll();
  }

  async function poll() {
    if (!own || !isVisible()) return;
    const { signal } = (asking = new AbortController());
    try {
      await hear(own, signal);
      waitMs = EACH_MS;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) console.warn(error);
      if (!bear(error instanceof Refusal ? error : new Refusal(UNREADABLE, 0), own)) return;
    }
    if (!signal.aborted) cancel = after(poll, waitMs);
  }

  /** @param {Refusal} refusal @param {ClassKey} of @returns {boolean} Whether there still is a class. */
  function bear({ message, status, waitS }, { code }) {
    waitMs = Math.max(Math.min(2 * waitMs, AT_MOST_MS), 1000 * waitS);
    if (!GONE.includes(status)) {
      publish({ problem: message });
      return true;
    }
    leave(state?.isKnown ? hasEnded(code) : `The class ${inGroups(code)} has ended, or this is not its key.`);
    return false;
  }

  /** @param {ClassKey} of @param {AbortSignal} signal */
  async function hear({ code, key }, signal) {
    const digitsAfter = (/** @type {number} */ last) =>
      surroundings.ask(`${code}/digits?after=${last}`, { key, signal });
    /** @type {Answer} */ let answer = await digitsAfter(known.last);
    if (signal.aborted) return;
    let all = merged(known, answer, now());
    if (all.digits.length !== answer.count) {
      answer = await digitsAfter(0);
      if (signal.aborted) return;
      all = merged(NONE, answer, now());
    }
    known = all;
    publish({ ...read(answer), isKnown: true, problem: "" });
  }

  /**
   * Does something with the class, and asks what it has then.
   * @param {string} path
   * @param {{method: string, body?: object}} options
   * @param {(answer: any) => void} then Called before, where it was not refused.
   * @throws {Refusal}
   */
  async function act(path, options, then) {
    if (!own) return;
    const { code, key } = own;
    stop();
    try {
      const answer = await surroundings.ask(`${code}${path}`, { ...options, key });
      if (own?.code === code) then(answer);
    } finally {
      if (own?.code === code) askAgain();
    }
  }

  /** @param {(digit: Given) => boolean} isGone @param {number} [device] That goes with its digits. */
  function drop(isGone, device) {
    known = without(known, isGone);
    publish({ devices: recounted(state?.devices ?? new Map(), known.digits, device) });
  }

  return {
    /** Starts a class; this browser is its teacher's. @throws {Refusal} */
    async start() {
      const { code, key } = await surroundings.ask("", { method: "POST", body: {} });
      this.adopt(code, key);
    },

    /** @param {string} code @param {string} key Those of a class that was started elsewhere. */
    adopt(code, key) {
      take({ code, key }, keep(storage, { code, key }));
    },

    /** @param {boolean} isPaused Whether nothing can be given for a while. @throws {Refusal} */
    pause: (isPaused) => act("", { method: "PATCH", body: { isPaused } }, (status) => publish(read(status))),

    /** @param {number} number @throws {Refusal} */
    removeDigit: (number) =>
      act(`/digits/${number}`, { method: "DELETE" }, () => drop((digit) => digit.number === number)),

    /** @param {number} device It, and all that it gave. @throws {Refusal} */
    removeDevice: (device) =>
      act(`/devices/${device}`, { method: "DELETE" }, () => drop((digit) => digit.device === device, device)),

    /** Ends the class: everything of it is erased. @throws {Refusal} */
    end: () => act("", { method: "DELETE" }, () => leave(hasEnded(state?.code ?? ""))),

    /**
     * @param {string} name Such as "digits.csv".
     * @returns {Promise<Blob | null>} The file; null where there is no class.
     * @throws {Refusal}
     */
    async takeAway(name) {
      if (!own) return null;
      const options = { key: own.key, patienceMs: FILE_PATIENCE_MS };
      const response = await surroundings.request(`${own.code}/${name}`, options);
      return response.blob().catch(() => {
        throw new Refusal(NOT_WHOLE, 0);
      });
    },

    /** @returns {ClassKey | null} What opens the class elsewhere. */
    get key() {
      return own;
    },

    /** Asks at once, if there is a class: the page is seen again, or is connected again. */
    askNow() {
      if (own) askAgain();
    },

    /** Takes the class that this browser keeps the key of, which another window may have changed. */
    takeKept() {
      const kept = readKept(storage);
      if (kept && (kept.code !== own?.code || kept.key !== own.key)) take(kept, true);
      else if (!kept && own) askAgain(); // it tells whether the class has ended
    },

    /**
     * @param {Receive} receive Called at each change, and at once.
     * @returns {() => void} What ends that.
     */
    subscribe(receive) {
      receivers.add(receive);
      tell(receive);
      return () => receivers.delete(receive);
    },
  };
}

/** @param {string} code @returns {string} */
function hasEnded(code) {
  return `The class ${inGroups(code)} has ended. Nothing of it is on the server any more.`;
}
