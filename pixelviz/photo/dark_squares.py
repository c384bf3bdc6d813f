"""A grey picture -> the small black squares in it that have white paper around them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from pixelviz.arrays import Grey, Mask
from pixelviz.photo import connected_components, morphology

WHITE_PX = 20
"""How far from a square its white paper is looked for, in points of the picture."""

DARKNESS = 0.45
"""A square is darker than this share of the paper around it."""

SIDE_PX = (3.5, 45.0)
"""The sides of the smallest and the largest square."""

FULL = (0.42, 1.2)
"""How much of a full square with its moments a square fills. One with a hole of 0.43 of its side
fills 0.69, overexposed less."""

FLATNESS_MIN = 0.3
"""How much shorter a square seen from aside may be one way than the other, squared."""

LONELINESS = 1.15
"""A square has nothing black around it, so many of its sides to each side of its middle."""

LONELY_SHARE_MAX = 0.12
"""But for stray points: this share of its own."""

RUNS_MAX = 60_000
"""A picture with more dark stretches than that is no sheet with numbers."""

SQUARES_MAX = 40
"""So many squares are returned, the outermost: a table that is coloured has many, within it."""

Points = NDArray[np.float64]
"""(n, 2): x to the right and y down, in points of the picture."""


@dataclass(frozen=True)
class Squares:
    """The squares in a picture.

    Attributes:
        centre: (n, 2) float64.
        side: (n,) float64, the side of a full square with its moments.
        middle: (n,) float64, how bright its middle is, 0 black, 1 as the paper.
        others: (m, 2) float64, the centres of all other dark things.
    """

    centre: Points
    side: NDArray[np.float64]
    middle: NDArray[np.float64]
    others: Points


def find(grey: Grey) -> Squares:
    """Return the outermost black squares with paper around them.

    Args:
        grey: (H, W) uint8, 0 black, 255 white.
    """
    image = Image.fromarray(grey).filter(ImageFilter.GaussianBlur(0.7))
    smooth = np.asarray(image)
    white = morphology.dilation(smooth, WHITE_PX)
    mask: Mask = smooth < DARKNESS * white
    runs = connected_components.find_runs(mask)
    if not 0 < runs.row.size <= RUNS_MAX:
        return Squares(np.zeros((0, 2)), np.zeros(0), np.zeros(0), np.zeros((0, 2)))
    labels = connected_components.label_runs(runs) - 1
    area, centre, spread = _moments(runs, labels)
    # The larger and the smaller axis of each, from the eigenvalues of its covariance.
    mean = (spread[:, 0] + spread[:, 1]) / 2
    product = spread[:, 0] * spread[:, 1] - spread[:, 2] ** 2
    root = np.sqrt(np.maximum(mean**2 - product, 0))
    side = np.sqrt(12 * np.sqrt(np.maximum(product, 1e-9)))
    flat = (mean - root) / (mean + root)
    full = area / side**2
    is_square = (
        (side >= SIDE_PX[0])
        & (side <= SIDE_PX[1])
        & (flat >= FLATNESS_MIN)
        & (full >= FULL[0])
        & (full <= FULL[1])
    )
    sums = mask.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    sums = np.pad(sums, ((1, 0), (1, 0)))
    around = _count(sums, centre, LONELINESS * side)
    is_square &= around - area <= LONELY_SHARE_MAX * area
    distance = np.linalg.norm(centre - np.median(centre, axis=0), axis=1)
    chosen = np.flatnonzero(is_square)
    chosen = chosen[np.argsort(-distance[chosen], kind="stable")][:SQUARES_MAX]
    column, row = np.rint(centre[chosen]).astype(np.intp).T
    middle = grey[row, column] / np.maximum(white[row, column], 1)
    return Squares(centre[chosen], side[chosen], middle, centre[~is_square & (area >= 4)])


def _moments(
    runs: connected_components.Runs, labels: NDArray[np.intp]
) -> tuple[NDArray[np.float64], Points, NDArray[np.float64]]:
    """Return the area, the centre and the (co)variances xx, yy, xy of each component."""
    length = (runs.end - runs.start).astype(np.float64)
    x, y = (runs.start + runs.end - 1) / 2, runs.row.astype(np.float64)
    area = np.bincount(labels, length).astype(np.float64)

    def mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.bincount(labels, length * values) / area)

    centre_x, centre_y = mean(x), mean(y)
    dx, dy = x - centre_x[labels], y - centre_y[labels]
    spread = np.stack([mean(dx**2 + (length**2 - 1) / 12) + 1 / 12, mean(dy**2) + 1 / 12,
                       mean(dx * dy)], axis=1)  # fmt: skip
    return area, np.stack([centre_x, centre_y], axis=1), spread


def _count(
    sums: NDArray[np.int32], centre: Points, reach: NDArray[np.float64]
) -> NDArray[np.int32]:
    """Return how many points of a mask are in a square around each centre."""
    height, width = sums.shape[0] - 1, sums.shape[1] - 1
    left, right = (
        np.clip(np.rint(centre[:, 0] + sign * reach).astype(np.intp), 0, width) for sign in (-1, 1)
    )
    top, bottom = (
        np.clip(np.rint(centre[:, 1] + sign * reach).astype(np.intp), 0, height) for sign in (-1, 1)
    )
    return np.asarray(sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left])
