// Random numbers that are the same each time: who starts again with the same seed sees the same.

/**
 * @param {number} seed A whole number.
 * @returns {() => number} What returns the next number, from 0 up to but not including 1 (mulberry32).
 */
export function createRandom(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Puts numbers into a random order, each order as likely as any other (Fisher and Yates).
 * @param {Uint32Array} numbers They are moved where they are.
 * @param {() => number} random
 */
export function shuffle(numbers, random) {
  for (let last = numbers.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const moved = numbers[last];
    numbers[last] = numbers[other];
    numbers[other] = moved;
  }
}
