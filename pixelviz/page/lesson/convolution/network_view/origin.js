// Where a number of a layer's output comes from: which numbers go into it, each times its weight, and
// what is added to them.

/** @typedef {import("../../../browser/network/layers.js").Layer} Layer */
/** @typedef {import("../../../browser/network/layers.js").Tensor} Tensor */

/**
 * @typedef {object} Origin
 * @property {"same" | "largest" | "sum" | "relu"} kind What is done with the terms.
 * @property {Term[]} terms
 * @property {number} bias What is added to their sum; 0 where nothing is.
 * @property {boolean} hasRelu Whether what is below 0 then becomes 0.
 * @property {number} output The number itself, worked out from the terms.
 */

/**
 * @typedef {object} Term
 * @property {string} name Which number of the layer before it is, or, of a convolution that looks at
 *   several maps, which map.
 * @property {number} value What it contributes.
 * @property {{input: number, weight: number}} [factors] What was multiplied, if it is one product.
 */

/**
 * @param {Layer} layer
 * @param {Tensor} input What goes into the layer.
 * @param {number} index Of the number in the layer's output.
 * @returns {Origin}
 */
export function originOf(layer, input, index) {
  const origin = ORIGINS[layer.kind];
  if (!origin) throw new TypeError(`Expected a layer whose numbers can be explained, got ${layer.kind}.`);
  return origin(layer, input, index);
}

/** @type {Record<string, (layer: Layer, input: Tensor, index: number) => Origin>} */
const ORIGINS = {
  Reshape: same,
  Flatten: same,
  ReLU: rectified,
  MaxPooling2D: largestOfWindow,
  Conv2D: convolved,
  Dense: added,
  BatchNormalization: normalised,
};

/**
 * @param {number[]} shape
 * @param {number} index
 * @returns {string} The place of a number in an output of this shape.
 */
export function placeName(shape, index) {
  if (shape.length === 1) return `number ${index}`;
  const [, width, channels] = shape;
  const place = Math.floor(index / channels);
  const where = `row ${Math.floor(place / width)}, column ${place % width}`;
  return channels === 1 ? where : `map ${index % channels}, ${where}`;
}

/** @param {Layer} _ @param {Tensor} input @param {number} index @returns {Origin} */
function same(_, input, index) {
  return taken("same", input, [index], input.values[index]);
}

/** @param {Layer} _ @param {Tensor} input @param {number} index @returns {Origin} */
function rectified(_, input, index) {
  return { ...taken("relu", input, [index], Math.max(input.values[index], 0)), hasRelu: true };
}

/** @param {Layer} layer @param {Tensor} input @param {number} index @returns {Origin} */
function largestOfWindow({ shape, settings }, input, index) {
  const [, newWidth, channels] = shape;
  const [, width] = input.shape;
  const [rows, columns] = settings.pool_size ?? [1, 1];
  const [down, right] = settings.strides ?? [1, 1];
  const place = Math.floor(index / channels);
  const top = Math.floor(place / newWidth) * down;
  const left = (place % newWidth) * right;
  const indices = windowOf(rows, columns).map(
    ([row, column]) => ((top + row) * width + left + column) * channels + (index % channels),
  );
  return taken("largest", input, indices, Math.max(...indices.map((each) => input.values[each])));
}

/**
 * @param {Origin["kind"]} kind
 * @param {Tensor} input
 * @param {number[]} indices Which of its numbers are the terms.
 * @param {number} output
 * @returns {Origin}
 */
function taken(kind, input, indices, output) {
  const terms = indices.map((each) => ({
    name: placeName(input.shape, each),
    value: input.values[each],
  }));
  return { kind, terms, bias: 0, hasRelu: false, output };
}

/** @param {Layer} layer @param {Tensor} input @param {number} index @returns {Origin} */
function convolved({ shape, settings, weights }, input, index) {
  const { kernel, bias } = weights;
  const [height, width, channels] = input.shape;
  const [rows, columns] = kernel.shape;
  const [, newWidth, filters] = shape;
  const isSame = settings.padding === "same";
  const place = Math.floor(index / filters);
  const filter = index % filters;
  const top = Math.floor(place / newWidth) - (isSame ? Math.floor((rows - 1) / 2) : 0);
  const left = (place % newWidth) - (isSame ? Math.floor((columns - 1) / 2) : 0);
  const products = windowOf(rows, columns).flatMap(([row, column]) =>
    Array.from({ length: channels }, (_, channel) => {
      const isInside =
        top + row >= 0 && top + row < height && left + column >= 0 && left + column < width;
      const from = ((top + row) * width + left + column) * channels + channel;
      const weight = kernel.values[((row * columns + column) * channels + channel) * filters + filter];
      return { channel, from, factors: { input: isInside ? input.values[from] : 0, weight } };
    }),
  );
  if (channels === 1) {
    const terms = products.map(({ from, factors }) => product(placeName(input.shape, from), factors));
    return sum(terms, bias.values[filter], settings);
  }
  const values = new Float64Array(channels);
  for (const { channel, factors } of products) values[channel] += factors.input * factors.weight;
  const terms = Array.from(values, (value, channel) => ({ name: `map ${channel}`, value }));
  return sum(terms, bias.values[filter], settings);
}

/** @param {Layer} layer @param {Tensor} input @param {number} index @returns {Origin} */
function added({ shape, settings, weights }, input, index) {
  const { kernel, bias } = weights;
  const [units] = shape;
  const terms = Array.from(input.values, (value, from) =>
    product(placeName(input.shape, from), {
      input: value,
      weight: kernel.values[from * units + index],
    }),
  );
  return sum(terms, bias.values[index], settings);
}

/** @param {Layer} layer @param {Tensor} input @param {number} index @returns {Origin} */
function normalised({ weights }, input, index) {
  const channel = index % weights.scale.values.length;
  const factors = { input: input.values[index], weight: weights.scale.values[channel] };
  return sum([product(placeName(input.shape, index), factors)], weights.offset.values[channel], {});
}

/** @param {string} name @param {{input: number, weight: number}} factors @returns {Term} */
function product(name, factors) {
  return { name, value: factors.input * factors.weight, factors };
}

/**
 * @param {Term[]} terms
 * @param {number} bias
 * @param {import("../../../browser/network/layers.js").Settings} settings
 * @returns {Origin}
 */
function sum(terms, bias, settings) {
  const total = terms.reduce((all, { value }) => all + value, bias);
  const hasRelu = settings.activation === "relu";
  return { kind: "sum", terms, bias, hasRelu, output: hasRelu ? Math.max(total, 0) : total };
}

/** @param {number} rows @param {number} columns @returns {[number, number][]} Row by row. */
function windowOf(rows, columns) {
  return Array.from({ length: rows * columns }, (_, at) => [Math.floor(at / columns), at % columns]);
}
