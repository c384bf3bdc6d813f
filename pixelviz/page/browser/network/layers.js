// The layers of a trained network: what each makes of its input.
//
// A picture's values lie row by row, and within a row place by place, each with all its channels:
// the value at (row, column, channel) has the index (row * width + column) * channels + channel.

/** @typedef {{shape: number[], values: Float32Array}} Tensor */

/**
 * @typedef {object} Layer
 * @property {string} kind The name of its class in Keras.
 * @property {string} name
 * @property {number[]} shape The shape of its output.
 * @property {Settings} settings
 * @property {Record<string, Tensor>} weights
 */

/**
 * @typedef {object} Settings Those that the kind of layer has.
 * @property {"valid" | "same"} [padding]
 * @property {"linear" | "relu"} [activation]
 * @property {[number, number]} [pool_size] Rows and columns of a window.
 * @property {[number, number]} [strides] Rows and columns from one window to the next.
 */

/** @typedef {(input: Tensor, layer: Layer) => Float32Array} Compute */

/** @type {Record<string, Compute>} By kind, what a layer makes of its input. */
export const COMPUTE = {
  Reshape: (input) => input.values,
  Flatten: (input) => input.values,
  ReLU: (input) => relu(input.values),
  Dense: dense,
  Conv2D: conv2D,
  MaxPooling2D: maxPooling2D,
  BatchNormalization: batchNormalization,
};

/** @type {Compute} Each output: the sum of all inputs, each times its weight, plus a bias. */
function dense(input, { settings, weights }) {
  const { kernel, bias } = weights;
  const window = createWindow(input.values.length);
  window.add(input.values, 0, input.values.length, 0);
  return activated(Float32Array.from(window.sums(kernel, bias)), settings);
}

/**
 * @type {Compute} At each place the same: a window of the input, each of its values times a weight,
 *   added up; for each filter with other weights. With the padding "same" windows reach over the
 *   edges, beyond which everything is 0.
 */
function conv2D(input, { shape, settings, weights }) {
  const [height, width, channels] = input.shape;
  const [newHeight, newWidth, filters] = shape;
  const { kernel, bias } = weights;
  const [rows, columns] = kernel.shape;
  const isSame = settings.padding === "same";
  const above = isSame ? Math.floor((rows - 1) / 2) : 0;
  const before = isSame ? Math.floor((columns - 1) / 2) : 0;
  const values = new Float32Array(newHeight * newWidth * filters);
  const window = createWindow(rows * columns * channels);
  for (let y = 0; y < newHeight; y += 1) {
    for (let x = 0; x < newWidth; x += 1) {
      window.clear();
      // The columns of the window that lie inside the picture: they are neighbours in the input too.
      const first = Math.max(0, before - x);
      const end = Math.min(columns, width + before - x);
      for (let row = 0; row < rows; row += 1) {
        const from = y + row - above;
        if (from < 0 || from >= height) continue;
        const start = (from * width + x + first - before) * channels;
        window.add(input.values, start, (end - first) * channels, (row * columns + first) * channels);
      }
      values.set(window.sums(kernel, bias), (y * newWidth + x) * filters);
    }
  }
  return activated(values, settings);
}

/** @type {Compute} The largest value of each window, channel by channel. */
function maxPooling2D(input, { shape, settings }) {
  const [, width, channels] = input.shape;
  const [newHeight, newWidth] = shape;
  const [rows, columns] = settings.pool_size ?? [1, 1];
  const [down, right] = settings.strides ?? [1, 1];
  const values = new Float32Array(newHeight * newWidth * channels).fill(-Infinity);
  for (let y = 0; y < newHeight; y += 1) {
    for (let x = 0; x < newWidth; x += 1) {
      const to = (y * newWidth + x) * channels;
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < columns; column += 1) {
          const from = ((y * down + row) * width + x * right + column) * channels;
          for (let channel = 0; channel < channels; channel += 1) {
            const value = input.values[from + channel];
            if (value > values[to + channel]) values[to + channel] = value;
          }
        }
      }
    }
  }
  return values;
}

/** @type {Compute} Each channel times a number, plus a number. */
function batchNormalization(input, { weights }) {
  const { scale, offset } = weights;
  const channels = scale.values.length;
  return input.values.map(
    (value, index) => value * scale.values[index % channels] + offset.values[index % channels],
  );
}

/** @param {Float32Array} values @param {Settings} settings @returns {Float32Array} */
function activated(values, { activation }) {
  return activation === "relu" ? relu(values) : values;
}

/** @param {Float32Array} values @returns {Float32Array} Those below 0 are 0. */
function relu(values) {
  const result = new Float32Array(values.length);
  // A loop: `map` would take as long as a small convolution.
  for (let at = 0; at < values.length; at += 1) if (values[at] > 0) result[at] = values[at];
  return result;
}

/**
 * Returns what collects the inputs of one place, and adds them up with their weights. Many inputs are
 * 0, wherever there is no ink and after each ReLU: they add nothing and are left out.
 * @param {number} size How many inputs there are at most.
 */
function createWindow(size) {
  const inputs = new Float64Array(size + 3);
  const rows = new Int32Array(size + 3);
  let count = 0;

  return {
    clear() {
      count = 0;
    },

    /**
     * Adds some inputs.
     * @param {Float32Array} values
     * @param {number} start Of the inputs in the values.
     * @param {number} length How many they are.
     * @param {number} row Of the weights that the first of them is multiplied by.
     */
    add(values, start, length, row) {
      for (let index = 0; index < length; index += 1) {
        const value = values[start + index];
        if (value === 0) continue;
        inputs[count] = value;
        rows[count] = row + index;
        count += 1;
      }
    },

    /**
     * @param {Tensor} kernel The weights: for each input a row of one weight for each sum.
     * @param {Tensor} bias What the sums begin with.
     * @returns {Float64Array} The sums.
     */
    sums(kernel, bias) {
      const weights = kernel.values;
      const length = bias.values.length;
      const sums = Float64Array.from(bias.values);
      // Four inputs at a time take half as long as one by one. Add zeros up to a multiple of four.
      inputs.fill(0, count, count + 3);
      rows.fill(0, count, count + 3);
      for (let at = 0; at < count; at += 4) {
        const a = inputs[at];
        const b = inputs[at + 1];
        const c = inputs[at + 2];
        const d = inputs[at + 3];
        const rowA = rows[at] * length;
        const rowB = rows[at + 1] * length;
        const rowC = rows[at + 2] * length;
        const rowD = rows[at + 3] * length;
        for (let index = 0; index < length; index += 1) {
          sums[index] +=
            a * weights[rowA + index] +
            b * weights[rowB + index] +
            c * weights[rowC + index] +
            d * weights[rowD + index];
        }
      }
      return sums;
    },
  };
}
