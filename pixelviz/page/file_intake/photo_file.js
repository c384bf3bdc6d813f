// A photo's file -> one that the server takes: of at most so many bytes, and of a type that it reads.

import { NAME } from "../browser/data_file/names.js";

const SIDES_PX = [4000, 3000, 2000];
const QUALITY = 0.85;
const HEIF_NAME = /\.(heic|heif)$/i;

/**
 * @param {File} file
 * @param {number} bytesMax How much the server takes.
 * @returns {boolean} Whether the server would refuse it, but may take it after `prepared`.
 */
export function needsWork(file, bytesMax) {
  return isHeif(file) || (file.size > bytesMax && !NAME.test(file.name));
}

/** @param {File} file */
function isHeif(file) {
  return /^image\/hei[cf]/.test(file.type) || HEIF_NAME.test(file.name);
}

/**
 * Returns a photo as a JPEG that the server takes. What phones call HEIC becomes one where the
 * browser can read it, as Apple's can.
 * @param {File} file
 * @param {number} bytesMax
 * @returns {Promise<File>} The same file if it needs no work, or is no picture that this browser
 *   can read: the server says what is wrong with it.
 */
export async function prepared(file, bytesMax) {
  if (!needsWork(file, bytesMax)) return file;
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file;
  }
  try {
    for (const side of SIDES_PX) {
      const blob = await jpegOf(picture, side);
      if (blob && blob.size <= bytesMax) {
        return new File([blob], file.name.replace(/(\.\w+)?$/, ".jpg"), { type: "image/jpeg" });
      }
    }
    return file;
  } finally {
    picture.close();
  }
}

/**
 * @param {ImageBitmap} picture
 * @param {number} sidePx The longest side that the JPEG may have.
 */
function jpegOf(picture, sidePx) {
  const { width, height } = fitted(picture, sidePx);
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  if (!context) return null;
  context.fillStyle = "#fff"; // a JPEG has no transparent points
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  return /** @type {Promise<Blob | null>} */ (
    new Promise((resolve) => {
      canvas.toBlob(resolve, "image/jpeg", QUALITY);
    })
  );
}

/**
 * @param {{width: number, height: number}} size
 * @param {number} sidePx
 * @returns {{width: number, height: number}} The size made smaller, if it has a longer side.
 */
export function fitted({ width, height }, sidePx) {
  const scale = Math.min(1, sidePx / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}
