// A server of one class, as a device sees it, and a device that talks with it.

import assert from "node:assert/strict";

import { LENGTH } from "../../../../../pixelviz/page/browser/arrays.js";
import { createDevice } from "../../../../../pixelviz/page/browser/our_class/device.js";
import { Refusal } from "../../../../../pixelviz/page/browser/our_class/wire.js";

/** @typedef {import("../../../../../pixelviz/page/browser/our_class/device_state.js").DeviceState} DeviceState */

export const CODE = "KRTWMXBD";

export const VECTOR = Uint8Array.from({ length: LENGTH }, (_, index) => index % 256);

/**
 * @typedef {"answer" | "lose answer" | "lose question" | Refusal | Promise<unknown>} Fate What happens
 *   to a question. An answer can be held back by a promise.
 */

export function createServer() {
  /** @type {Map<string, {label: number, pixels: string}>} */ const digits = new Map();
  /** @type {Fate[]} */ const fates = [];
  /** @type {string[]} */ const asked = [];
  const server = {
    digits,
    asked,
    isPaused: false,
    isThere: true,
    limit: Infinity,
    devices: /** @type {string[]} */ ([]),

    /** @param {Fate[]} next Those of the next questions; all others are answered. */
    let(...next) {
      fates.push(...next);
    },

    /** @type {typeof import("../../../../../pixelviz/page/browser/our_class/wire.js").ask} */
    async ask(path, { method = "GET", key = "", body } = {}) {
      asked.push(`${method} ${path}`);
      const fate = fates.shift() ?? "answer";
      await null;
      if (fate instanceof Refusal) throw fate;
      const answer = fate === "lose question" ? null : answerTo(path, key, body);
      await fate;
      if (fate === "answer" || fate instanceof Promise) return answer;
      throw new Refusal("not reached", 0);
    },
  };

  /** @param {string} path @param {string} key @param {any} body */
  function answerTo(path, key, body) {
    const [code, what] = path.split("/");
    if (!server.isThere || code !== CODE) throw new Refusal("no such class", 404);
    if (what === "devices") {
      const device = server.devices.length;
      server.devices.push(`${device}.abcdefghijklmnop`);
      return { key: server.devices[device], mark: markOf(device), ...status() };
    }
    if (!server.devices.includes(key)) throw new Refusal("wrong key", 401);
    if (what === "device") return { mark: markOf(server.devices.indexOf(key)), ...status() };
    if (!digits.has(body.give)) {
      if (server.isPaused) throw new Refusal("paused", 409);
      if (digits.size >= server.limit) throw new Refusal("the limit", 409);
      digits.set(body.give, body);
    }
    return status();
  }

  function status() {
    const { size } = digits;
    return { ask: size % 10, given: size, count: size, isPaused: server.isPaused, secondsLeft: 9 };
  }

  return server;
}

/** @param {number} device */
export function markOf(device) {
  return { device, colour: "blue", animal: "fox", css: "#2f6fd0" };
}

/** A browser, with its storage and its clock, in which pages can be loaded. */
export function createBrowser(/** @type {ReturnType<typeof createServer>} */ server) {
  /** @type {Map<string, string>} */ const stored = new Map();
  /** @type {{call: () => void, at: number}[]} */ let timers = [];
  let now = 0;
  let uuids = 0;
  const browser = {
    stored,
    isVisible: true,

    /** @returns {ReturnType<typeof createDevice> & {state: DeviceState}} */
    load() {
      timers = [];
      const device = createDevice({
        ask: server.ask,
        storage: {
          getItem: (name) => stored.get(name) ?? null,
          setItem: (name, text) => void stored.set(name, text),
          removeItem: (name) => void stored.delete(name),
        },
        after(call, ms) {
          const timer = { call, at: now + ms };
          timers.push(timer);
          return () => (timers = timers.filter((each) => each !== timer));
        },
        isVisible: () => browser.isVisible,
        newUuid: () => `00000000-0000-4000-8000-${String((uuids += 1)).padStart(12, "0")}`,
      });
      const page = Object.assign(device, { state: /** @type {DeviceState} */ ({}) });
      device.subscribe((state) => (page.state = state));
      return page;
    },

    /** @param {number} [seconds] Lets time pass, and all that is asked meanwhile be answered. */
    async pass(seconds = 0) {
      await answered();
      for (let second = 0; second < seconds; second += 1) {
        now += 1000;
        const due = timers.filter(({ at }) => at <= now);
        timers = timers.filter(({ at }) => at > now);
        due.forEach(({ call }) => call());
        await answered();
      }
    },
  };
  return browser;
}

function answered() {
  return new Promise((resolve) => {
    setTimeout(resolve, 2);
  });
}

/**
 * @param {ReturnType<typeof createBrowser>} browser
 * @returns The page of a device that has joined.
 */
export async function joined(browser) {
  const page = browser.load();
  page.join(CODE);
  await browser.pass();
  assert.equal(page.state.phase, "in");
  return page;
}
