import assert from "node:assert/strict";

/** The Worker that the client has started, as far as the client sees it. */
export class FakeWorker {
  /** @type {FakeWorker[]} */ static started = [];
  static isRefused = false;

  /** @type {any[]} */ messages = [];
  isTerminated = false;
  /** @type {(event: {data: unknown}) => void} */ onmessage = () => {};
  /** @type {(event: unknown) => void} */ onerror = () => {};
  /** @type {(event: unknown) => void} */ onmessageerror = () => {};

  /** @param {URL} address @param {unknown} options */
  constructor(address, options) {
    if (FakeWorker.isRefused) throw new Error("refused by the policy");
    this.address = address.href;
    this.options = options;
    FakeWorker.started.push(this);
  }

  /** @param {any} message @param {unknown[]} [transferred] */
  postMessage(message, transferred) {
    this.messages.push(message);
    if (message.kind === "load") assert.deepEqual(transferred, [message.file]);
  }

  terminate() {
    this.isTerminated = true;
  }

  /** @param {unknown} data */
  say(data) {
    this.onmessage({ data });
  }
}
