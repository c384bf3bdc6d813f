// A look into the convolutional network: what each of its layers makes of the digit.

import { LENGTH, PIXEL_MAX } from "../../../browser/arrays.js";
import { createDrawnGrid } from "../../../browser/drawn_grid.js";
import { find, write } from "../../../browser/elements.js";
import { endInstance, instanceFor } from "../../../browser/instances.js";
import { fetchNetwork } from "../../../browser/network/fetched_network.js";
import { outputsOf } from "../../../browser/network/network.js";
import { createNetworkClient } from "../../../browser/network/network_client.js";
import { watchSight } from "../../../browser/sight.js";
import { isAnswerHidden } from "../../../browser/third_party_dom.js";
import { createThrottle } from "../../../browser/throttle.js";
import { createFirstLayer } from "./first_layer.js";
import { createLayerList } from "./layer_list.js";
import { columnsFor } from "./sheet_layout.js";

/**
 * @typedef {import("../../../browser/network/layers.js").Tensor} Tensor
 * @typedef {import("../../../browser/network/network.js").Network} Network
 * @typedef {import("../../../prediction/panel.js").Model} Model
 *
 * @typedef {{pixels: string, model: Model, isHidden: boolean}} Data `pixels` is the grid's 784 bytes in
 *   base64; `isHidden` is whether the answer must not be seen, as far as the server knows.
 */

/** Where there is less room, in the window's pixels, a line of a sheet is so long that all layers have few
 * of them, as network_view.css has it, too. */
const [NARROW_PX, LINE_PX] = [720, 1000];

/** While the pen draws, the network is looked into at most so often. */
const LOOK_MS = 60;

const MISSING = "This browser could not get the network from the server. Reload the page to try again.";

/** @param {{data: Data, parentElement: ShadowRoot}} component */
export default function show({ data, parentElement }) {
  instanceFor(parentElement, createNetworkView).set(data);
  return () => endInstance(parentElement);
}

/** @param {ShadowRoot} root */
function createNetworkView(root) {
  const box = find(root, ".network", HTMLElement);
  const problem = find(root, ".problem", HTMLElement);
  const first = createFirstLayer(root);
  const list = createLayerList(root);
  /** @type {Network | null} */ let network = null;
  /** @type {Model | null} */ let model = null;
  /** @type {import("../../../browser/arrays.js").Vector | null} */ let vector = null;
  let isLive = false;
  let isWorking = true; // whether the Worker is there
  let isSeen = false;
  let width = 0;

  const networks = createNetworkClient({
    onOutputs: (answer) => draw(answer.vector, answer.outputs),
    onReady: look,
    onFailure() {
      isWorking = false;
      look();
    },
  });
  const looking = createThrottle(look, LOOK_MS);
  const grid = createDrawnGrid((next, isDrawing) => {
    [vector, isLive] = [next, isDrawing];
    looking.set(null, !isDrawing);
  });
  const sizes = new ResizeObserver(([{ contentRect }]) => {
    const isOther = Math.abs(contentRect.width - width) > 1;
    width = contentRect.width;
    if (isOther && network) layOut();
  });
  sizes.observe(find(root, ".experiment", HTMLElement));
  const stopWatching = watchSight(find(root, ".experiment", HTMLElement), (isNow) => {
    isSeen = isNow;
    look();
  });
  const listening = new AbortController();
  const hide = () => list.hideAnswer(isAnswerHidden());
  // Once the switch has changed: the server may hear of it much later.
  const options = { capture: true, signal: listening.signal };
  addEventListener("change", () => setTimeout(hide), options);

  function firstConvolution() {
    return network?.layers.findIndex(({ kind }) => kind === "Conv2D") ?? -1;
  }

  /** @param {Data} data */
  function set(data) {
    const { address } = data.model;
    if (!address) write(problem, MISSING);
    else if (address !== model?.address) load(data.model, address);
    hide();
    grid.receive(data.pixels);
  }

  /** @param {Model} wanted @param {string} address */
  function load(wanted, address) {
    model = wanted;
    networks.want(wanted.name, address);
    fetchNetwork(address).then(
      (fetched) => {
        network = fetched;
        box.hidden = firstConvolution() < 0;
        write(problem, "");
        layOut();
        look();
      },
      (error) => {
        console.warn(error);
        write(problem, MISSING);
      },
    );
  }

  function layOut() {
    if (!network || firstConvolution() < 0 || width === 0) return;
    const { layers } = network;
    const at = firstConvolution();
    const line = width < NARROW_PX ? LINE_PX : width;
    first.setLayer(layers[at], columnsFor(layers[at].shape, line));
    list.setLayers(layers.slice(0, at + 1), layers.slice(at + 1), line);
    hide();
    look();
  }

  function look() {
    if (!network || !vector || !model || !isSeen) return;
    if (isWorking) networks.look(vector, model.name);
    else draw(vector, outputsOf(network, vector));
  }

  /** @param {import("../../../browser/arrays.js").Vector} asked @param {Tensor[]} outputs */
  function draw(asked, outputs) {
    const at = firstConvolution();
    if (!network || at < 0 || width === 0) return;
    const features = Float32Array.from(asked, (value) => value / PIXEL_MAX);
    const tensors = [{ shape: [LENGTH], values: features }, ...outputs];
    first.show(asked, tensors[at], tensors[at + 1], isLive);
    list.show(tensors.slice(at + 1), isLive);
  }

  return {
    set,
    end() {
      grid.end();
      looking.end();
      networks.end();
      first.end();
      list.end();
      listening.abort();
      sizes.disconnect();
      stopWatching();
    },
  };
}
