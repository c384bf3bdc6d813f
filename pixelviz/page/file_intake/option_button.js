// A button for one way to understand a file, with the pictures that it gives.

import { LENGTH } from "../browser/arrays.js";
import { smallPicture } from "./small_picture.js";

/**
 * @param {import("../browser/data_file/outcome.js").Option} option
 * @param {() => void} choose Called when it is chosen.
 * @returns {HTMLButtonElement}
 */
export function optionButton({ title, grids, targets }, choose) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "option";
  const name = document.createElement("span");
  name.textContent = title;
  const pictures = document.createElement("span");
  pictures.className = "pictures";
  for (let start = 0; start < grids.length; start += LENGTH) {
    const picture = document.createElement("span");
    picture.className = "picture";
    picture.append(smallPicture(grids.subarray(start, start + LENGTH)));
    if (targets) picture.append(`label ${targets[start / LENGTH]}`);
    pictures.append(picture);
  }
  button.append(name, pictures);
  button.addEventListener("click", choose);
  return button;
}
