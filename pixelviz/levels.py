"""grid -> the same grid with fewer levels of grey: 1, 2, 4 or 8 bits a pixel."""

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import PIXEL_MAX, Grid, expect_grid
from pixelviz.errors import ArrayError

BITS = (1, 2, 4, 8)


def black_and_white(grid: Grid, *, threshold: int) -> NDArray[np.uint8]:
    """Return 1 for each pixel whose value is at least a threshold, else 0.

    Args:
        grid: (28, 28) uint8.
        threshold: The smallest value that counts as ink, 1 to 255.

    Returns:
        (28, 28) uint8, 0 or 1.

    Raises:
        ArrayError: The grid is not (28, 28) uint8, or the threshold is not 1 to 255.
    """
    expect_grid(grid)
    if not 1 <= threshold <= PIXEL_MAX:
        raise ArrayError(
            f"Expected a threshold from 1 to {PIXEL_MAX}, got {threshold}.",
            "At 0 even empty paper would count as ink.",
        )
    return (grid >= threshold).astype(np.uint8)


def quantise(grid: Grid, *, bits: int) -> Grid:
    """Return the grid in 2, 4, 16 or 256 levels of grey, evenly spaced from 0 to 255.

    Each pixel is rounded to the nearest level, so with one bit the threshold is 128.

    Args:
        grid: (28, 28) uint8.
        bits: Bits per pixel: 1, 2, 4 or 8. With 8 nothing changes.

    Returns:
        (28, 28) uint8, 0 to 255.

    Raises:
        ArrayError: The grid is not (28, 28) uint8, or the bits are not 1, 2, 4 or 8.

    Example:
        >>> grid = np.full((28, 28), 100, np.uint8)
        >>> [int(quantise(grid, bits=bits)[0, 0]) for bits in BITS]
        [0, 85, 102, 100]
    """
    expect_grid(grid)
    quantised: Grid = (
        numbers(grid, bits=bits).astype(np.int64) * PIXEL_MAX // (2**bits - 1)
    ).astype(np.uint8)
    return quantised


def numbers(values: NDArray[np.uint8], *, bits: int) -> NDArray[np.uint8]:
    """Return the number of the level that each value is nearest to, counted from 0.

    Args:
        values: uint8 of any shape.
        bits: Bits per pixel: 1, 2, 4 or 8.

    Returns:
        uint8 of the same shape, 0 to 1, 3, 15 or 255.

    Raises:
        ArrayError: The bits are not 1, 2, 4 or 8.

    Example:
        >>> numbers(np.array([0, 42, 43, 100, 255], np.uint8), bits=2).tolist()
        [0, 0, 1, 1, 3]
    """
    if bits not in BITS:
        raise ArrayError(f"Expected 1, 2, 4 or 8 bits, got {bits}.", "Choose one of these.")
    nearest = (2 * (2**bits - 1) * values.astype(np.int64) + PIXEL_MAX) // (2 * PIXEL_MAX)
    numbered: NDArray[np.uint8] = nearest.astype(np.uint8)  # halves up
    return numbered
