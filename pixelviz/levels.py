"""grid -> the same grid with fewer levels of grey: 1, 2, 4 or 8 bits a pixel."""

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import PIXEL_MAX, Grid, expect_grid
from pixelviz.errors import ArrayError

BITS = (1, 2, 4, 8)


def black_and_white(grid: Grid, *, threshold: int) -> NDArray[np.uint8]:
    """Return each pixel as 1, where its value reaches a threshold, or 0.

    Args:
        grid: (28, 28) uint8.
        threshold: 1 to 255: the smallest value that counts as ink.

    Returns:
        (28, 28) uint8, 0 or 1.

    Raises:
        ArrayError: The grid is not (28, 28) uint8, or the threshold not 1 to 255.
    """
    expect_grid(grid)
    if not 1 <= threshold <= PIXEL_MAX:
        raise ArrayError(
            f"Expected a threshold from 1 to {PIXEL_MAX}, got {threshold}.",
            "At 0 even empty paper would be ink.",
        )
    return (grid >= threshold).astype(np.uint8)


def quantise(grid: Grid, *, bits: int) -> Grid:
    """Return the grid in 2, 4, 16 or 256 levels of grey, evenly spaced from 0 to 255.

    Each pixel takes the level that is nearest to it, so with one bit the threshold is 128.

    Args:
        grid: (28, 28) uint8.
        bits: Bits for each pixel: 1, 2, 4 or 8. With 8 nothing changes.

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
    if bits not in BITS:
        raise ArrayError(f"Expected 1, 2, 4 or 8 bits, got {bits}.", "Choose one of these.")
    steps = 2**bits - 1
    level = (2 * steps * grid.astype(np.int64) + PIXEL_MAX) // (2 * PIXEL_MAX)  # halves up
    quantised: Grid = (level * PIXEL_MAX // steps).astype(np.uint8)
    return quantised
