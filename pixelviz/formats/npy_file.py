"""grid <-> an NPY file for numpy.load: the vector's 784 values."""

import io
from typing import Any

import numpy as np

from pixelviz.arrays import LENGTH, PIXEL_MAX, SIDE, Grid, expect_grid
from pixelviz.errors import SharingError
from pixelviz.formats.limits import SAVE_AGAIN, expect_small

NPY_HEADER_MAX = 500
"""The longest header of an NPY file that is read, in characters; NumPy writes about 120."""


def encode(grid: Grid) -> bytes:
    """Return the grid's vector, (784,) uint8, as a file for `numpy.load`.

    Args:
        grid: (28, 28) uint8.

    Raises:
        ArrayError: The grid is not (28, 28) uint8.

    Example:
        >>> np.load(io.BytesIO(encode(np.zeros((28, 28), np.uint8)))).shape
        (784,)
    """
    expect_grid(grid)
    stream = io.BytesIO()
    np.save(stream, grid.flatten(), allow_pickle=False)  # (28, 28) -> (784,), row by row
    return stream.getvalue()


def decode(content: bytes) -> Grid:
    """Return the picture in an NPY file.

    The file holds 784 or 28×28 numbers: integers from 0 to 255, or floats from 0 to 1, which are
    rescaled to integers. The header is checked before any values are read, so a header that
    announces gigabytes takes no memory.

    Args:
        content: The file's bytes.

    Returns:
        (28, 28) uint8.

    Raises:
        SharingError: The file is broken or holds something else.
    """
    stream = io.BytesIO(expect_small(content))
    try:
        shape, by_columns, dtype = _npy_header(stream)
    except Exception as error:  # NumPy's parser raises whatever Python's parser raises on odd text
        raise _not_npy("a file whose header cannot be read") from error
    values = stream.read()
    if shape not in ((LENGTH,), (SIDE, SIDE)) or dtype.kind not in "uif":
        raise _not_npy(f"{dtype!s:.40} of shape {shape!s:.40}")
    if len(values) != LENGTH * dtype.itemsize:
        raise _not_npy(f"{len(values)} bytes of values instead of {LENGTH * dtype.itemsize}")
    numbers = np.frombuffer(values, dtype)
    largest = 1 if dtype.kind == "f" else PIXEL_MAX
    with np.errstate(invalid="ignore"):  # NaN compares as False, without a warning
        if not ((numbers >= 0) & (numbers <= largest)).all():
            raise _not_npy(f"{dtype} from {numbers.min()} to {numbers.max()}")
    if dtype.kind == "f":
        # A half is rounded up, as the browser does it with a whole set.
        numbers = np.floor(numbers.astype(np.float64) * PIXEL_MAX + 0.5)
    grid = numbers.astype(np.uint8).reshape(SIDE, SIDE)
    return grid.T.copy() if by_columns and len(shape) > 1 else grid


def _npy_header(stream: io.BytesIO) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    """Return shape, whether it is stored column by column, and type, from an NPY file's header."""
    readers = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }
    version = np.lib.format.read_magic(stream)
    return readers[version](stream, max_header_size=NPY_HEADER_MAX)


def _not_npy(got: str) -> SharingError:
    return SharingError(
        f"Expected an NPY file of shape ({LENGTH},) or ({SIDE}, {SIDE}) with integers from 0 to "
        f"{PIXEL_MAX} or floats from 0 to 1, got {got}.",
        SAVE_AGAIN,
    )
