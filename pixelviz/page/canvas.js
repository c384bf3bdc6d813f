// The drawable canvas, which loads one drawing after the other.

import { inTurn } from "./browser/in_turn.js";
import { canvasModule } from "./browser/third_party_dom.js";

/** @typedef {import("./browser/in_turn.js").Show} Show */

/** @type {WeakMap<ShadowRoot, Promise<Show>>} */
const canvases = new WeakMap();

/**
 * The canvas's script is asked for once: of two imports of a script that is still on its way, a
 * browser may answer the later one first, and an older drawing would come after a newer one.
 * @param {import("./browser/in_turn.js").Component} component
 */
export default async function show(component) {
  const { parentElement } = component;
  const canvas = canvases.get(parentElement) ?? canvasModule(parentElement).then(inTurn);
  canvases.set(parentElement, canvas);
  const showInTurn = await canvas;
  return showInTurn(component);
}
