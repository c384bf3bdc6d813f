// Asks the networks, which a Worker computes, from the page.
//
// Messages to the Worker, and its answers:
// {kind: "load", name, address, file}: {kind: "loaded", address} or {kind: "refused", address, problem}
// {kind: "ask", vector, names}: {kind: "logits", vector, name, logits}, one for each name
// {kind: "look", vector, name}: {kind: "outputs", vector, name, outputs}
// {kind: "askMany", vectors, names, number}: {kind: "many", number, name, start, logits}, several

/** @typedef {import("../arrays.js").Vector} Vector */

/**
 * @typedef {object} Answer
 * @property {Vector} vector The grid that it is the answer to.
 * @property {string} name Of the model.
 * @property {Float32Array} logits
 */

/**
 * @typedef {object} Outputs
 * @property {Vector} vector The grid that it is the answer to.
 * @property {string} name Of the model.
 * @property {import("./layers.js").Tensor[]} outputs Those of its layers.
 */

/**
 * @typedef {object} Many A part of the answer to many grids.
 * @property {number} number Of the question.
 * @property {string} name Of the model.
 * @property {number} start Which of the grids is the first one here.
 * @property {Float32Array[]} logits To it and those after it.
 */

/** @typedef {{resolve: () => void, reject: (error: Error) => void}} Waiting */

/**
 * The Worker starts when the first model is loaded.
 * @param {object} listener
 * @param {(answer: Answer) => void} [listener.onLogits]
 * @param {(outputs: Outputs) => void} [listener.onOutputs]
 * @param {(many: Many) => void} [listener.onMany]
 * @param {(name: string) => void} [listener.onReady] Called when a model that is wanted can be asked.
 * @param {(error: Error) => void} listener.onFailure Called once, when nothing will be answered any
 *   more: the Worker could not be started, or has failed.
 */
export function createNetworkClient({ onLogits, onOutputs, onMany, onReady, onFailure }) {
  /** @type {Worker | null} */ let worker = null;
  /** @type {Error | null} Why nothing is answered any more. */ let reason = null;
  /** @type {Map<string, {address: string, loading: Promise<void>}>} */ const models = new Map();
  /** @type {Map<string, Waiting>} By address. */ const waiting = new Map();
  /** @type {Set<string>} */ const ready = new Set();
  /** @type {Set<string>} The addresses of those that are wanted. */ const wanted = new Set();
  const fetching = new AbortController();
  let number = 0;

  /** @returns {Worker} */
  function start() {
    const started = new Worker(new URL("./network_worker.js", import.meta.url), { type: "module" });
    started.onmessage = ({ data }) => hear(data);
    started.onerror = (event) => {
      event.preventDefault(); // the failure is handled here
      fail(new Error(event.message || "The script of the network's worker could not be loaded."));
    };
    started.onmessageerror = () => fail(new Error("The worker's answer could not be read."));
    return started;
  }

  /** @param {any} message */
  function hear(message) {
    if (reason) return;
    const { kind, ...rest } = message;
    if (kind === "logits") onLogits?.(rest);
    else if (kind === "outputs") onOutputs?.(rest);
    else if (kind === "many") onMany?.(rest);
    else if (kind === "loaded") waiting.get(message.address)?.resolve();
    else waiting.get(message.address)?.reject(new Error(message.problem));
  }

  /** @param {Error} error */
  function stop(error) {
    reason = error;
    fetching.abort();
    worker?.terminate();
    ready.clear();
    waiting.forEach(({ reject }) => reject(error));
  }

  /** @param {Error} error */
  function fail(error) {
    if (reason) return;
    stop(error);
    onFailure(error);
  }

  /** @param {string} name @param {string} address @returns {Promise<void>} */
  async function fetchAndRead(name, address) {
    if (reason) throw reason;
    try {
      worker ??= start();
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
    const { signal } = fetching;
    const response = await fetch(new URL(address, document.baseURI), { signal });
    if (!response.ok) throw new Error(`The model ${name} was answered with ${response.status}.`);
    const file = await response.arrayBuffer();
    if (reason) throw reason;
    const read = new Promise((resolve, reject) => {
      waiting.set(address, { resolve: () => resolve(undefined), reject });
    });
    worker.postMessage({ kind: "load", name, address, file }, [file]);
    await read.finally(() => waiting.delete(address));
    if (!reason) ready.add(name);
  }

  /**
   * Fetches a model here rather than in the Worker, so that it is the one that was preloaded.
   * @param {string} name
   * @param {string} address Relative to the page's.
   * @returns {Promise<void>} Resolves once the model can be asked; rejects if it cannot be loaded. It
   *   may then be loaded again.
   */
  function load(name, address) {
    const known = models.get(name);
    if (known?.address === address) return known.loading;
    const loading = fetchAndRead(name, address);
    models.set(name, { address, loading });
    loading.catch(() => {
      if (models.get(name)?.loading === loading) models.delete(name);
    });
    return loading;
  }

  return {
    load,

    /**
     * Loads a model, unless it was tried before: once is enough, also where it failed.
     * @param {string} name
     * @param {string | null | undefined} address None where the browser cannot have the model.
     */
    want(name, address) {
      if (!address || wanted.has(address)) return;
      wanted.add(address);
      load(name, address).then(
        () => onReady?.(name),
        (error) => console.warn(error),
      );
    },

    /** @param {string} name @returns {boolean} Whether a model can be asked. */
    isReady(name) {
      return ready.has(name);
    },

    /**
     * Asks for answers to a grid. The first model answers first, and the others as long as there is
     * no newer question; a question that is overtaken before it was begun gets no answer.
     * @param {Vector} vector
     * @param {string[]} names Those that are not loaded are left out.
     */
    ask(vector, names) {
      const loaded = names.filter((name) => ready.has(name));
      if (loaded.length > 0) worker?.postMessage({ kind: "ask", vector, names: loaded });
    },

    /**
     * Asks for the outputs of all layers of one model.
     * @param {Vector} vector
     * @param {string} name
     */
    look(vector, name) {
      if (ready.has(name)) worker?.postMessage({ kind: "look", vector, name });
    },

    /**
     * Asks for answers to many grids. They come in parts, in the order of the grids, those of the first
     * model first; a newer question ends it.
     * @param {Vector[]} vectors
     * @param {string[]} names Those that are not loaded are left out.
     * @returns {number} The number of the question, which its answers bear.
     */
    askMany(vectors, names) {
      number += 1;
      const loaded = names.filter((name) => ready.has(name));
      worker?.postMessage({ kind: "askMany", vectors, names: loaded, number });
      return number;
    },

    /** Ends the Worker; nothing is told any more. */
    end() {
      if (!reason) stop(new Error("The networks are not needed any more."));
    },
  };
}
