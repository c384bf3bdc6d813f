"""ink -> grid: the picture that a model gets, as drawn or framed like MNIST."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import SIDE, Grid, Ink, expect_grid, expect_ink
from pixelviz.errors import ArrayError
from pixelviz.framing import frame_like_mnist
from pixelviz.resample import average

Framing = Literal["mnist", "drawn"]


def to_grid(ink: Ink, *, framing: Framing = "mnist") -> Grid:
    """Return ink as the picture that a model gets.

    Args:
        ink: (H, W) uint8, 0 paper, 255 full ink.
        framing: "mnist" crops, scales and centres the digit, wherever and however large it was
            drawn; "drawn" shrinks the paper and leaves the digit where it was drawn.

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
    """Return the paper shrunk to 28×28, each pixel the average of its block of ink.

    Paper that is not square is padded to a square first.

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
    return average(ink, SIDE, SIDE)


def shrink(grid: Grid, *, side: int) -> NDArray[np.uint8]:
    """Return a grid in fewer pixels, each the average of the area it covers.

    Args:
        grid: (28, 28) uint8.
        side: Rows, and columns, of the smaller picture; at least 1. With 28 nothing changes.

    Returns:
        (side, side) uint8, rounded, halves up.

    Raises:
        ArrayError: The grid is not (28, 28) uint8, or the side is less than 1.

    Example:
        >>> grid = np.zeros((28, 28), np.uint8)
        >>> grid[:14, :7] = 200
        >>> shrink(grid, side=2).tolist()
        [[100, 0], [0, 0]]
    """
    expect_grid(grid)
    if side < 1:
        raise ArrayError(
            f"Expected a side of at least 1 pixel, got {side}.", "Choose a larger one."
        )
    return average(grid, side, side)


def is_empty(grid: Grid) -> bool:
    """Return whether nothing is drawn: no pixel has any ink."""
    return not grid.any()
