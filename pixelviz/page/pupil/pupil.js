// The pupils' page: from the code of a class to one digit after the other.

import { find, write } from "../browser/elements.js";
import { inGroups, readCode, typedIn } from "../browser/our_class/code.js";
import { device } from "../browser/our_class/own_device.js";
import { nameOf, problemOf } from "../browser/our_class/pupil_words.js";
import { createEntrance } from "./entrance.js";
import { createWriting } from "./writing.js";

/** @typedef {import("../browser/our_class/device_state.js").DeviceState} DeviceState */

/** Where the page is; a code follows. */
const PLACE = "class/";

const sections = {
  enter: find(document, ".enter", HTMLElement),
  joining: find(document, ".joining", HTMLElement),
  write: find(document, ".write", HTMLElement),
};
const mark = find(document, ".mark", HTMLElement);
const entrance = createEntrance(sections.enter, device.join);
const writing = createWriting(sections.write, device.give);
/** @type {keyof typeof sections | null} */ let shown = null;

find(sections.joining, ".other", HTMLElement).addEventListener("click", () => {
  device.stopJoining();
  show("enter");
});

/** @param {DeviceState} state */
function receive(state) {
  const isOver = state.reason === "removed" || state.reason === "ended";
  if (state.phase === "out") entrance.tell(problemOf(state), !isOver);
  if (isOver) entrance.clear();
  showMark(state);
  const code = state.code ? inGroups(state.code) : "";
  document.querySelectorAll(".code").forEach((element) => write(element, code));
  write(find(sections.joining, ".problem", HTMLElement), problemOf(state));
  if (state.phase === "in" && state.status) writing.set(state);
  if (state.phase === "out") show("enter");
  else show(state.phase === "in" && state.status ? "write" : "joining");
  keepInAddress(state);
}

/** @param {DeviceState} state */
function showMark(state) {
  mark.hidden = !state.mark;
  if (!state.mark) return;
  write(find(mark, "strong", HTMLElement), nameOf(state.mark));
  document.documentElement.style.setProperty("--mark", state.mark.css);
}

/** @param {keyof typeof sections} name */
function show(name) {
  if (shown === name) return;
  const isFirst = shown === null;
  shown = name;
  for (const [each, section] of Object.entries(sections)) section.hidden = each !== name;
  if (name === "enter") find(sections.enter, "input", HTMLElement).focus();
  else if (!isFirst) find(sections[name], "h1", HTMLElement).focus();
}

/** Keeps the code in the address while the device is in the class: a reload leads back there. @param {DeviceState} state */
function keepInAddress({ phase, code }) {
  const address = new URL(PLACE + (phase === "out" ? "" : (code ?? "")), document.baseURI).href;
  if (location.href !== address) history.replaceState(null, "", address);
}

function start() {
  const typed = typedIn(location.pathname);
  const code = readCode(typed);
  if (code) device.join(code);
  device.subscribe(receive);
  if (code === null && typed) entrance.refuse(typed);
}

start();
