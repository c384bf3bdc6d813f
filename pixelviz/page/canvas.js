// The drawable canvas, which loads one drawing after the other.

import { inTurn } from "./browser/in_turn.js";
import { canvasModule } from "./browser/third_party_dom.js";

/** @typedef {import("./browser/in_turn.js").Show} Show */

/** @type {WeakMap<ShadowRoot, Show>} */
const canvases = new WeakMap();

/** @param {import("./browser/in_turn.js").Component} component */
export default async function show(component) {
  const { parentElement } = component;
  const original = await canvasModule(parentElement);
  const showInTurn = canvases.get(parentElement) ?? inTurn(original);
  canvases.set(parentElement, showInTurn);
  return showInTurn(component);
}
