"""Morphology of masks and grey pictures: dilation, erosion, opening, closing, hulls and holes."""

import math
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from pixelviz.arrays import Mask
from pixelviz.photo import connected_components

Value = TypeVar("Value", np.uint8, np.bool_)


def dilation(
    picture: NDArray[Value], radius: int, *, axes: tuple[int, ...] = (0, 1)
) -> NDArray[Value]:
    """Return the largest value in the square around each point.

    Args:
        picture: (H, W) uint8 or bool. What lies beyond its edges is 0 or False.
        radius: How far the square reaches to each side, in points; at least 0.
        axes: Along which axes it reaches: (0,) makes it a column, (1,) a row.

    Returns:
        The same shape and type.
    """
    for axis in axes:
        padding = [(radius, radius) if each == axis else (0, 0) for each in (0, 1)]
        padded = np.pad(picture, padding)
        length, covered = picture.shape[axis], 1
        # The largest of 1, 2, 4, … neighbours, each from the two halves before.
        while 2 * covered <= 2 * radius + 1:
            padded = _larger(padded, covered, axis)
            covered *= 2
        padded = _larger(padded, 2 * radius + 1 - covered, axis)
        picture = padded[:length] if axis == 0 else padded[:, :length]
    return picture


def erosion(
    picture: NDArray[Value], radius: int, *, axes: tuple[int, ...] = (0, 1)
) -> NDArray[Value]:
    """Return the smallest value in the square around each point.

    Args:
        picture: (H, W) uint8 or bool. What lies beyond its edges is 255 or True, so that a picture
            is not eroded from there.
        radius: How far the square reaches to each side, in points; at least 0.
        axes: Along which axes it reaches: (0,) makes it a column, (1,) a row.

    Returns:
        The same shape and type.
    """
    return ~dilation(~picture, radius, axes=axes)


def dilation_with_disc(picture: NDArray[Value], radius: float) -> NDArray[Value]:
    """Return the largest value in the disc around each point, in a picture with a margin of 0.

    Args:
        picture: (H, W) uint8 or bool, 0 or False within the radius of its edges.
        radius: The disc's radius, in points.

    Returns:
        The same shape and type.
    """
    dilated = np.zeros_like(picture)
    reach = math.ceil(radius)
    for down in range(-reach, reach + 1):
        across = round(math.sqrt(max(radius**2 - down**2, 0)))
        moved_down = np.roll(picture, down, axis=0)
        for right in range(-across, across + 1):
            np.maximum(dilated, np.roll(moved_down, right, axis=1), out=dilated)
    return dilated


def closing(picture: NDArray[Value], radius: int) -> NDArray[Value]:
    """Return a picture dilated, then eroded: dark lines up to 2 × radius wide are filled."""
    return erosion(dilation(picture, radius), radius)


def opening(
    picture: NDArray[Value], radius: int, *, axes: tuple[int, ...] = (0, 1)
) -> NDArray[Value]:
    """Return a picture eroded, then dilated: bright lines up to 2 × radius wide are removed."""
    return dilation(erosion(picture, radius, axes=axes), radius, axes=axes)


def fill_holes(mask: Mask) -> Mask:
    """Return a mask with its holes filled: all that cannot be reached from the picture's edge.

    Args:
        mask: (H, W) bool.
    """
    background = np.pad(~mask, 1, constant_values=True)
    labels = connected_components.label(background)
    return np.asarray(labels != labels[0, 0])[1:-1, 1:-1]


def convex_hull(mask: Mask) -> Mask:
    """Return the smallest convex shape around a mask.

    Args:
        mask: (H, W) bool, at least one of them True.
    """
    rows = np.flatnonzero(mask.any(axis=1))
    lefts = mask[rows].argmax(axis=1)
    rights = mask.shape[1] - 1 - mask[rows, ::-1].argmax(axis=1)
    left_side = list(zip(lefts.tolist(), rows.tolist(), strict=True))
    right_side = list(zip(rights.tolist(), rows.tolist(), strict=True))
    corners = [*_convex_chain(left_side, 1), *reversed(_convex_chain(right_side, -1))]
    image = Image.new("1", (mask.shape[1], mask.shape[0]))
    ImageDraw.Draw(image).polygon(corners, fill=1, outline=1)
    return np.asarray(image) | mask


def _convex_chain(points: list[tuple[int, int]], side: int) -> list[tuple[int, int]]:
    """Return the corners of a convex hull on one side (Andrew's monotone chain, 1979).

    Args:
        points: The outermost points on that side as x and y, from top to bottom.
        side: 1 for the left side, -1 for the right one.
    """
    chain: list[tuple[int, int]] = []
    for x, y in points:
        while len(chain) > 1:
            (x0, y0), (x1, y1) = chain[-2:]
            if side * ((x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)) < 0:
                break
            chain.pop()
        chain.append((x, y))
    return chain


def _larger(values: NDArray[Value], distance: int, axis: int) -> NDArray[Value]:
    """Return the larger of each value and the one some distance after it."""
    if not distance:
        return values
    if axis == 0:
        return np.maximum(values[:-distance], values[distance:])
    return np.maximum(values[:, :-distance], values[:, distance:])
