// The digits of a class as a data set: taken when a person asks for them, so that nothing changes while it
// is looked at; and the same together with MNIST.

import { LENGTH } from "../arrays.js";
import { createChannel } from "../channel.js";
import { counted, grouped } from "../counts.js";
import { KIND as MNIST } from "./mnist.js";

/**
 * @typedef {import("./data_set.js").DataSet} DataSet
 * @typedef {Pick<import("../our_class/teacher.js").Class, "code" | "digits" | "devices" | "isKnown">} Class
 * @typedef {import("../our_class/teacher.js").Given} Given
 *
 * @typedef {object} ClassNow
 * @property {number | null} count How many digits the class has now; null where this browser has no class.
 * @property {number | null} taken How many were taken; null where none were.
 * @property {number} come How many of those that the class has now were not taken.
 * @property {number} gone How many of those that were taken the class has no more.
 * @property {boolean} isOver Whether what was taken is of a class that this browser has no more.
 */

export const KIND = "class";

/** The class together with MNIST. */
export const JOINT = "class-and-mnist";

export const [NAME, JOINT_NAME] = ["Our class", "Our class and MNIST"];

/**
 * @param {Pick<typeof import("./data_sets.js").dataSets, "put" | "choose" | "remove" | "subscribe">} sets
 * @param {{subscribe: (receive: (state: Class | null) => void) => unknown}} ofClass
 * @param {() => Date} [clock]
 */
export function createClassSet(sets, ofClass, clock = () => new Date()) {
  /** @type {ReturnType<typeof createChannel<ClassNow>>} */ const channel = createChannel();
  /** @type {Class | null} */ let now = null;
  /** @type {{set: DataSet, code: string, digits: Class["digits"]} | null} */ let taken = null;
  /** @type {import("./data_sets.js").DataSets} */ let present = { all: new Map(), chosen: null };

  function publish() {
    channel.publish(compared(now, taken));
  }

  function forgetJoint() {
    if (present.chosen?.kind !== JOINT) sets.remove(JOINT);
  }

  publish();
  sets.subscribe((next) => {
    present = next;
    // It is as large as MNIST, and can be made again: it is there only while it is looked at.
    if (next.all.has(JOINT) && next.chosen?.kind !== JOINT) queueMicrotask(forgetJoint);
  });
  ofClass.subscribe((state) => {
    const next = state?.isKnown ? state : null;
    const isSame = next?.code === now?.code && next?.digits === now?.digits;
    now = next;
    if (!isSame) publish();
  });

  /** Chooses what was taken together with MNIST, as far as this browser has it. */
  function join() {
    const mnist = present.all.get(MNIST);
    if (!taken || !mnist) return;
    sets.put(joined(taken.set, mnist));
    sets.choose(JOINT);
  }

  return {
    join,

    /** Takes the class as it is now, in place of what was taken before, and chooses it. */
    take() {
      if (!now || now.digits.length === 0) return;
      const { code, digits } = now;
      taken = { set: setOf(now, clock()), code, digits };
      const isJoint = present.chosen?.kind === JOINT;
      sets.put(taken.set);
      if (isJoint) join();
      else sets.choose(KIND);
      publish();
    },

    /** Forgets what was taken: what the class has now can be taken again. */
    throwAway() {
      taken = null;
      sets.remove(KIND);
      sets.remove(JOINT);
      publish();
    },

    /** Calls a function at each change, and at once; returns what ends that. */
    subscribe: channel.subscribe,
  };
}

/**
 * @param {Class | null} now
 * @param {{code: string, digits: Class["digits"]} | null} taken
 * @returns {ClassNow}
 */
function compared(now, taken) {
  const count = now?.digits.length ?? null;
  if (!taken) return { count, taken: null, come: count ?? 0, gone: 0, isOver: false };
  const isOver = now?.code !== taken.code;
  const both = isOver ? 0 : inBoth(now?.digits ?? [], taken.digits);
  return {
    count,
    taken: taken.digits.length,
    come: (count ?? 0) - both,
    gone: isOver ? 0 : taken.digits.length - both,
    isOver,
  };
}

/** @param {readonly Given[]} some @param {readonly Given[]} others @returns {number} */
function inBoth(some, others) {
  const numbers = new Set(others.map(({ number }) => number));
  return some.filter(({ number }) => numbers.has(number)).length;
}

/**
 * @param {Class} state With at least one digit.
 * @param {Date} time When that was.
 * @returns {DataSet} A copy of its digits, in the order in which they came.
 */
export function setOf({ digits, devices }, time) {
  const grids = new Uint8Array(digits.length * LENGTH);
  digits.forEach(({ vector }, at) => grids.set(vector, at * LENGTH));
  const there = [...new Set(digits.map(({ device }) => device))].sort((a, b) => a - b);
  const places = new Map(there.map((device, place) => [device, place]));
  const writers = there.map((device) => {
    const mark = devices.get(device);
    return { device, name: mark ? `${mark.colour} ${mark.animal}` : `device ${device}`, css: mark?.css ?? "grey" };
  });
  const clock = time.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  return {
    kind: KIND,
    name: NAME,
    source: `by ${counted(writers.length, "writer")}, as the class was at ${clock}`,
    grids,
    targets: Uint8Array.from(digits, ({ label }) => label),
    trainingCount: digits.length,
    writers,
    writtenBy: Uint16Array.from(digits, ({ device }) => places.get(device) ?? 0),
  };
}

/**
 * @param {DataSet} ofClass
 * @param {DataSet} mnist
 * @returns {DataSet} Both: the class first, then MNIST's training set and its test set.
 */
export function joined(ofClass, mnist) {
  const grids = new Uint8Array(ofClass.grids.length + mnist.grids.length);
  grids.set(ofClass.grids);
  grids.set(mnist.grids, ofClass.grids.length);
  const own = ofClass.targets ?? new Uint8Array();
  const others = mnist.targets ?? new Uint8Array();
  const targets = new Uint8Array(own.length + others.length);
  targets.set(own);
  targets.set(others, own.length);
  return {
    ...ofClass,
    kind: JOINT,
    name: JOINT_NAME,
    source: `${grouped(own.length)} of the class and ${grouped(others.length)} of MNIST`,
    grids,
    targets,
    trainingCount: own.length + mnist.trainingCount,
  };
}
