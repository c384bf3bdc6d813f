// What a person takes away of a training: the file with its weights, and the lines that rebuild it.

import { LENGTH, PIXEL_MAX, SIDE } from "../arrays.js";
import { npzOf } from "./npz.js";

/** @typedef {import("./network.js").Network} Network */

export const FILE = "trained_in_pixelviz.npz";

/** @param {Network} network For pixels in their own order. @returns {Uint8Array} An .npz file. */
export function weightsFile({ layers }) {
  const names = namesOf(layers.length);
  return npzOf(
    layers.flatMap(({ kernel, bias }, index) => [
      { name: names[2 * index], shape: [kernel.length / bias.length, bias.length], values: kernel },
      { name: names[2 * index + 1], shape: [bias.length], values: bias },
    ]),
  );
}

/** @param {Network} network @returns {string} Five lines of Python that rebuild it in Keras. */
export function kerasLines({ layers, scale }) {
  const hidden = layers.length > 1 ? `keras.layers.Dense(${layers[0].bias.length}, "relu"), ` : "";
  const names = namesOf(layers.length).map((name) => `"${name}"`).join(", ");
  const features = `digit.reshape(1, ${LENGTH})${scale === 1 ? "" : ` / ${PIXEL_MAX}`}`;
  return [
    "import keras, numpy as np",
    `weights = np.load("${FILE}")`,
    `model = keras.Sequential([keras.Input((${LENGTH},)), ${hidden}keras.layers.Dense(10, "softmax")])`,
    `model.set_weights([weights[name] for name in (${names})])`,
    `print(model.predict(${features}).argmax())  # digit: (${SIDE}, ${SIDE}), 0 to ${PIXEL_MAX}`,
  ].join("\n");
}

/** @param {number} layers @returns {string[]} */
function namesOf(layers) {
  return layers > 1 ? ["hidden_kernel", "hidden_bias", "kernel", "bias"] : ["kernel", "bias"];
}
