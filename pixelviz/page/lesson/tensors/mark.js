// The mark on one pixel of a picture: a frame, dashed where the pixel is pinned.

/**
 * @param {HTMLElement} element Gets the mark.
 * @param {number} columns How many pixels a line of the picture has.
 * @param {number} lines How many lines it has.
 * @returns {(index: number | null, isPinned?: boolean) => void} What moves the mark, or hides it.
 */
export function createMark(element, columns, lines) {
  const mark = element.appendChild(document.createElement("i"));
  mark.className = "mark";
  mark.hidden = true;
  mark.style.width = `${100 / columns}%`;
  mark.style.height = `${100 / lines}%`;
  /** @type {number | null} */ let shown = null;
  return (index, isPinned = false) => {
    mark.classList.toggle("pin", isPinned);
    if (index === shown) return;
    shown = index;
    mark.hidden = index === null;
    if (index === null) return;
    mark.style.left = `${(100 * (index % columns)) / columns}%`;
    mark.style.top = `${(100 * Math.floor(index / columns)) / lines}%`;
  };
}
