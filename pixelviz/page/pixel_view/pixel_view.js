// Picture, integers and strip: three views of one grid, linked here in the browser, so that
// pointing at a pixel needs no answer from the server. pixel_parts.js has the views,
// pen_follower.js what they show while the pen draws.

const SIDE = 28;
const LENGTH = SIDE * SIDE;
const PIXEL_MAX = 255;

/** Changes are collected this long before they are sent, and then shown whatever else comes. */
const COLLECT_MS = 150;
const TRUST_MS = 3000;
const LOOK_FOR_TOOLBAR_MS = 250;

/** @type {WeakMap<Node, ReturnType<typeof createView>>} One view a mounted component. */
const views = new WeakMap();

/**
 * Streamlit calls this when the component is mounted; its grid comes by grid_messenger.js.
 * @param {{parentElement: ShadowRoot, setStateValue: (name: string, value: unknown) => void,
 *          setTriggerValue: (name: string, value: unknown) => void}} component The state "pinned" is
 *   the pinned index, or null; the trigger "edited" is the vector after the person changed it, in
 *   base64.
 */
export default function show({ parentElement, setStateValue, setTriggerValue }) {
  let view = views.get(parentElement);
  if (!view) {
    view = createView(parentElement);
    views.set(parentElement, view);
  }
  view.onPin = (index) => setStateValue("pinned", index);
  view.onEdit = (pixels) => setTriggerValue("edited", pixels);
  return () => {
    view.end();
    views.delete(parentElement);
  };
}

// The page clips the canvas's own toolbar, having better tools of its own. What cannot be seen of it
// lies over the paper's upper right corner, and would catch a stroke that begins there: it is taken
// out of the way soon after a canvas has appeared, and at the latest before the Tab key moves on.
document.addEventListener("keydown", hideToolbarOfCanvas, { capture: true });
setInterval(hideToolbarOfCanvas, LOOK_FOR_TOOLBAR_MS);

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
  const howFramed = find(".picture small");
  const framed = howFramed.textContent;
  const linked = [picture, integers, strip];
  const pen = createFollower(showAsDrawn);

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
  /** What the server sent last: the vector, and that of the same drawing as drawn. */
  let answer = { pixels: vector, drawn: vector };
  const view = {
    receive,
    end() {
      pen.end();
      document.removeEventListener("pixelviz-grid", receive);
    },
    onPin: (/** @type {number | null} */ _index) => {},
    onEdit: (/** @type {string} */ _pixels) => {},
  };

  /** Shows what the server sends, unless the person has changed something meanwhile. */
  function receive() {
    const { pixels, drawn } = document.pixelvizGrid;
    answer = { pixels: decode(pixels), drawn: decode(drawn ?? pixels) };
    if (pen.isFollowing) {
      takeAnswer();
      return;
    }
    if (sending !== undefined) return;
    if (sent && pixels !== sent.pixels && performance.now() - sent.at < TRUST_MS) return;
    sent = null;
    draw(answer.pixels);
  }

  /** @param {Uint8Array} drawn What is on the canvas in this moment. */
  function showAsDrawn(drawn) {
    write(howFramed, "as drawn");
    if (!isSame(drawn, vector)) draw(drawn);
    takeAnswer();
  }

  /** Once the pen is lifted and the server has seen what is on the canvas, its answer counts. */
  function takeAnswer() {
    if (!pen.isWaiting || !(isSame(answer.drawn, vector) || pen.isTooLate)) return;
    stopFollowing();
    const before = vector;
    draw(answer.pixels);
    picture.move(before, vector);
  }

  function stopFollowing() {
    pen.stop();
    write(howFramed, framed);
  }

  /** Changes one pixel, here at once and soon on the server. @param {number} value 0 to 255 */
  function edit(/** @type {number} */ index, value) {
    if (vector[index] === value) return;
    stopFollowing();
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
    const text =
      index === null
        ? "Point at any cell: the same pixel lights up in all three views. Click to pin or change it."
        : describe(index, vector[index]) + (index === pinned ? " · pinned" : "");
    write(reading, text);
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

  draw(vector);
  document.addEventListener("pixelviz-grid", receive);
  if (document.pixelvizGrid) receive();
  return view;
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

/** Gives an element its text, unless it has it already: the same text would be laid out anew. */
function write(/** @type {HTMLElement} */ element, /** @type {string} */ text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @returns {boolean} Whether two vectors hold the same values. */
function isSame(/** @type {Uint8Array} */ one, /** @type {Uint8Array} */ other) {
  return one.every((value, index) => value === other[index]);
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
