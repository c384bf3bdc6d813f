// Starts a class, shows how to join it, and what its teacher can do with it.

import { LENGTH } from "../../../browser/arrays.js";
import { counted } from "../../../browser/counts.js";
import { find, write } from "../../../browser/elements.js";
import { endInstance, instanceFor } from "../../../browser/instances.js";
import { inGroups } from "../../../browser/our_class/code.js";
import { teacher } from "../../../browser/our_class/teacher.js";
import { fromFragment } from "../../../browser/our_class/teacher_key.js";
import { forOthers, ofPupils, ofTeacher } from "../addresses.js";
import { createFiles } from "../files.js";
import { createQuestion } from "../question.js";
import { createSign } from "../sign.js";
import { pauseOrNot } from "../words.js";
import { copyUnseen } from "./copy.js";
import { limitsText, privacyTexts } from "./privacy.js";

/**
 * @typedef {import("../../../browser/our_class/teacher.js").Class} Class
 * @typedef {{limits: import("./privacy.js").Limits, reach: import("../addresses.js").Reach}} Data
 */

const COPIED_FOR_PUPILS = "Copied. It leads pupils into the class, without typing the code.";
const COPIED_FOR_TEACHER =
  "Copied. It opens the class on another computer. Whoever has it can see, remove and end as you can: give " +
  "it to no pupil.";
const NOT_COPIED = "This browser does not let the page copy.";

/** @param {{data: Data, parentElement: ShadowRoot}} component */
export default function show({ data, parentElement }) {
  instanceFor(parentElement, createStart).set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createStart(root) {
  const part = (/** @type {string} */ selector) => find(root, selector, HTMLElement);
  const button = (/** @type {string} */ selector) => find(root, selector, HTMLButtonElement);
  const [before, running, problem, note] = [".before", ".running", ".problem", ".running .note"].map(part);
  const details = find(root, "details", HTMLDetailsElement);
  const sign = createSign(part(".sign"));
  const files = createFiles(part(".files"));
  const askToEnd = createQuestion(find(root, ".ending", HTMLDialogElement));
  const askToChange = createQuestion(find(root, ".changing", HTMLDialogElement));
  const listening = new AbortController();
  /** @type {import("../addresses.js").Reach} */ let reach = { address: null, problem: "" };
  /** @type {Class | null} */ let state = null;

  /** @param {Class | null} next @param {string} remark */
  function render(next, remark) {
    if (next?.code !== state?.code) details.open = next === null;
    state = next;
    before.hidden = state !== null;
    running.hidden = state === null;
    write(part(".remark"), remark);
    write(problem, state?.problem ?? "");
    files.show(state?.digits.length ?? 0);
    if (!state) return;
    sign.show(state, forOthers(document.baseURI, reach));
    part(".forgetful").hidden = state.isKept;
    button(".for-pupils").hidden = !forOthers(document.baseURI, reach).address;
    write(button(".pause"), pauseOrNot(state.isPaused));
  }

  /**
   * Does something; what the server refuses is said.
   * @param {HTMLButtonElement} pressed
   * @param {() => Promise<void>} act
   */
  async function attempt(pressed, act) {
    const by = pressed;
    by.disabled = true;
    write(note, "");
    try {
      await act();
    } catch (error) {
      write(problem, error instanceof Error ? error.message : String(error));
    }
    by.disabled = false;
  }

  /** @param {string} address @param {string} copied What to say then. */
  async function copy(address, copied) {
    write(note, (await copyUnseen(running, address)) ? copied : NOT_COPIED);
  }

  /** @returns {string} */
  function whatIsErased() {
    if (!state) return "";
    const { code, digits, devices } = state;
    return (
      `End the class ${inGroups(code)}? ${counted(digits.length, "digit")} of ` +
      `${counted(devices.size, "device")} and all else that the server has of it are erased at once.`
    );
  }

  /** Takes the class whose key stands in the page's address, and the key out of there. */
  async function readAddress() {
    const linked = fromFragment(location.hash);
    if (!linked) return;
    history.replaceState(history.state, "", location.pathname + location.search);
    const own = teacher.key;
    const isOther = own !== null && own.code !== linked.code;
    const question =
      `This browser has the teacher's key of the class ${inGroups(own?.code ?? "")}. If it opens ` +
      `${inGroups(linked.code)}, it forgets that key; the class itself goes on.`;
    if (isOther && !(await askToChange(question, `Open ${inGroups(linked.code)}`))) return;
    teacher.adopt(linked.code, linked.key);
  }

  button(".begin").addEventListener("click", () =>
    attempt(button(".begin"), async () => {
      await teacher.start();
      running.focus({ preventScroll: true });
    }),
  );
  button(".pause").addEventListener("click", () =>
    attempt(button(".pause"), () => teacher.pause(!state?.isPaused)),
  );
  button(".for-pupils").addEventListener("click", () => {
    const { address } = forOthers(document.baseURI, reach);
    if (state && address) void copy(ofPupils(address, state.code), COPIED_FOR_PUPILS);
  });
  button(".elsewhere").addEventListener("click", () => {
    const others = forOthers(document.baseURI, reach).address ?? document.baseURI;
    if (teacher.key) void copy(ofTeacher(others, teacher.key), COPIED_FOR_TEACHER);
  });
  button(".running .end").addEventListener("click", async () => {
    if (!(await askToEnd(whatIsErased(), "End the class and erase all of it"))) return;
    await attempt(button(".running .end"), async () => {
      await teacher.end();
      button(".begin").focus({ preventScroll: true });
    });
  });
  addEventListener("hashchange", readAddress, { signal: listening.signal });
  const stopHearing = teacher.subscribe(render);
  readAddress();

  return {
    /** @param {Data} data */
    set(data) {
      reach = data.reach;
      write(part(".limits"), limitsText(data.limits));
      part("dl").replaceChildren(
        ...privacyTexts(data.limits, LENGTH).flatMap(([term, text]) => [
          described("dt", term),
          described("dd", text),
        ]),
      );
      render(state, part(".remark").textContent ?? "");
    },

    end() {
      stopHearing();
      listening.abort();
    },
  };
}

/** @param {"dt" | "dd"} tag @param {string} text @returns {HTMLElement} */
function described(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
