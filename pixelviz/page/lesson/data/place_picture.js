// Sends a picture of a data set to the server, which puts it on the canvas (place_picture.py).

import { encode } from "../../browser/pixel_codec.js";

/** @typedef {(name: string, value: unknown) => void} SetTrigger A component's `setTriggerValue`. */

/**
 * @param {SetTrigger} setTriggerValue
 * @param {import("../../browser/arrays.js").Vector} vector
 */
export function placePicture(setTriggerValue, vector) {
  setTriggerValue("placed", encode(vector));
}
