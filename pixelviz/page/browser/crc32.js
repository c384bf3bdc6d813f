// The checksum of zip files and of links.

const POLYNOMIAL = 0xedb88320;

/** @param {Uint8Array} bytes @returns {number} Their CRC-32. */
export function crc32(bytes) {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? POLYNOMIAL : 0);
  }
  return (rest ^ 0xffffffff) >>> 0;
}
