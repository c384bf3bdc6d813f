// Strokes as lines of points, and how they look with a round pen, as the main page's canvas draws them.

/** @typedef {{x: number, y: number}} Point In shares of the paper. */

/** The pen's width as a share of the paper: 12 of 280 points, as canvas.py has it. */
export const PEN_SHARE = 12 / 280;

/** With so many points a stroke can still be painted in a frame; what goes beyond is another one. */
export const POINTS_MAX = 2000;

/**
 * Paints white strokes on black paper.
 * @param {CanvasRenderingContext2D} context Of square paper.
 * @param {Iterable<Point[]>} strokes
 */
export function paintStrokes(context, strokes) {
  const side = context.canvas.width;
  context.fillStyle = "#000";
  context.fillRect(0, 0, side, side);
  context.strokeStyle = "#fff";
  context.lineWidth = PEN_SHARE * side;
  context.lineCap = context.lineJoin = "round";
  for (const points of strokes) paintStroke(context, points, side);
}

/** @param {CanvasRenderingContext2D} context @param {Point[]} points @param {number} side */
function paintStroke(context, points, side) {
  const at = points.map(({ x, y }) => ({ x: x * side, y: y * side }));
  const last = at[at.length - 1];
  context.beginPath();
  context.moveTo(at[0].x, at[0].y);
  for (let index = 0; index + 1 < at.length; index += 1) {
    const [here, next] = [at[index], at[index + 1]];
    context.quadraticCurveTo(here.x, here.y, (here.x + next.x) / 2, (here.y + next.y) / 2);
  }
  // A line without length is not painted: a tap is a short one.
  context.lineTo(last.x + (at.length === 1 ? PEN_SHARE : 0), last.y);
  context.stroke();
}
