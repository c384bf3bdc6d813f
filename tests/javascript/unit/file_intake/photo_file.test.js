import assert from "node:assert/strict";
import { test } from "node:test";

import { fitted, needsWork, prepared } from "../../../../pixelviz/page/file_intake/photo_file.js";

const BYTES_MAX = 1000;

/** @param {string} name @param {number} size @param {string} [type] */
function file(name, size, type = "") {
  return new File([new Uint8Array(size)], name, { type });
}

test("only what the server would refuse is worked on", () => {
  for (const [name, size, type, expected] of /** @type {const} */ ([
    ["photo.jpg", 1000, "image/jpeg", false],
    ["photo.jpg", 1001, "image/jpeg", true],
    ["IMG_1.HEIC", 10, "", true],
    ["blob", 10, "image/heic", true],
    ["values.csv", 5000, "text/csv", false],
    ["values.npy", 5000, "", false],
  ])) {
    assert.equal(needsWork(file(name, size, type), BYTES_MAX), expected, name);
  }
});

test("a picture keeps its proportions and is never enlarged", () => {
  assert.deepEqual(fitted({ width: 8000, height: 6000 }, 4000), { width: 4000, height: 3000 });
  assert.deepEqual(fitted({ width: 3000, height: 9000 }, 3000), { width: 1000, height: 3000 });
  assert.deepEqual(fitted({ width: 30, height: 20 }, 4000), { width: 30, height: 20 });
});

/** Lets the browser decode pictures of a size, and encode them into so many bytes for each pixel. */
function pretend({ width = 0, height = 0, bytesPerPixel = 1, isReadable = true }) {
  /** @type {{width: number, height: number}[]} */ const drawn = [];
  Object.assign(globalThis, {
    async createImageBitmap() {
      if (!isReadable) throw new Error("The source image could not be decoded.");
      return { width, height, close() {} };
    },
    document: {
      createElement: () => ({
        width: 0,
        height: 0,
        getContext: () => ({ fillRect() {}, drawImage() {} }),
        /** @param {(blob: Blob) => void} done */
        toBlob(done) {
          drawn.push({ width: this.width, height: this.height });
          done(new Blob([new Uint8Array(this.width * this.height * bytesPerPixel)]));
        },
      }),
    },
  });
  return drawn;
}

test("a large photo becomes a JPEG as large as the server takes", async () => {
  const drawn = pretend({ width: 4000, height: 100 });
  const small = await prepared(file("IMG_1.HEIC", 10), 350_000);
  assert.deepEqual(drawn, [
    { width: 4000, height: 100 },
    { width: 3000, height: 75 },
  ]);
  assert.equal(small.name, "IMG_1.jpg");
  assert.equal(small.type, "image/jpeg");
  assert.equal(small.size, 225_000);
});

test("what the browser cannot read, or not make small enough, is sent as it is", async () => {
  pretend({ isReadable: false });
  const heic = file("IMG_1.HEIC", 10);
  assert.equal(await prepared(heic, BYTES_MAX), heic);
  pretend({ width: 5000, height: 5000 });
  const huge = file("huge.png", 2000);
  assert.equal(await prepared(huge, BYTES_MAX), huge);
  const fine = file("photo.jpg", 10);
  assert.equal(await prepared(fine, BYTES_MAX), fine);
});
