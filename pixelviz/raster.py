"""ink -> grid: as drawn, or framed the way MNIST frames its digits."""

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import SIDE, Grid, Ink, expect_ink
from pixelviz.errors import ArrayError

FIT_SIDE = 20
"""The longest side of a framed digit, in pixels (LeCun et al. 1998; measured on MNIST)."""

CENTRE = 14.0
"""The pixel index on which MNIST puts the centre of mass, by row and by column."""

Framing = Literal["mnist", "drawn"]


@dataclass(frozen=True)
class Frame:
    """The way of a drawing into MNIST's frame, step by step.

    Attributes:
        top: First row of the ink that has a point of ink, in the ink's pixels.
        left: First such column.
        crop: (h, w) uint8, the smallest rectangle that holds all ink.
        fitted: (h, w) uint8, the crop scaled so that its longest side is 20.
        centre: Row and column of the fitted picture's centre of mass, in its pixel indices.
        offset: Row and column of the grid at which the fitted picture's first pixel lies.
        grid: (28, 28) uint8, the result.
    """

    top: int
    left: int
    crop: Ink
    fitted: Ink
    centre: tuple[float, float]
    offset: tuple[int, int]
    grid: Grid


def to_grid(ink: Ink, *, framing: Framing = "mnist") -> Grid:
    """Return ink as the picture that a model gets.

    Args:
        ink: (H, W) uint8, 0 paper, 255 full ink.
        framing: "mnist": cropped, scaled and centred, wherever and however large it was drawn.
            "drawn": the whole paper shrunk, the digit where it was drawn.

    Returns:
        (28, 28) uint8, 0 to 255. Without ink it is all 0.

    Raises:
        ArrayError: The ink is not (H, W) uint8 with at least one point.

    Example:
        >>> ink = np.zeros((280, 280), np.uint8)
        >>> ink[0:200, 0:20] = 255  # a bar in the top left corner
        >>> drawn, framed = to_grid(ink, framing="drawn"), to_grid(ink)
        >>> drawn[0, :4].tolist(), framed[4, 12:16].tolist()
        ([255, 255, 0, 0], [0, 255, 255, 0])
    """
    if framing == "drawn":
        return as_drawn(ink)
    frame = frame_like_mnist(ink)
    return np.zeros((SIDE, SIDE), np.uint8) if frame is None else frame.grid


def as_drawn(ink: Ink) -> Grid:
    """Return the whole paper shrunk to 28×28, each pixel the average of its block of ink.

    Paper that is not square gets a margin of paper on its shorter sides first.

    Args:
        ink: (H, W) uint8.

    Returns:
        (28, 28) uint8; a canvas of 280×280 gives averages of 10×10 points, rounded, halves up.

    Raises:
        ArrayError: The ink is not (H, W) uint8 with at least one point.
    """
    expect_ink(ink)
    height, width = ink.shape
    if height != width:
        side = max(height, width)
        top, left = (side - height) // 2, (side - width) // 2
        square = np.zeros((side, side), np.uint8)
        square[top : top + height, left : left + width] = ink
        ink = square
    return _average(ink, SIDE, SIDE)


def frame_like_mnist(ink: Ink) -> Frame | None:
    """Return the drawing framed the way MNIST frames its digits, with each step on the way.

    The ink's bounding box is scaled to a longest side of 20 pixels and laid into the grid, by
    whole pixels, so that its centre of mass comes to lie as near as possible to row 14 and column
    14; halves go towards the top left, and nothing is pushed out of the grid. An MNIST image comes
    out as it went in, byte for byte, but for 17 of the 70,000: 16 whose longest side is 19, which
    are enlarged here, and training image 19,841, which lies a pixel higher than its mass asks for.

    Args:
        ink: (H, W) uint8.

    Returns:
        The frame, or None where there is no ink.

    Raises:
        ArrayError: The ink is not (H, W) uint8 with at least one point.
    """
    expect_ink(ink)
    rows = np.flatnonzero(ink.any(axis=1))
    columns = np.flatnonzero(ink.any(axis=0))
    if not rows.size:
        return None
    top, left = int(rows[0]), int(columns[0])
    crop = ink[top : rows[-1] + 1, left : columns[-1] + 1]
    longest = max(crop.shape)
    height, width = (max(1, round(side * FIT_SIDE / longest)) for side in crop.shape)
    fitted = _average(crop, height, width)
    centre = _centre_of_mass(fitted)
    offset = (_offset(centre[0], height), _offset(centre[1], width))
    grid = np.zeros((SIDE, SIDE), np.uint8)
    grid[offset[0] : offset[0] + height, offset[1] : offset[1] + width] = fitted
    return Frame(top, left, crop, fitted, centre, offset, grid)


def shrink(ink: Ink, *, side: int) -> NDArray[np.uint8]:
    """Return the drawing as a small square picture, with a margin in proportion to MNIST's.

    Args:
        ink: (H, W) uint8.
        side: Rows, and columns, of the picture; at least 1.

    Returns:
        (side, side) uint8, each pixel the average of the area it covers; all 0 without ink.

    Raises:
        ArrayError: The ink is not (H, W) uint8 with at least one point, or there is no side.
    """
    expect_ink(ink)
    if side < 1:
        raise ArrayError(
            f"Expected a side of at least 1 pixel, got {side}.", "Choose a larger one."
        )
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not rows.size:
        return np.zeros((side, side), np.uint8)
    crop = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    paper_side = math.ceil(max(crop.shape) * SIDE / FIT_SIDE)
    paper = np.zeros((paper_side, paper_side), np.uint8)
    top, left = ((paper_side - length) // 2 for length in crop.shape)
    paper[top : top + crop.shape[0], left : left + crop.shape[1]] = crop
    return _average(paper, side, side)


def is_empty(grid: Grid) -> bool:
    """Return whether nothing is drawn: not one pixel holds any ink."""
    return not grid.any()


def _average(ink: Ink, height: int, width: int) -> Ink:
    """Return ink in another size, each new pixel the average of the area it covers.

    Exact: areas are counted in integers, and only the final average is rounded, halves up.
    """
    down = _sums_of_parts(ink, height)  # (height, W)
    sums = _sums_of_parts(down.T, width).T  # (height, width)
    area = ink.shape[0] * ink.shape[1]  # that of one new pixel, in the units of the sums
    average: Ink = ((2 * sums + area) // (2 * area)).astype(np.uint8)
    return average


def _sums_of_parts(rows: NDArray[Any], parts: int) -> NDArray[np.int64]:
    """Return the sum of each of `parts` equally high parts of some rows, cut through where needed.

    A whole row counts `parts` times, so that every share of one is a whole number. Additions do
    what a product of matrices would: that one would keep a second processor core busy, and other
    people waiting.

    Args:
        rows: (n, m) integers.
        parts: At least 1.

    Returns:
        (parts, m) int64.
    """
    count = len(rows)
    edges, shares = np.divmod(np.arange(parts + 1) * count, parts)  # whole rows, and shares of one
    sums = np.add.reduceat(rows, edges[:-1], axis=0, dtype=np.int64)
    sums[edges[:-1] == edges[1:]] = 0  # no row begins there; reduceat gives the one that goes on
    cut = shares[:, np.newaxis] * rows[np.minimum(edges, count - 1)]
    parted: NDArray[np.int64] = parts * sums + cut[1:] - cut[:-1]
    return parted


def _centre_of_mass(picture: Ink) -> tuple[float, float]:
    """Return the mean row and column of the ink, in pixel indices."""
    mass = picture.sum(dtype=np.float64)
    if not mass:  # ink so faint that its averages round to paper
        return (picture.shape[0] - 1) / 2, (picture.shape[1] - 1) / 2
    row = picture.sum(axis=1, dtype=np.float64) @ np.arange(picture.shape[0])
    column = picture.sum(axis=0, dtype=np.float64) @ np.arange(picture.shape[1])
    return float(row / mass), float(column / mass)


def _offset(centre: float, length: int) -> int:
    """Return where a picture's first pixel goes for its centre of mass to lie at index 14."""
    nearest = math.ceil(CENTRE - centre - 0.5)
    return min(max(nearest, 0), SIDE - length)
