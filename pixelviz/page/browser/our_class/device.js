// A pupil's device in a class: it joins, gives digits, and hears how many there are. A digit is kept in
// the browser and sent again until the server has said that it has it. It bears the same number each
// time, so it is stored once, whatever was lost on the way.

import { createChannel } from "../channel.js";
import { encode } from "../pixel_codec.js";
import { isPassing, passingReason } from "./device_state.js";
import { createJoining } from "./joining.js";
import { createKeptDevice } from "./kept_device.js";
import { createRetry } from "./retry.js";
import { refusalOf } from "./wire.js";

/**
 * @typedef {import("./device_state.js").DeviceState} DeviceState
 * @typedef {import("./device_state.js").Reason} Reason
 * @typedef {import("./device_state.js").Status} Status
 * @typedef {import("./kept_device.js").Membership} Membership
 * @typedef {import("./kept_device.js").Waiting} Waiting
 */

/**
 * @typedef {object} Parts
 * @property {typeof import("./wire.js").ask} ask
 * @property {import("./kept_device.js").Store | null} storage
 * @property {(call: () => void, ms: number) => () => void} after Returns what calls it off.
 * @property {() => boolean} isVisible
 * @property {() => string} newUuid
 */

/** How often a visible page asks how many digits the class has. */
export const POLL_MS = 5000;

/** @param {Parts} parts */
export function createDevice({ ask, storage, after, isVisible, newUuid }) {
  const kept = createKeptDevice(storage);
  const delivery = createRetry(after, () => void deliver());
  const joining = createJoining({ ask, after, onJoined, onProblem: publish });
  /** @type {ReturnType<typeof createChannel<DeviceState>>} */ const channel = createChannel();
  let subscribers = 0;
  let stopPolling = () => {};
  let isPolling = false;
  let isDelivering = false;
  /** Grows with each status that is heard, so that an answer can be told to be overtaken. */
  let heard = 0;

  /** @type {Membership | null} */ let own = kept.membership();
  /** @type {Status | null} */ let status = null;
  const queue = kept.waiting();
  let acknowledged = 0;
  /** @type {Reason} */ let reason = "";
  let problem = "";

  /** @param {Reason} [newReason] @param {string} [newProblem] */
  function publish(newReason = reason, newProblem = problem) {
    reason = newReason;
    problem = newProblem;
    const { wanted } = joining;
    channel.publish({
      phase: wanted ? "joining" : own ? "in" : "out",
      code: wanted ?? own?.code ?? null,
      mark: wanted ? null : (own?.mark ?? null),
      status: wanted ? null : status,
      waiting: ownWaiting(),
      acknowledged,
      reason,
      problem,
    });
  }

  /** @returns {Waiting | null} */
  function ownWaiting() {
    return queue.find(({ key }) => key === own?.key) ?? null;
  }

  /** @param {Status} told @param {boolean} isAllWell Whether what was refused before is over. */
  function hear({ ask: asked, given, count, isPaused, secondsLeft }, isAllWell) {
    heard += 1;
    status = { ask: asked, given, count, isPaused, secondsLeft };
    if (isAllWell || isPassing(reason)) publish("", "");
    else publish();
  }

  /** @param {Membership} membership @param {Status} told */
  function onJoined(membership, told) {
    own = membership;
    kept.join(own);
    hear(told, true);
    pollLater();
  }

  /** @param {import("./wire.js").Refusal} refusal Says that this device is no longer in the class. */
  function leave(refusal) {
    if (!own) return;
    const { key } = own;
    queue.filter((each) => each.key === key).forEach(settle);
    kept.leave(key);
    own = status = null;
    publish(refusal.status === 401 ? "removed" : "ended", refusal.message);
  }

  /** @param {Waiting} digit It need not be sent again. */
  function settle(digit) {
    kept.remove(digit.give);
    if (queue.includes(digit)) queue.splice(queue.indexOf(digit), 1);
  }

  /** Sends what waits, one after the other. */
  async function deliver() {
    if (isDelivering) return;
    isDelivering = true;
    delivery.stop();
    try {
      while (queue.length && (await send(queue[0])));
    } finally {
      isDelivering = false;
    }
  }

  /** @param {Waiting} digit @returns {Promise<boolean>} Whether it need not be sent again. */
  async function send(digit) {
    const { code, key, label, pixels, give } = digit;
    const isOwn = () => key === own?.key;
    try {
      const told = await ask(`${code}/digits`, { method: "POST", key, body: { label, pixels, give } });
      delivery.succeed();
      settle(digit);
      if (isOwn()) {
        acknowledged += 1;
        hear(told, true);
      }
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal.isPassing) {
        delivery.later(refusal.waitS);
        if (isOwn()) publish(passingReason(refusal), refusal.message);
        return false;
      }
      if (isOwn() && refusal.status === 409 && (await isToWait())) return false;
      if (isOwn() && [401, 404].includes(refusal.status)) leave(refusal);
      settle(digit);
      if (isOwn()) publish(refusal.status === 409 ? "full" : "refused", refusal.message);
    }
    return true;
  }

  /** @returns {Promise<boolean>} Whether the class is paused, or that cannot be told now. */
  async function isToWait() {
    if (!(await poll())) {
      delivery.later(0); // what is known may be older than the refusal
      return true;
    }
    return !status || status.isPaused;
  }

  /**
   * Asks how many digits there are.
   * @returns {Promise<boolean>} Whether this device is in a class, and the server has answered.
   */
  async function poll() {
    if (!own || isPolling) return false;
    const { code, key } = own;
    const before = heard;
    isPolling = true;
    let waitS = 0;
    try {
      const told = await ask(`${code}/device`, { key });
      if (own?.key === key && heard === before) hear(told, false);
    } catch (error) {
      const refusal = refusalOf(error);
      waitS = refusal.waitS;
      if (own?.key === key && refusal.isPassing) publish(passingReason(refusal), refusal.message);
      else if (own?.key === key) leave(refusal);
    } finally {
      isPolling = false;
      pollLater(waitS);
    }
    return own?.key === key && !isPassing(reason);
  }

  /** @param {number} [waitS] */
  function pollLater(waitS = 0) {
    stopPolling();
    if (!subscribers || !own) return;
    const next = () => (isVisible() ? void pollAndDeliver() : pollLater());
    stopPolling = after(next, Math.max(POLL_MS, 1000 * waitS));
  }

  async function pollAndDeliver() {
    if ((await poll()) && queue.length && !status?.isPaused) await deliver();
  }

  publish();
  if (queue.length) void deliver();
  return {
    /** @param {string} code Of a class; one that it is in already is asked how many digits it has. */
    join(code) {
      joining.want(own?.code === code ? null : code);
      publish("", "");
      if (joining.wanted) joining.start();
      else void pollAndDeliver();
    },

    /** Joins no longer. */
    stopJoining() {
      joining.want(null);
      publish("", "");
    },

    /**
     * @param {number} label What it was meant to be, 0 to 9.
     * @param {import("../arrays.js").Vector} vector
     * @returns {boolean} Whether it is on its way: while one is, no other can be given.
     */
    give(label, vector) {
      if (!own || ownWaiting()) return false;
      const { code, key } = own;
      const digit = { code, key, label, pixels: encode(vector), give: newUuid() };
      queue.push(digit);
      kept.add(digit);
      publish("", "");
      void deliver();
      return true;
    },

    /** Tries all that waits at once, as when the page is seen again or the network is back. */
    tryNow() {
      joining.now();
      if (subscribers) void pollAndDeliver();
      else delivery.now();
    },

    /** @param {(state: DeviceState) => void} receive Called at once and at each change. */
    subscribe(receive) {
      subscribers += 1;
      if (subscribers === 1) void pollAndDeliver();
      const end = channel.subscribe(receive);
      return () => {
        end();
        subscribers -= 1;
        if (!subscribers) stopPolling();
      };
    },
  };
}
