// Finds elements of a component's own HTML.

/**
 * @template {Element} Found
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => Found} type For example HTMLCanvasElement.
 * @returns {Found} The first element that the selector matches.
 * @throws {TypeError} There is none, or it is of another type.
 */
export function find(root, selector, type) {
  const found = root.querySelector(selector);
  if (!(found instanceof type)) throw new TypeError(`Expected a ${type.name} at ${selector}.`);
  return found;
}

/**
 * Gives an element its text, unless it has it already: the same text would be laid out anew.
 * @param {Element} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent === text) return;
  const { firstChild } = element;
  // Another text in the same node leaves the tree as it is: no style sheet has to be asked again.
  if (firstChild instanceof Text && !firstChild.nextSibling) firstChild.data = text;
  else element.textContent = text;
}
