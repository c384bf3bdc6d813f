// The digit, moved pixel by pixel with the arrow keys while it has the focus.

const SIDE = 28;
const STEPS = {
  ArrowLeft: [0, -1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowRight: [0, 1],
};

/** @type {WeakMap<Node, ReturnType<typeof createMover>>} One a mounted component. */
const movers = new WeakMap();

/**
 * @typedef {{pixels: string, rows: number, columns: number, placed: number, farthest: number}} Data
 *   `pixels` is the unmoved grid's 784 bytes, row by row, in base64; `rows` and `columns` are how
 *   far it is moved; `placed` grows with each move that did not come from here.
 * @param {{data: Data, parentElement: ShadowRoot, setStateValue: Function}} component
 *   The state "shift" is how far it is moved: rows, columns.
 */
export default function show({ data, parentElement, setStateValue }) {
  let mover = movers.get(parentElement);
  if (!mover) {
    mover = createMover(parentElement);
    movers.set(parentElement, mover);
  }
  mover.onMove = (shift) => setStateValue("shift", shift);
  mover.set(data);
  return () => movers.delete(parentElement);
}

/** @param {ShadowRoot} root */
function createMover(root) {
  const paper = root.querySelector(".paper");
  const context = root.querySelector("canvas").getContext("2d");
  const image = context.createImageData(SIDE, SIDE);
  const mover = { set, onMove: (/** @type {number[]} */ _shift) => {} };
  let pixels = new Uint8Array(SIDE * SIDE);
  let [rows, columns, farthest] = [0, 0, 0];
  let placed = null;

  function set(/** @type {Data} */ data) {
    pixels = Uint8Array.from(atob(data.pixels), (letter) => letter.charCodeAt(0));
    farthest = data.farthest;
    // Between two quick keys comes the answer to the first: it must not take the second back.
    if (data.placed !== placed) [rows, columns, placed] = [data.rows, data.columns, data.placed];
    paint();
  }

  function paint() {
    for (let row = 0; row < SIDE; row += 1) {
      for (let column = 0; column < SIDE; column += 1) {
        const [fromRow, fromColumn] = [row - rows, column - columns];
        const inside = Math.min(fromRow, fromColumn) >= 0 && Math.max(fromRow, fromColumn) < SIDE;
        const value = inside ? pixels[SIDE * fromRow + fromColumn] : 0;
        image.data.set([value, value, value, 255], 4 * (SIDE * row + column));
      }
    }
    context.putImageData(image, 0, 0);
  }

  paper.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || event.shiftKey) return; // with Shift the page's buttons listen
    event.preventDefault();
    const within = (/** @type {number} */ way) => Math.min(Math.max(way, -farthest), farthest);
    const moved = [within(rows + step[0]), within(columns + step[1])];
    if (moved[0] === rows && moved[1] === columns) return;
    [rows, columns] = moved;
    paint();
    mover.onMove(moved);
  });
  return mover;
}
