// What stands on the projector for pupils to join: QR code, address and code, and how many have come.

import { counted } from "../../browser/counts.js";
import { write } from "../../browser/elements.js";
import { inGroups } from "../../browser/our_class/code.js";
import { ofPupils, ofQrCode, whereCodesAreTyped } from "./addresses.js";
import { timeLeft } from "./words.js";

/** How large the QR code is made; the style sheet says how large it is shown. */
const QR_PX = 296;

/** @param {HTMLElement} element Gets the sign in it. */
export function createSign(element) {
  const qr = made("img", "qr");
  const link = made("a", "address");
  const code = made("b", "code");
  const reachable = made("p", "reachable", "Scan this, or open ", link);
  const [unreachable, counts] = [made("p", "unreachable"), made("p", "counts")];
  const paused = made("p", "paused", "Giving is paused.");
  const join = made("div", "join", reachable, unreachable, made("p", "", "The code is ", code), counts, paused);
  element.replaceChildren(qr, join);
  Object.assign(qr, { width: QR_PX, height: QR_PX });
  Object.assign(link, { target: "_blank", rel: "noreferrer" });
  let drawn = "";

  /** @param {string} address Pupils'; empty where there is none. */
  function draw(address) {
    if (address === drawn) return;
    drawn = address;
    if (!address) return;
    qr.src = new URL(ofQrCode(address), document.baseURI).href;
    qr.alt = `QR code of ${address}`;
    link.href = address;
  }

  return {
    /**
     * @param {import("../../browser/our_class/teacher.js").Class} state
     * @param {import("./addresses.js").Reach} reach
     */
    show({ code: letters, devices, digits, isKnown, isPaused, secondsLeft }, { address, problem }) {
      draw(address ? ofPupils(address, letters) : "");
      qr.hidden = reachable.hidden = !address;
      unreachable.hidden = !problem;
      write(link, address ? whereCodesAreTyped(address) : "");
      write(unreachable, problem);
      write(code, inGroups(letters));
      const given = `${counted(devices.size, "device")}, ${counted(digits.length, "digit")}`;
      write(counts, isKnown ? `${given}, ${timeLeft(secondsLeft)}` : "");
      paused.hidden = !isPaused;
    },
  };
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} name Its class.
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function made(tag, name, ...children) {
  const element = document.createElement(tag);
  element.className = name;
  element.append(...children);
  return element;
}
