// The parts of the pixel view: picture, integers, strip and lens. Each shows a vector, and marks one
// pixel of it. pixel_view.js links them.

const LENS_SIDE = 7;
const MOVE_MS = 300;
const MIDDLE = (LENGTH + SIDE) / 2; // where the lens lies when nobody points: row 14, column 14

/**
 * Above this grey, black text has the better contrast; at it, black and white both have 4.6 : 1.
 */
const LIGHT_FROM = 118;

/** The picture: one canvas pixel a pixel. @param {HTMLElement} element */
function createPicture(element) {
  const paint = painter(element.querySelector("canvas"));
  const place = (index) => ({ row: Math.floor(index / SIDE), column: index % SIDE });
  const mark = marker(element, (index) => {
    const { row, column } = place(index);
    return { left: column / SIDE, top: row / SIDE };
  });
  return {
    element,
    draw: paint,
    move: mover(element.querySelector("canvas")),
    point: mark.point,
    pin: mark.pin,
    reveal: () => {},
    indexAt: (/** @type {PointerEvent} */ event) => {
      const box = element.getBoundingClientRect();
      const column = cellAt(event.clientX - box.left, box.width, SIDE);
      const row = cellAt(event.clientY - box.top, box.height, SIDE);
      return SIDE * row + column;
    },
  };
}

/** The integers: a real table, so that it can be selected, copied and read aloud. */
function createIntegers(/** @type {HTMLElement} */ element) {
  const head = element.querySelector("thead").insertRow();
  const corner = head.appendChild(document.createElement("td"));
  corner.setAttribute("aria-label", "row and column");
  const columnHeads = range(SIDE).map((column) => heading(head, "col", column));
  const body = element.querySelector("tbody");
  const rowHeads = [];
  const cells = range(SIDE).flatMap((row) => {
    const line = body.insertRow();
    rowHeads.push(heading(line, "row", row));
    return range(SIDE).map((column) => {
      const cell = line.insertCell();
      cell.dataset.index = String(SIDE * row + column);
      return cell;
    });
  });
  let shown = [];
  let shownAs = null;

  /** Adds or takes a class from a cell and from the heads of its row and column. */
  function toggle(index, name, on) {
    if (index === null) return;
    const parts = [cells[index], rowHeads[Math.floor(index / SIDE)], columnHeads[index % SIDE]];
    parts.forEach((part) => part.classList.toggle(name, on));
  }
  const marked = { point: null, pin: null };
  const mark = (name) => (index) => {
    toggle(marked[name], name, false);
    toggle(index, name, true);
    marked[name] = index;
  };
  return {
    element,
    draw(vector, format) {
      cells.forEach((cell, index) => {
        if (shown[index] === vector[index] && shownAs === format) return;
        cell.textContent = format(vector[index]);
        shade(cell, vector[index]);
      });
      shown = vector;
      shownAs = format;
    },
    point: mark("point"),
    pin: mark("pin"),
    reveal: (index) => cells[index].scrollIntoView({ block: "nearest", inline: "nearest" }),
    indexAt: (/** @type {PointerEvent} */ event) => {
      const cell = event.target.closest("tbody td");
      return cell ? Number(cell.dataset.index) : null;
    },
  };
}

/** The strip: the 784 features in one line, the 28 rows marked off. */
function createStrip(/** @type {HTMLElement} */ element) {
  const canvas = element.querySelector("canvas");
  const paint = painter(canvas);
  const mark = marker(element, (index) => ({ left: index / LENGTH }));
  const rowFrame = element.querySelector(".row");
  const rowLabels = range(SIDE).map((row) => {
    const start = element.querySelector(".starts").appendChild(document.createElement("li"));
    start.textContent = String(SIDE * row);
    const label = element.querySelector(".rows").appendChild(document.createElement("li"));
    label.textContent = String(row);
    return label;
  });
  let labelled = null;
  return {
    element,
    draw: paint,
    point(index) {
      mark.point(index);
      const row = index === null ? null : Math.floor(index / SIDE);
      if (row === labelled) return;
      if (labelled !== null) rowLabels[labelled].classList.remove("point");
      if (row !== null) {
        rowLabels[row].classList.add("point");
        rowFrame.style.left = `${(100 * row) / SIDE}%`;
      }
      rowFrame.hidden = row === null;
      labelled = row;
    },
    pin: mark.pin,
    reveal(index) {
      const scroll = element.parentElement;
      const x = (index / LENGTH) * element.clientWidth;
      const outside = x < scroll.scrollLeft || x > scroll.scrollLeft + scroll.clientWidth;
      if (outside) scroll.scrollLeft = x - scroll.clientWidth / 2;
    },
    indexAt: (/** @type {PointerEvent} */ event) => {
      const box = canvas.getBoundingClientRect();
      return cellAt(event.clientX - box.left, box.width, LENGTH);
    },
  };
}

/** The lens: the few cells around one, large enough for the last row of a classroom. */
function createLens(/** @type {HTMLElement} */ element) {
  const cells = range(LENS_SIDE * LENS_SIDE).map(() =>
    element.appendChild(document.createElement("b")),
  );
  const shown = [];
  let shownAs = null;
  return {
    /** @param {Uint8Array} vector @param {number | null} index @param {Function} format */
    draw(vector, index, format) {
      const middle = index ?? MIDDLE;
      const top = Math.floor(middle / SIDE) - Math.floor(LENS_SIDE / 2);
      const left = (middle % SIDE) - Math.floor(LENS_SIDE / 2);
      cells.forEach((cell, number) => {
        const row = top + Math.floor(number / LENS_SIDE);
        const column = left + (number % LENS_SIDE);
        const inside = row >= 0 && row < SIDE && column >= 0 && column < SIDE;
        cell.classList.toggle("outside", !inside);
        cell.classList.toggle("point", SIDE * row + column === index && inside);
        const value = inside ? vector[SIDE * row + column] : null;
        if (shown[number] === value && shownAs === format) return;
        cell.textContent = inside ? format(value) : "";
        shade(cell, value ?? 0);
        shown[number] = value;
      });
      shownAs = format;
    },
  };
}

/** Returns what paints a vector onto a canvas, one canvas pixel a pixel. */
function painter(/** @type {HTMLCanvasElement} */ canvas) {
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  image.data.fill(PIXEL_MAX);
  return (/** @type {Uint8Array} */ vector) => {
    vector.forEach((value, index) => image.data.fill(value, 4 * index, 4 * index + 3));
    context.putImageData(image, 0, 0);
  };
}

/**
 * Returns what lets a picture's digit be seen to move from where it was to where it is.
 * @param {HTMLCanvasElement} canvas
 */
function mover(canvas) {
  return (/** @type {Uint8Array} */ before, /** @type {Uint8Array} */ now) => {
    const from = boxOf(before);
    const to = boxOf(now);
    if (!from || !to || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const scale = Math.max(from.width, from.height) / Math.max(to.width, to.height);
    const [right, down] = [from.x - scale * to.x, from.y - scale * to.y];
    if (scale === 1 && right === 0 && down === 0) return;
    const places = `${(100 * right) / SIDE}% ${(100 * down) / SIDE}%`;
    canvas.animate(
      [{ translate: places, scale: String(scale) }, { translate: "0 0", scale: "1" }],
      { duration: MOVE_MS, easing: "ease-in-out" },
    );
  };
}

/** @returns The smallest rectangle that holds all ink, with its middle; null without ink. */
function boxOf(/** @type {Uint8Array} */ vector) {
  const inked = range(LENGTH).filter((index) => vector[index] > 0);
  if (inked.length === 0) return null;
  const columns = inked.map((index) => index % SIDE);
  const [left, right] = [Math.min(...columns), Math.max(...columns) + 1];
  const top = Math.floor(inked[0] / SIDE);
  const bottom = Math.floor(inked[inked.length - 1] / SIDE) + 1;
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return { x, y, width: right - left, height: bottom - top };
}

/**
 * Returns what moves an element's two marks, the pointed one and the pinned one.
 * @param {HTMLElement} element
 * @param {(index: number) => {left: number, top?: number}} place In shares of the element.
 */
function marker(element, place) {
  const mover = (mark) => (/** @type {number | null} */ index) => {
    mark.hidden = index === null;
    if (index === null) return;
    const { left, top } = place(index);
    mark.style.left = `${100 * left}%`;
    if (top !== undefined) mark.style.top = `${100 * top}%`;
  };
  return { point: mover(element.querySelector(".point")), pin: mover(element.querySelector(".pin")) };
}

/** Gives a cell the shade of its pixel, and text that can be read on it. */
function shade(/** @type {HTMLElement} */ cell, /** @type {number} */ value) {
  cell.style.backgroundColor = `rgb(${value} ${value} ${value})`;
  cell.style.color = value >= LIGHT_FROM ? "#000" : value === 0 ? "#8a8a8a" : "#fff";
}

/** @returns {number} Which of `count` equal cells of a length a point lies in. */
function cellAt(/** @type {number} */ point, length, count) {
  return Math.min(Math.max(Math.floor((point / length) * count), 0), count - 1);
}

function heading(/** @type {HTMLTableRowElement} */ line, scope, number) {
  const head = line.appendChild(document.createElement("th"));
  head.scope = scope;
  head.textContent = String(number);
  return head;
}

function range(/** @type {number} */ count) {
  return Array.from({ length: count }, (_, number) => number);
}
