// The digit that was given: it becomes pixels on the paper, and flies to where the computer has it.

const PIXELS_MS = 350;
const FLIGHT_MS = 500;

/**
 * @param {HTMLCanvasElement} pixels Where it flies to, with the digit's pixels on it.
 * @param {HTMLElement} from Where it has been drawn.
 * @returns {Promise<void>} Done when it has arrived, at once for those who ask for less motion.
 */
export async function fly(pixels, from) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches || !pixels.animate) return;
  const copy = /** @type {HTMLCanvasElement} */ (pixels.cloneNode());
  copy.getContext("2d")?.drawImage(pixels, 0, 0);
  const [start, end] = [from, pixels].map((element) => element.getBoundingClientRect());
  Object.assign(copy, { className: "flying", ariaHidden: "true", ariaLabel: null });
  Object.assign(copy.style, {
    left: `${start.left}px`,
    top: `${start.top}px`,
    width: `${start.width}px`,
    height: `${start.height}px`,
  });
  document.body.append(copy);
  const there = `translate(${end.left - start.left}px, ${end.top - start.top}px) scale(${end.width / start.width})`;
  const pause = PIXELS_MS / (PIXELS_MS + FLIGHT_MS);
  const flight = copy.animate(
    [
      { opacity: 0, transform: "none" },
      { opacity: 1, transform: "none", offset: pause / 2 },
      { opacity: 1, transform: "none", offset: pause, easing: "cubic-bezier(0.5, 0, 0.2, 1)" },
      { opacity: 1, transform: there },
    ],
    { duration: PIXELS_MS + FLIGHT_MS },
  );
  await flight.finished.catch(() => {});
  copy.remove();
}
