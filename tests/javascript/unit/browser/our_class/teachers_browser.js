// A teacher's browser in a test, which answers as the server in its place.

import assert from "node:assert/strict";

import { createTeacher } from "../../../../../pixelviz/page/browser/our_class/teaching.js";
import { Refusal } from "../../../../../pixelviz/page/browser/our_class/wire.js";

/** @typedef {import("../../../../../pixelviz/page/browser/our_class/class_state.js").Class} Class */

export const CODE = "KRTWMXBD";
export const OTHER = "ZYXWTSRP";
export const KEY = "k".repeat(22);
export const NOW = 1_000_000;

/** @param {number} number Which is also the value of all its pixels. */
export function sent(number, device = 7, label = number % 10) {
  return { number, device, label, pixels: Buffer.alloc(784, number).toString("base64"), age: 2 };
}

/** @param {ReturnType<typeof sent>[]} digits @param {number} last @param {object} [other] */
export function answer(digits, last, other = {}) {
  const fox = { device: 7, colour: "blue", animal: "fox", css: "#2f6fd0", count: digits.length };
  return {
    digits, devices: [fox], count: digits.length, last, isPaused: false, secondsLeft: 500, ...other,
  };
}

/**
 * @typedef {{path: string, options: {method?: string, key?: string, body?: object}, answer(content: unknown): void,
 *   refuse(status: number, waitS?: number): void}} Question
 */

/** Returns a teacher, what it asks and hears, and its clock. @param {Record<string, string>} [kept] */
export function create(kept = {}) {
  /** @type {Question[]} */ const asked = [];
  /** @type {{call: () => void, ms: number}[]} */ const timers = [];
  /** @type {(Class | null)[]} */ const states = [];
  const page = {
    isVisible: true,
    remark: "",
    file: new Response("a file"),
    requests: /** @type {unknown[]} */ ([]),
  };
  const storage = /** @type {Storage} */ (
    /** @type {unknown} */ ({
      getItem: (/** @type {string} */ key) => kept[key] ?? null,
      setItem: (/** @type {string} */ key, /** @type {string} */ text) => (kept[key] = text),
      removeItem: (/** @type {string} */ key) => delete kept[key],
    })
  );
  const teacher = createTeacher({
    ask: (path, options = {}) =>
      new Promise((resolve, reject) => {
        options.signal?.addEventListener("abort", () => reject(new Error("aborted")));
        asked.push({
          path,
          options,
          answer: resolve,
          refuse: (status, waitS) => reject(new Refusal(`no ${status}`, status, waitS)),
        });
      }),
    request: async (path, options) => {
      page.requests.push([path, options?.key]);
      return page.file;
    },
    storage,
    now: () => NOW,
    after(call, ms) {
      const timer = { call, ms };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), 1).length;
    },
    isVisible: () => page.isVisible,
  });
  teacher.subscribe((state, remark) => {
    states.push(state);
    page.remark = remark;
  });

  /** Answers the newest question. @param {unknown} content */
  async function reply(content) {
    asked.at(-1)?.answer(content);
    await settled();
  }

  /** @param {number} status @param {number} [waitS] */
  async function refuse(status, waitS) {
    asked.at(-1)?.refuse(status, waitS);
    await settled();
  }

  /** Lets the one timer ring. @returns {number} How long it was set to. */
  function ring() {
    assert.equal(timers.length, 1);
    const [{ call, ms }] = timers.splice(0);
    call();
    return ms;
  }

  const numbers = () => states.at(-1)?.digits.map(({ number }) => number);
  return { teacher, asked, timers, states, page, kept, reply, refuse, ring, numbers };
}

export const settled = () =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** @param {ReturnType<typeof sent>[]} digits @param {number} last */
export async function createWith(digits, last) {
  const made = create();
  made.teacher.adopt(CODE, KEY);
  await made.reply(answer(digits, last));
  return made;
}
