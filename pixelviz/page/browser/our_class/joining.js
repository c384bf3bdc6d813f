// Joins a class, and tries again while the server cannot be reached.

import { passingReason } from "./device_state.js";
import { createRetry } from "./retry.js";
import { refusalOf } from "./wire.js";

/**
 * @typedef {import("./device_state.js").Reason} Reason
 * @typedef {import("./device_state.js").Status} Status
 */

/** @type {Record<number, Reason>} */
const REASONS = { 404: "unknown", 409: "full" };

/**
 * @param {object} parts
 * @param {typeof import("./wire.js").ask} parts.ask
 * @param {(call: () => void, ms: number) => () => void} parts.after
 * @param {(membership: import("./kept_device.js").Membership, status: Status) => void} parts.onJoined
 * @param {(reason: Reason, problem: string) => void} parts.onProblem
 */
export function createJoining({ ask, after, onJoined, onProblem }) {
  const retry = createRetry(after, () => void attempt());
  /** @type {string | null} */ let wanted = null;

  async function attempt() {
    const code = wanted;
    if (!code) return;
    try {
      const { key, mark, ...status } = await ask(`${code}/devices`, { method: "POST", body: {} });
      if (wanted !== code) return;
      wanted = null;
      retry.succeed();
      onJoined({ code, key, mark }, status);
    } catch (error) {
      const refusal = refusalOf(error);
      if (wanted !== code) return;
      if (refusal.isPassing) {
        retry.later(refusal.waitS);
        onProblem(passingReason(refusal), refusal.message);
        return;
      }
      wanted = null;
      onProblem(REASONS[refusal.status] ?? "refused", refusal.message);
    }
  }

  return {
    /** @returns {string | null} The code of the class that is being joined. */
    get wanted() {
      return wanted;
    },

    /** @param {string | null} code Null to join none. */
    want(code) {
      retry.stop();
      wanted = code;
    },

    start() {
      void attempt();
    },

    now: retry.now,
  };
}
