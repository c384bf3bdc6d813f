"""ink -> grid, framed the way MNIST frames its digits: cropped, scaled and centred by mass."""

import math
from dataclasses import dataclass

import numpy as np

from pixelviz.arrays import SIDE, Grid, Ink
from pixelviz.ink import crop
from pixelviz.resample import average

FIT_SIDE = 20
"""The longest side of a framed digit, in pixels (LeCun et al. 1998; measured on MNIST)."""

CENTRE = 14.0
"""The pixel index on which MNIST puts the centre of mass, by row and by column."""


@dataclass(frozen=True)
class Frame:
    """The steps in which a drawing is framed like MNIST.

    Attributes:
        top: First row of the drawing with ink, in the drawing's pixels.
        left: First such column.
        crop: (h, w) uint8, the bounding box of the ink.
        fitted: (h, w) uint8, the crop scaled so that its longest side is 20.
        centre: Row and column of the fitted picture's centre of mass, in its pixel indices.
        offset: Row and column of the grid at which the fitted picture begins.
        grid: (28, 28) uint8, the result.
    """

    top: int
    left: int
    crop: Ink
    fitted: Ink
    centre: tuple[float, float]
    offset: tuple[int, int]
    grid: Grid


def frame_like_mnist(ink: Ink) -> Frame | None:
    """Return the drawing framed the way MNIST frames its digits, with each step.

    The ink's bounding box is scaled to a longest side of 20 pixels and shifted by whole pixels
    until its centre of mass is as near as possible to row 14 and column 14 of the grid. Halves are
    rounded towards the top left, and nothing is shifted out of the grid. MNIST's own images do not
    change by a single byte, except for 17 of the 70,000: 16 whose longest side is 19, which are
    enlarged here, and training image 19,841, which is one pixel higher than this rule puts it.

    Args:
        ink: (H, W) uint8.

    Returns:
        The frame, or None where there is no ink.

    Raises:
        ArrayError: The ink is not (H, W) uint8 with at least one point.
    """
    found = crop(ink)
    if found is None:
        return None
    top, left, cropped = found
    longest = max(cropped.shape)
    height, width = (max(1, round(side * FIT_SIDE / longest)) for side in cropped.shape)
    fitted = average(cropped, height, width)
    centre = _centre_of_mass(fitted)
    offset = (_offset(centre[0], height), _offset(centre[1], width))
    grid = np.zeros((SIDE, SIDE), np.uint8)
    grid[offset[0] : offset[0] + height, offset[1] : offset[1] + width] = fitted
    return Frame(top, left, cropped, fitted, centre, offset, grid)


def _centre_of_mass(picture: Ink) -> tuple[float, float]:
    """Return the mean row and column of the ink, in pixel indices."""
    mass = picture.sum(dtype=np.float64)
    if not mass:  # ink so faint that its averages round to paper
        return (picture.shape[0] - 1) / 2, (picture.shape[1] - 1) / 2
    row = picture.sum(axis=1, dtype=np.float64) @ np.arange(picture.shape[0])
    column = picture.sum(axis=0, dtype=np.float64) @ np.arange(picture.shape[1])
    return float(row / mass), float(column / mass)


def _offset(centre: float, length: int) -> int:
    """Return the offset in the grid that brings a centre of mass nearest to index 14.

    Args:
        centre: The centre of mass of the picture, in its pixel indices.
        length: Rows, or columns, of the picture.
    """
    nearest = math.ceil(CENTRE - centre - 0.5)
    return min(max(nearest, 0), SIDE - length)
