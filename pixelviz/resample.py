"""ink -> the same ink in another size, each new pixel the average of the area it covers."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import Ink


def average(ink: Ink, height: int, width: int) -> Ink:
    """Return ink in another size, each new pixel the average of the area it covers.

    The sums are exact, in integers; only the final average is rounded, halves up.
    """
    down = _sums_of_bands(ink, height)  # (height, W)
    sums = _sums_of_bands(down.T, width).T  # (height, width)
    area = ink.shape[0] * ink.shape[1]  # of one new pixel, in the units of the sums
    average: Ink = ((2 * sums + area) // (2 * area)).astype(np.uint8)
    return average


def _sums_of_bands(rows: NDArray[Any], bands: int) -> NDArray[np.int64]:
    """Return the sum of the rows in each of some equally high bands.

    The edge of a band may cut a row in two. Each row counts `bands` times, so that a part of one
    counts an integer number of times, too. A product of matrices would give the same sums, but
    occupy a second processor core that other visitors need.

    Args:
        rows: (n, m) integers.
        bands: At least 1.

    Returns:
        (bands, m) int64, `bands` times the sums.
    """
    count = len(rows)
    edges, parts = np.divmod(np.arange(bands + 1) * count, bands)  # full rows, and parts of a row
    sums = np.add.reduceat(rows, edges[:-1], axis=0, dtype=np.int64)
    sums[edges[:-1] == edges[1:]] = 0  # no row begins in this band, but reduceat returns one
    cut = parts[:, np.newaxis] * rows[np.minimum(edges, count - 1)]
    result: NDArray[np.int64] = bands * sums + cut[1:] - cut[:-1]
    return result
