// The picture's lines slide one by one into the strip: rows, or columns, as the order asks.

const SIDE = 28;
const LENGTH = SIDE * SIDE;
const MARGIN_PX = 12;
const STRIP_PX = 40;
const LABEL_PX = 16;
const LINE_MS = 450; // how long one line slides
const MARK = "#ffb000";
const EMPTY = "#30363d"; // where no line is, unlike black paper

/** @type {WeakMap<Node, ReturnType<typeof createShow>>} One a mounted component. */
const shows = new WeakMap();

/**
 * @param {{data: {pixels: string, order: "rows" | "columns"}, parentElement: ShadowRoot}} component
 *   `pixels` is the grid's 784 bytes, row by row, in base64.
 */
export default function show({ data, parentElement }) {
  let each = shows.get(parentElement);
  if (!each) {
    each = createShow(parentElement);
    shows.set(parentElement, each);
  }
  const pixels = Uint8Array.from(atob(data.pixels), (letter) => letter.charCodeAt(0));
  each.set(pixels, data.order === "columns");
  return () => {
    each.stop();
    shows.delete(parentElement);
  };
}

/** @param {ShadowRoot} root */
function createShow(root) {
  const find = (selector) => root.querySelector(selector);
  const canvas = find("canvas");
  const [play, step, scrub, reading] = [".play", ".step", ".scrub", "output"].map(find);
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const source = document.createElement("canvas");
  let pixels = new Uint8Array(LENGTH);
  let byColumns = false;
  let done = 0; // how many lines are in the strip; between whole numbers one is on its way
  let frame = 0;
  let last = 0;

  function set(newPixels, newByColumns) {
    if (newByColumns !== byColumns) done = 0;
    pixels = newPixels;
    byColumns = newByColumns;
    // The lines are kept as rows of the source, whether they are rows or columns of the picture.
    source.width = source.height = SIDE;
    const context = source.getContext("2d");
    const image = context.createImageData(SIDE, SIDE);
    for (let line = 0; line < SIDE; line += 1) {
      for (let place = 0; place < SIDE; place += 1) {
        const value = pixels[byColumns ? SIDE * place + line : SIDE * line + place];
        image.data.set([value, value, value, 255], 4 * (SIDE * line + place));
      }
    }
    context.putImageData(image, 0, 0);
    play.hidden = still.matches;
    paint();
  }

  function paint() {
    const ratio = devicePixelRatio || 1;
    const width = Math.max(canvas.clientWidth, 1);
    const cell = Math.max(4, Math.min(8, Math.floor((width - 2 * MARGIN_PX) / SIDE)));
    const side = SIDE * cell;
    const height = side + STRIP_PX + LABEL_PX + 3 * MARGIN_PX;
    canvas.style.height = `${height}px`;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    context.imageSmoothingEnabled = false;
    context.fillStyle = "#000";
    context.fillRect(0, 0, width, height);
    const left = (width - side) / 2;
    const stripTop = side + 2 * MARGIN_PX;
    const stripWidth = width - 2 * MARGIN_PX;
    const part = stripWidth / SIDE;

    context.fillStyle = EMPTY;
    context.fillRect(left, MARGIN_PX, side, side);
    context.fillRect(MARGIN_PX, stripTop, stripWidth, STRIP_PX);
    context.strokeStyle = "#8a8a8a";
    context.strokeRect(left - 0.5, MARGIN_PX - 0.5, side + 1, side + 1);
    context.strokeRect(MARGIN_PX - 0.5, stripTop - 0.5, stripWidth + 1, STRIP_PX + 1);
    // From the last to the first: the line on its way passes over those that still wait.
    for (let line = SIDE - 1; line >= 0; line -= 1) {
      const way = ease(Math.min(Math.max(done - line, 0), 1));
      drawLine(context, line, way, { cell, side, left, stripTop, part });
    }
    context.fillStyle = "#c8c8c8";
    context.font = "12px sans-serif";
    const steps = width > 700 ? 2 : 7;
    for (let line = 0; line < SIDE; line += steps) {
      context.fillText(String(SIDE * line), MARGIN_PX + line * part, stripTop + STRIP_PX + 14);
    }
    tell();
  }

  /** Draws one line somewhere between its place in the picture (way 0) and the strip (way 1). */
  function drawLine(context, line, way, { cell, side, left, stripTop, part }) {
    const mix = (from, to) => from + (to - from) * way;
    const [fromX, fromY] = byColumns
      ? [left + line * cell, MARGIN_PX]
      : [left, MARGIN_PX + line * cell];
    // A column is a row that stands upright: it lies down on its way.
    const turn = byColumns ? (1 - way) * (Math.PI / 2) : 0;
    const thick = mix(cell, STRIP_PX);
    const x = mix(byColumns ? fromX + cell : fromX, MARGIN_PX + line * part);
    context.save();
    context.translate(x, mix(fromY, stripTop));
    context.rotate(turn);
    context.drawImage(source, 0, line, SIDE, 1, 0, 0, mix(side, part), thick);
    if (way > 0 && way < 1) {
      context.strokeStyle = MARK;
      context.lineWidth = 2;
      context.strokeRect(0, 0, mix(side, part), thick);
    }
    context.restore();
  }

  function tell() {
    scrub.value = String(done);
    const name = byColumns ? "column" : "row";
    const line = Math.min(Math.ceil(done) - 1, SIDE - 1);
    reading.textContent =
      line < 0
        ? `The picture has ${SIDE} ${name}s of ${SIDE} pixels.`
        : `${name} ${line} → features ${SIDE * line} to ${SIDE * line + SIDE - 1}` +
          (done >= SIDE ? `: ${LENGTH} features, all in one line.` : "");
    play.textContent = frame ? "Pause" : "Play";
  }

  function move(now) {
    done = Math.min(done + (now - last) / LINE_MS, SIDE);
    last = now;
    frame = done < SIDE ? requestAnimationFrame(move) : 0;
    paint();
  }

  function stop() {
    cancelAnimationFrame(frame);
    frame = 0;
  }

  play.addEventListener("click", () => {
    if (frame) stop();
    else {
      if (done >= SIDE) done = 0;
      last = performance.now();
      frame = requestAnimationFrame(move);
    }
    tell();
  });
  step.addEventListener("click", () => {
    stop();
    done = done >= SIDE ? 0 : Math.floor(done + 1);
    paint();
  });
  scrub.addEventListener("input", () => {
    stop();
    done = still.matches ? Math.round(Number(scrub.value)) : Number(scrub.value);
    paint();
  });
  // The arrow keys go from line to line: the slider's own steps are as fine as the pointer's.
  scrub.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    stop();
    done = Math.min(Math.max(by > 0 ? Math.floor(done + 1) : Math.ceil(done - 1), 0), SIDE);
    paint();
  });
  new ResizeObserver(paint).observe(find(".stage"));
  return { set, stop };
}

/** @returns {number} 0 to 1, slow at both ends. */
function ease(/** @type {number} */ share) {
  return share * share * (3 - 2 * share);
}
