"""What is asked for -> squares at the lower edge of a worksheet, and back.

Whoever reads a sheet need not have its digit any more. The code is a plain matrix of squares, not a
QR code: the marks in the corners already say where it is and how it is turned, and what reads a QR
code is a native library many times the size of this package.

The bytes are the number of the kind, the levels of the cells, and a checksum (CRC-32), made safe
against blots (`reed_solomon.py`). The squares are as large as the levels allow, since these can be
compressed. A reader tries each size: the checksum says which one it is.
"""

import zlib
from dataclasses import dataclass

import numpy as np

from pixelviz.arrays import Mask
from pixelviz.worksheet import reed_solomon
from pixelviz.worksheet.kinds import KINDS, Kind, Levels
from pixelviz.worksheet.layout import DATA_WIDTH_PT

CRC_BYTES = 4

PACKED = 8
"""Added to the kind's number where the levels are packed instead of compressed."""

FACTOR, STEP = 25_173, 13_849
"""The bytes are mixed with a pattern, each number of which is the one before, times and plus these
(a linear congruential generator), so that any picture has about as many black squares as white."""


@dataclass(frozen=True)
class Size:
    """A size of the code.

    Attributes:
        columns: How many squares are side by side.
        rows: How many rows of them there are.
        check_bytes: How many of its bytes are there to correct others, two for each.
    """

    columns: int
    rows: int
    check_bytes: int

    @property
    def data_bytes(self) -> int:
        """How many bytes it says."""
        return min(self.columns * self.rows // 8, reed_solomon.LENGTH_MAX) - self.check_bytes


SIZES = (Size(74, 10, 36), Size(95, 13, 30), Size(109, 14, 30), Size(123, 16, 12))
"""From the largest squares, 2.3 mm, to the smallest, 1.4 mm. The first has room for any picture of
14 × 14, the second for most digits of 28 × 28, the last for any picture."""


def side_pt(shape: tuple[int, ...]) -> float:
    """Return the side of the squares of a code with so many rows and columns, in points."""
    return DATA_WIDTH_PT / shape[1]


def encode(kind: Kind, levels: Levels) -> Mask:
    """Return the squares that say what is asked for.

    Args:
        kind: The kind of the sheet.
        levels: (side, side) uint8.

    Returns:
        (rows, columns) bool, True for a black one, in one of SIZES.
    """
    packed, compressed = _packed(levels, len(kind.shades)), _compressed(levels)
    message = (
        bytes([kind.number]) + compressed
        if len(compressed) < len(packed)
        else bytes([kind.number + PACKED]) + packed
    )
    size = next(size for size in SIZES if len(message) + CRC_BYTES <= size.data_bytes)
    message = message.ljust(size.data_bytes - CRC_BYTES, b"\0")
    message += zlib.crc32(message).to_bytes(CRC_BYTES)
    mixed = _mixed(reed_solomon.encode(message, size.check_bytes))
    bits = np.unpackbits(np.frombuffer(mixed, np.uint8))
    padded = np.resize([False, True], size.rows * size.columns)
    padded[: len(bits)] = bits
    # Column by column, so that the squares of a byte lie together: a blot hits few bytes.
    return padded.reshape(size.columns, size.rows).T


def decode(squares: Mask, size: Size) -> tuple[Kind, Levels] | None:
    """Return the kind and the levels that some squares say.

    Args:
        squares: (rows, columns) bool, True for a black one; some may be wrong.
        size: The size that they are read in.

    Returns:
        The kind and (side, side) uint8; None if too many are wrong, or the size is.
    """
    length = size.data_bytes + size.check_bytes
    mixed = np.packbits(squares.T.ravel()[: 8 * length]).tobytes()
    message = reed_solomon.decode(_mixed(mixed), size.check_bytes)
    if message is None or zlib.crc32(message[:-CRC_BYTES]).to_bytes(CRC_BYTES) != message[-4:]:
        return None
    number, content = message[0], message[1:-CRC_BYTES]
    kind = next((kind for kind in KINDS.values() if kind.number == number % PACKED), None)
    if kind is None:
        return None
    cells, count = kind.side**2, len(kind.shades)
    levels = _unpacked(content, cells, count) if number >= PACKED else _decompressed(content, cells)
    if levels is None or levels.max() >= count:
        return None
    return kind, levels.reshape(kind.side, kind.side)


def _mixed(message: bytes) -> bytes:
    """Return bytes mixed with a pattern; mixed twice they are the same again."""
    pattern, mixed = 0, bytearray()
    for byte in message:
        pattern = (FACTOR * pattern + STEP) % 2**16
        mixed.append(byte ^ pattern >> 8)
    return bytes(mixed)


def _compressed(levels: Levels) -> bytes:
    compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    return compressor.compress(levels.tobytes()) + compressor.flush()


def _decompressed(content: bytes, cells: int) -> Levels | None:
    try:
        levels = zlib.decompressobj(-zlib.MAX_WBITS).decompress(content, cells + 1)
    except zlib.error:
        return None
    return np.frombuffer(levels, np.uint8) if len(levels) == cells else None


def _packed(levels: Levels, count: int) -> bytes:
    """Return levels as the digits of one large number."""
    number = 0
    for level in levels.ravel().tolist():
        number = number * count + level
    return number.to_bytes(_packed_bytes(levels.size, count))


def _unpacked(content: bytes, cells: int, count: int) -> Levels:
    number = int.from_bytes(content[: _packed_bytes(cells, count)])
    digits = np.zeros(cells, np.uint8)
    for cell in reversed(range(cells)):
        number, digits[cell] = divmod(number, count)
    return digits


def _packed_bytes(cells: int, count: int) -> int:
    return (int(count**cells - 1).bit_length() + 7) // 8
