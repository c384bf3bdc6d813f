// Networks that a test answers for: questions are written down, and answered when it says so.

/** @typedef {import("../../../../../pixelviz/page/browser/arrays.js").Vector} Vector */

/**
 * @param {(name: string, vector: Vector) => number[]} logitsOf
 * @param {number} [together] How many answers a part has.
 */
export function createFakeNetworks(logitsOf, together = 8) {
  /** @type {{number: number, vectors: Vector[], names: string[]}[]} */ const asked = [];
  /** @type {{number: number, name: string, start: number, logits: Float32Array[]}[]} */ let parts = [];

  return {
    asked,

    /** @param {Vector[]} vectors @param {string[]} names @returns {number} */
    askMany(vectors, names) {
      const number = asked.length + 1;
      asked.push({ number, vectors, names });
      parts = names.flatMap((name) =>
        Array.from({ length: Math.ceil(vectors.length / together) }, (_, group) => {
          const start = together * group;
          const some = vectors.slice(start, start + together);
          return { number, name, start, logits: some.map((each) => Float32Array.from(logitsOf(name, each))) };
        }),
      );
      return number;
    },

    /** @returns {import("../../../../../pixelviz/page/browser/network/network_client.js").Many | undefined} */
    nextPart: () => parts.shift(),
  };
}

/**
 * @param {Vector} vector
 * @returns {number[]} Logits for two digits: the more ink above the middle, the more a 1.
 */
export function upperHalf(vector) {
  const half = vector.length / 2;
  /** @param {number} from @param {number} to */
  const ink = (from, to) => vector.slice(from, to).reduce((sum, value) => sum + value, 0) / 1000;
  return [ink(half, 2 * half), ink(0, half)];
}
