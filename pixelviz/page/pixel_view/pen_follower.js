// The pen, followed: while a stroke is being drawn, and until the server has answered to it, the
// canvas beside the pixel view is read before each frame and averaged just as the server does it.

/** So long the server has to answer to a stroke; after that its last answer is shown again. */
const ANSWER_MS = 3000;

/** Colours as numbers of 32 bits; they come to the same whichever way round a machine reads bytes. */
const [CLEAR, BLACK, WHITE] = new Uint32Array(
  new Uint8Array([0, 0, 0, 0, 0, 0, 0, PIXEL_MAX, ...Array(4).fill(PIXEL_MAX)]).buffer,
);

/**
 * Follows the pen on the page's canvas.
 * @param {(drawn: Uint8Array) => void} show Called before each frame, from the moment when the pen
 *   is put down until `stop` is called, with the 784 pixels of the grid as drawn.
 */
function createFollower(show) {
  const read = createReader();
  const listening = new AbortController();
  /** @type {{lower: HTMLCanvasElement, upper: HTMLCanvasElement} | null} */ let layers = null;
  /** @type {number | null} When the pen was lifted; null while it is down. */ let lifted = null;
  let hasMoved = false;
  let request = 0;

  const follower = {
    /** Whether the grid as drawn is being shown. */
    get isFollowing() {
      return layers !== null;
    },
    /** Whether the pen was lifted, and the server's answer is awaited. */
    get isWaiting() {
      return layers !== null && lifted !== null;
    },
    /** Whether that has taken too long. */
    get isTooLate() {
      return lifted !== null && performance.now() - lifted > ANSWER_MS;
    },
    stop() {
      layers = null;
      cancelAnimationFrame(request);
    },
    end() {
      follower.stop();
      listening.abort();
    },
  };

  function putDown(/** @type {PointerEvent} */ event) {
    const found = layersUnder(event);
    if (!found || !read.isTrue()) return;
    layers = found;
    lifted = null;
    hasMoved = true;
    cancelAnimationFrame(request);
    request = requestAnimationFrame(frame);
  }

  function move() {
    hasMoved = true;
  }

  function lift() {
    if (!layers || lifted !== null) return;
    lifted = performance.now();
    // The canvas wipes its upper layer at once, but draws the stroke on the lower one in the coming
    // frame: until then neither layer holds it.
    cancelAnimationFrame(request);
    request = requestAnimationFrame(() => {
      request = requestAnimationFrame(frame);
    });
  }

  function frame() {
    if (!layers) return;
    request = requestAnimationFrame(frame);
    try {
      if (hasMoved || lifted !== null) show(read.asDrawn(layers));
      hasMoved = false;
    } catch {
      follower.stop(); // a browser may refuse to have a canvas read: then the server's answer will do
    }
  }

  for (const [type, act] of [
    ["pointerdown", putDown],
    ["pointermove", move],
    ["pointerup", lift],
    ["pointercancel", lift],
  ]) {
    addEventListener(type, act, { capture: true, signal: listening.signal });
  }
  return follower;
}

/** @returns The two layers of the page's canvas, if that is where the pointer is; else null. */
function layersUnder(/** @type {PointerEvent} */ event) {
  const path = event.composedPath();
  const isOnCanvas = path.some((node) => node.classList?.contains("st-key-canvas"));
  if (!isOnCanvas || !(path[0] instanceof HTMLCanvasElement)) return null;
  const lower = path[0].parentElement.querySelector("canvas.lower-canvas");
  const upper = path[0].parentElement.querySelector("canvas.upper-canvas");
  const isPaper = lower && upper && lower.width === lower.height && lower.width % SIDE === 0;
  return isPaper ? { lower, upper } : null;
}

/** Returns what reads a canvas of two layers as the server would. */
function createReader() {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const { canvas } = context;
  /** @type {boolean | undefined} */ let isTrue;

  return {
    /** Whether this browser reads from a canvas what was drawn on it: some add noise, or refuse. */
    isTrue() {
      isTrue ??= readsWhatItDrew(context);
      return isTrue;
    },
    /** @returns {Uint8Array} The 784 pixels of the grid as drawn. */
    asDrawn({ lower, upper }) {
      if (canvas.width !== lower.width) canvas.width = canvas.height = lower.width;
      context.globalCompositeOperation = "copy";
      context.drawImage(lower, 0, 0);
      context.globalCompositeOperation = "source-over";
      context.drawImage(upper, 0, 0); // the stroke in progress
      return average(context.getImageData(0, 0, canvas.width, canvas.height).data, canvas.width);
    },
  };
}

/** @returns {boolean} */
function readsWhatItDrew(/** @type {CanvasRenderingContext2D} */ context) {
  for (let grey = 0; grey <= PIXEL_MAX; grey += 1) {
    context.fillStyle = `rgb(${grey} ${grey} ${grey})`;
    context.fillRect(grey, 0, 1, 4);
  }
  try {
    const { data } = context.getImageData(0, 0, PIXEL_MAX + 1, 4);
    return data.every((value, index) => {
      const grey = Math.floor(index / 4) % (PIXEL_MAX + 1);
      return value === (index % 4 === 3 ? PIXEL_MAX : grey);
    });
  } catch {
    return false;
  }
}

/**
 * @param {Uint8ClampedArray} rgba Of a square, row by row.
 * @param {number} side How many points its rows have; a multiple of 28.
 * @returns {Uint8Array} Each pixel the average of the ink in its block, rounded, halves up.
 */
function average(rgba, side) {
  const block = side / SIDE;
  const area = block * block;
  const sums = new Uint32Array(LENGTH);
  const colours = new Uint32Array(rgba.buffer); // one number a point: most are of a few colours
  for (let y = 0, at = 0; y < side; y += 1) {
    const first = SIDE * Math.floor(y / block);
    for (let column = 0; column < SIDE; column += 1) {
      for (const end = at + block; at < end; at += 1) {
        if (colours[at] === WHITE) sums[first + column] += PIXEL_MAX;
        else if (colours[at] !== CLEAR && colours[at] !== BLACK) {
          sums[first + column] += inkAt(rgba, 4 * at);
        }
      }
    }
  }
  return Uint8Array.from(sums, (sum) => Math.floor((2 * sum + area) / (2 * area)));
}

/** @returns {number} How bright a colour is by Rec. 601, times how opaque: whole, halves up. */
function inkAt(/** @type {Uint8ClampedArray} */ rgba, /** @type {number} */ at) {
  const weighted = 19595 * rgba[at] + 38470 * rgba[at + 1] + 7471 * rgba[at + 2];
  const brightness = (weighted + 32768) >> 16;
  return Math.floor((2 * brightness * rgba[at + 3] + PIXEL_MAX) / (2 * PIXEL_MAX));
}
