// Picture, integers and strip: three views of one grid, linked here in the browser, so that
// pointing at a pixel needs no answer from the server.

const SIDE = 28;
const LENGTH = SIDE * SIDE;
const PIXEL_MAX = 255;
const LENS_SIDE = 7;
const MIDDLE = (LENGTH + SIDE) / 2; // where the lens lies when nobody points: row 14, column 14

/** Changes are collected this long before they are sent, and then shown whatever else comes. */
const COLLECT_MS = 150;
const TRUST_MS = 3000;

/**
 * Above this grey, black text has the better contrast; at it, black and white both have 4.6 : 1.
 */
const LIGHT_FROM = 118;

/** @type {WeakMap<Node, ReturnType<typeof createView>>} One view a mounted component. */
const views = new WeakMap();

/**
 * Streamlit calls this when the component is mounted and again whenever its data change.
 * @param {{data: {pixels: string}, parentElement: ShadowRoot,
 *          setStateValue: (name: string, value: unknown) => void,
 *          setTriggerValue: (name: string, value: unknown) => void}} component `pixels` is the
 *   vector's 784 bytes in base64; the state "pinned" is the pinned index, or null; the trigger
 *   "edited" is the vector after the person changed it, in base64.
 */
export default function show({ data, parentElement, setStateValue, setTriggerValue }) {
  let view = views.get(parentElement);
  if (!view) {
    view = createView(parentElement);
    views.set(parentElement, view);
  }
  view.onPin = (index) => setStateValue("pinned", index);
  view.onEdit = (pixels) => setTriggerValue("edited", pixels);
  view.receive(data.pixels);
  return () => views.delete(parentElement);
}

// The page clips the canvas's own toolbar, having better tools of its own. Before the Tab key moves
// on, it is taken out of the way, so that nobody lands on what cannot be seen.
document.addEventListener("keydown", hideToolbarOfCanvas, { capture: true });

function hideToolbarOfCanvas() {
  for (const host of document.querySelectorAll(":is(.st-key-canvas, .st-key-zip_canvas) *")) {
    host.shadowRoot?.querySelector(".dc-toolbar")?.setAttribute("inert", "");
  }
}

/** @param {ShadowRoot} root */
function createView(root) {
  const find = (selector) => root.querySelector(selector);
  const picture = createPicture(find(".picture .paper"));
  const integers = createIntegers(find(".integers .sheet"));
  const strip = createStrip(find(".strip .tape"));
  const lens = createLens(find(".lens"));
  const reading = find(".reading");
  const valueLabel = find(".value");
  const valueInput = find(".value input");
  const linked = [picture, integers, strip];

  let vector = new Uint8Array(LENGTH);
  let format = formatInteger;
  /** @type {number | null} */ let pointed = null;
  /** @type {number | null} */ let pinned = null;
  /** @type {number | null} The pixel that was last moved to by key, or clicked. */
  let active = null;
  let typed = ""; // the digits of a value that is being typed
  /** @type {number | undefined} */ let sending;
  /** @type {{pixels: string, at: number} | null} What was sent and has not come back yet. */
  let sent = null;
  const view = {
    receive,
    onPin: (/** @type {number | null} */ _index) => {},
    onEdit: (/** @type {string} */ _pixels) => {},
  };

  /**
   * Shows what the server sends, unless the person has changed something meanwhile.
   * @param {string} pixels
   */
  function receive(pixels) {
    if (sending !== undefined) return;
    if (sent && pixels !== sent.pixels && performance.now() - sent.at < TRUST_MS) return;
    sent = null;
    draw(decode(pixels));
  }

  /** Changes one pixel, here at once and soon on the server. @param {number} value 0 to 255 */
  function edit(/** @type {number} */ index, value) {
    if (vector[index] === value) return;
    const edited = vector.slice();
    edited[index] = value;
    draw(edited);
    clearTimeout(sending);
    sending = setTimeout(() => {
      sending = undefined;
      sent = { pixels: encode(vector), at: performance.now() };
      view.onEdit(sent.pixels);
    }, COLLECT_MS);
  }

  /** @returns {boolean} Whether a key changed the value of a pixel. */
  function editWithKey(/** @type {KeyboardEvent} */ event, /** @type {number} */ index) {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (/^[0-9]$/.test(event.key)) {
      typed = Number(typed + event.key) <= PIXEL_MAX ? typed + event.key : event.key;
      edit(index, Number(typed));
      return true;
    }
    typed = "";
    if (event.key === " ") edit(index, vector[index] === PIXEL_MAX ? 0 : PIXEL_MAX);
    else if (event.key === "Backspace" || event.key === "Delete") edit(index, 0);
    else return false;
    return true;
  }

  /** @param {Uint8Array} pixels */
  function draw(pixels) {
    vector = pixels;
    linked.forEach((each) => each.draw(vector, format));
    read();
  }

  /** @param {number | null} index */
  function point(index) {
    if (index === pointed) return;
    pointed = index;
    linked.forEach((each) => each.point(index));
    read();
  }

  /** Pins a pixel, or takes the pin off when it is there already. @param {number | null} index */
  function pin(index) {
    pinned = index === pinned ? null : index;
    active = index;
    typed = "";
    linked.forEach((each) => each.pin(pinned));
    read();
    view.onPin(pinned);
  }

  function read() {
    const index = pointed ?? pinned;
    lens.draw(vector, index, format);
    reading.classList.toggle("hint", index === null);
    reading.textContent =
      index === null
        ? "Point at any cell: the same pixel lights up in all three views. Click to pin or change it."
        : describe(index, vector[index]) + (index === pinned ? " · pinned" : "");
    valueLabel.hidden = pinned === null;
    if (pinned !== null && !valueInput.matches(":focus")) valueInput.value = String(vector[pinned]);
  }

  valueInput.addEventListener("input", () => {
    if (pinned !== null && valueInput.value !== "" && valueInput.validity.valid) {
      edit(pinned, valueInput.valueAsNumber);
    }
  });
  valueInput.addEventListener("blur", read);

  for (const each of linked) {
    each.element.addEventListener("pointermove", (event) => point(each.indexAt(event)));
    each.element.addEventListener("pointerdown", (event) => point(each.indexAt(event)));
    each.element.addEventListener("pointerleave", () => point(null));
    each.element.addEventListener("click", (event) => {
      const index = each.indexAt(event);
      if (index !== null && getSelection().isCollapsed) pin(index);
    });
    each.element.addEventListener("blur", () => {
      active = null;
      typed = "";
      point(null);
    });
    each.element.addEventListener("keydown", (event) => {
      const from = active ?? pointed ?? pinned;
      const to = indexAfterKey(event.key, from, each === strip);
      if (to !== null) {
        active = to;
        typed = "";
        point(to);
        each.reveal(to);
      } else if (from !== null && editWithKey(event, from)) point(from);
      else if (event.key === "Enter" && from !== null) pin(from);
      else if (event.key === "Escape" && pinned !== null) pin(pinned);
      else return;
      event.preventDefault();
    });
  }

  for (const button of root.querySelectorAll(".switch button")) {
    button.addEventListener("click", () => {
      for (const other of root.querySelectorAll(".switch button")) {
        other.setAttribute("aria-pressed", String(other === button));
      }
      const rescaled = button.value === "rescaled";
      format = rescaled ? formatRescaled : formatInteger;
      find(".range").textContent = rescaled ? "rescaled: divided by 255" : "0 to 255";
      integers.element.classList.toggle("rescaled", rescaled);
      draw(vector);
    });
  }
  return view;
}

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
        const value = inside ? vector[SIDE * row + column] : 0;
        cell.textContent = inside ? format(value) : "";
        shade(cell, value);
      });
    },
  };
}

/** Returns what paints a vector onto a canvas, one canvas pixel a pixel. */
function painter(/** @type {HTMLCanvasElement} */ canvas) {
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  return (/** @type {Uint8Array} */ vector) => {
    vector.forEach((value, index) => image.data.set([value, value, value, 255], 4 * index));
    context.putImageData(image, 0, 0);
  };
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

/** @returns {number | null} Where a key leads from a pixel, or null if the key leads nowhere. */
function indexAfterKey(key, from, inLine) {
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -SIDE, ArrowDown: SIDE };
  if (key === "Home" || key === "End") {
    const row = Math.floor((from ?? 0) / SIDE);
    return SIDE * row + (key === "Home" ? 0 : SIDE - 1);
  }
  if (!(key in steps)) return null;
  if (from === null) return 0;
  const to = from + steps[key];
  const leavesRow = Math.floor(to / SIDE) !== Math.floor(from / SIDE);
  const sideways = Math.abs(steps[key]) === 1;
  // Along the strip the next pixel after a row's last is the next row's first: that is unrolling.
  if (to < 0 || to >= LENGTH || (sideways && leavesRow && !inLine)) return from;
  return to;
}

/** @returns {string} The way of one pixel through the lesson. */
function describe(index, value) {
  const row = Math.floor(index / SIDE);
  const column = index % SIDE;
  const feature = `feature ${SIDE} × ${row} + ${column} = ${index}`;
  return `row ${row}, column ${column} → ${feature} → ${value} → ${(value / PIXEL_MAX).toFixed(3)}`;
}

/** @returns {Uint8Array} The 784 bytes that stand in base64. */
function decode(/** @type {string} */ pixels) {
  return Uint8Array.from(atob(pixels), (letter) => letter.charCodeAt(0));
}

/** @returns {string} A vector's 784 bytes in base64. */
function encode(/** @type {Uint8Array} */ vector) {
  return btoa(String.fromCharCode(...vector));
}

function formatInteger(/** @type {number} */ value) {
  return String(value);
}

/**
 * @returns {string} 0 to 1 in at most three letters, for a small cell: "0", ".50", "1"; what is
 *   only nearly 0 or 1 is ".0" or "1.0".
 */
function formatRescaled(/** @type {number} */ value) {
  if (value === 0 || value === PIXEL_MAX) return String(value / PIXEL_MAX);
  const rounded = (value / PIXEL_MAX).toFixed(2);
  return { "0.00": ".0", "1.00": "1.0" }[rounded] ?? rounded.slice(1);
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
