// How a browser talks with the server about a class: JSON over HTTP, with a key in a header.

/** An answer that takes longer counts as none. */
const PATIENCE_MS = 15_000;

/** The same of a file: that of a whole class has up to 11 MB. */
export const FILE_PATIENCE_MS = 600_000;

const UNREACHABLE = "The server cannot be reached. Check the connection; this tries again by itself.";

/** What the server refuses, or why it could not be asked: the message can be shown as it is. */
export class Refusal extends Error {
  /**
   * @param {string} message
   * @param {number} status That of the answer, or 0 where none came.
   * @param {number} waitS So many seconds later it may be tried again.
   */
  constructor(message, status, waitS = 0) {
    super(message);
    this.status = status;
    this.waitS = waitS;
  }

  /** @returns {boolean} Whether the same question may be answered otherwise a little later. */
  get isPassing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/**
 * @typedef {object} Options
 * @property {string} [method] GET if there is none.
 * @property {string} [key] The teacher's, or a device's.
 * @property {object} [body] Sent as JSON.
 * @property {number} [patienceMs] An answer that takes longer counts as none.
 * @property {AbortSignal} [signal] Ends the wait; then the error is the signal's own.
 */

/**
 * @param {string} path Below `classes`, such as "KRTWMXBD/digits", or empty.
 * @param {Options} [options]
 * @returns {Promise<Response>} An answer that is no refusal.
 * @throws {Refusal}
 */
export async function request(path, { method = "GET", key, body, patienceMs = PATIENCE_MS, signal } = {}) {
  const address = new URL(path ? `classes/${path}` : "classes", document.baseURI);
  /** @type {Record<string, string>} */ const headers = {};
  if (key) headers.Authorization = `Bearer ${key}`;
  if (body) headers["Content-Type"] = "application/json";
  const patience = AbortSignal.timeout(patienceMs);
  let response;
  try {
    response = await fetch(address, {
      method,
      headers,
      body: body ? JSON.stringify(body) : undefined,
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
      cache: "no-store",
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refusal(UNREACHABLE, 0);
  }
  if (response.ok) return response;
  throw await refusalIn(response);
}

/**
 * @param {Response} response
 * @returns {Promise<Refusal>} What it says. Only the server itself can refuse for good: a 404 of a proxy,
 *   whose server is being replaced, does not mean that a class has ended.
 */
async function refusalIn(response) {
  const { status } = response;
  const { error } = record(await response.json().catch(() => null));
  const waitS = Number(response.headers.get("Retry-After")) || 0;
  if (typeof error === "string") return new Refusal(error, status, waitS);
  return new Refusal(`The server answered with ${status}.`, status === 429 ? status : 0, waitS);
}

/** @param {unknown} read @returns {Record<string, unknown>} */
function record(read) {
  return /** @type {Record<string, unknown>} */ (read ?? {});
}

/**
 * @param {string} path
 * @param {Options} [options]
 * @returns {Promise<any>} The answer, read from JSON; null where it is empty.
 * @throws {Refusal}
 */
export async function ask(path, options) {
  const response = await request(path, options);
  if (response.status === 204) return null;
  try {
    return await response.json();
  } catch {
    throw new Refusal(UNREACHABLE, 0);
  }
}

/** @param {unknown} error @returns {Refusal} @throws What is none: a mistake of ours. */
export function refusalOf(error) {
  if (error instanceof Refusal) return error;
  throw error;
}
