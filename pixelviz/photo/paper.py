"""A grey picture -> where the paper lies in it: a sheet on a table, a board, a screen."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pixelviz.arrays import PIXEL_MAX, Grey, Mask, expect_grey
from pixelviz.photo import connected_components, morphology

SEARCH_PX = 100
"""The sheet is looked for in a picture of about this size, in which ink hardly shows."""

AREA = (0.15, 0.97)
"""The smallest and the largest sheet, as shares of the picture."""

INK_MAX = 0.3
"""Ink covers at most this share of a sheet; a 0 drawn with a thick pen is not a sheet."""

SOLIDITY_MIN = 0.9
"""A sheet fills at least this share of its convex hull."""

BORDER_MAX = 0.75
"""At most this share of the picture's border lies on the sheet, or there is nothing to crop."""

CONTRAST_MIN = 25
"""A sheet and its surroundings differ by at least this many levels of grey."""

SHARPNESS_MIN = 0.55
"""Within two points of its edge a sheet changes by this share of its contrast; a shadow or a
vignette fades more slowly."""

EDGE_PX = 500
"""The sharpness of the edge is looked at in a picture of about this size."""

EDGE_SHARPNESS_MIN = 0.42
"""There three quarters of the edge change by this share of the contrast from one point to the next
but one. The shadow of a hand or a phone fades over more points."""

CONTINUED_MAX = 0.1
"""At most this share of what lies just outside a sheet looks like the sheet."""


@dataclass(frozen=True)
class Sheet:
    """Where the paper lies in a picture.

    Attributes:
        top: First row of the sheet, in the picture's pixels.
        left: First such column.
        mask: (h, w) bool, which points of its bounding box are paper.
    """

    top: int
    left: int
    mask: Mask

    def crop(self, grey: Grey) -> Grey:
        """Return the sheet's bounding box in a picture, (h, w) uint8."""
        height, width = self.mask.shape
        return grey[self.top : self.top + height, self.left : self.left + width]


def find_sheet(grey: Grey) -> Sheet | None:
    """Return where a sheet of paper lies on a table, a board on a wall, a screen on a desk.

    It is one connected component, brighter or darker than its surroundings, nearly convex, with
    sharp edges.

    Args:
        grey: (H, W) uint8.

    Returns:
        The sheet, a little within its edges; None where the picture shows nothing but paper.

    Raises:
        ArrayError: The picture is not (H, W) uint8 with at least one point.
    """
    expect_grey(grey)
    scale = math.ceil(max(grey.shape) / SEARCH_PX)
    small = np.asarray(Image.fromarray(grey).reduce(scale)).astype(np.float32)
    level = _otsu_threshold(small)
    # If a shadow lies on the sheet, the threshold may separate light from shadow, and one of the
    # two parts has the threshold that separates the sheet from the table.
    dark, bright = small[small <= level], small[small > level]
    levels = (level, _otsu_threshold(dark), _otsu_threshold(bright))
    candidates = [mask for each in levels for mask in (small > each, small <= each)]
    hulls = [hull for mask in candidates if (hull := _sheet_in(mask, small)) is not None]
    steps = _steps(grey, scale, small.shape) if hulls else small
    hulls = [hull for hull in hulls if _has_sharp_edge(hull, small, steps)]
    if not hulls:
        return None
    inside = morphology.erosion(max(hulls, key=lambda hull: int(hull.sum())), 2)
    mask = inside.repeat(scale, axis=0).repeat(scale, axis=1)[: grey.shape[0], : grey.shape[1]]
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return None
    top, left = int(rows[0]), int(columns[0])
    return Sheet(top, left, mask[top : rows[-1] + 1, left : columns[-1] + 1])


def _otsu_threshold(small: NDArray[np.float32]) -> float:
    """Return the level that separates dark points from bright ones best (Otsu 1979)."""
    if not small.size:
        return 0.0
    counts = np.bincount(small.astype(np.uint8).ravel(), minlength=PIXEL_MAX + 1).astype(float)
    below = counts.cumsum()
    sums = (counts * np.arange(len(counts))).cumsum()
    above = below[-1] - below
    means = sums / np.maximum(below, 1), (sums[-1] - sums) / np.maximum(above, 1)
    return float((below * above * (means[1] - means[0]) ** 2).argmax())


def _sheet_in(candidate: Mask, small: NDArray[np.float32]) -> Mask | None:
    """Return the convex hull of a mask's largest component, or None if that is not a sheet."""
    component = connected_components.largest(candidate)
    border = np.concatenate([component[0], component[-1], component[:, 0], component[:, -1]])
    if not AREA[0] <= component.mean() <= AREA[1] or border.mean() > BORDER_MAX:
        return None
    hull = morphology.convex_hull(component)
    gaps = hull & ~morphology.fill_holes(component)
    if component.sum() < (1 - INK_MAX) * hull.sum() or gaps.sum() > (1 - SOLIDITY_MIN) * hull.sum():
        return None
    if hull.all() or (~hull).sum() > SOLIDITY_MIN * morphology.convex_hull(~hull).sum():
        return None  # one straight edge, as of a shadow across the paper, is not enough
    return hull if _stands_out(hull, small) else None


def _stands_out(hull: Mask, small: NDArray[np.float32]) -> bool:
    """Return whether a sheet differs from its surroundings, with a sharp edge all around."""
    contrast = _difference(small[hull], small[~hull])
    rim = hull & ~morphology.erosion(hull, 2)
    surroundings = ~hull & ~morphology.erosion(~hull, 2)
    step = _difference(small[rim], small[surroundings])
    if contrast < CONTRAST_MIN or step < SHARPNESS_MIN * contrast:
        return False
    outside = morphology.erosion(~hull, 1) & ~morphology.erosion(~hull, 3)
    is_alike = np.abs(small[outside] - np.median(small[hull])) < contrast / 2
    # If it continues beyond its edge, a stroke has cut it in two, or it only fades.
    return not is_alike.size or bool(is_alike.mean() <= CONTINUED_MAX)


def _steps(grey: Grey, scale: int, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Return by how much a picture changes at most around each point of its reduced picture.

    Args:
        grey: (H, W) uint8.
        scale: How many times the picture was reduced.
        shape: Its shape then.
    """
    finer = max(1, math.ceil(max(grey.shape) / EDGE_PX))
    fine = np.asarray(Image.fromarray(grey).reduce(finer))
    change = morphology.dilation(fine, 1) - morphology.erosion(fine, 1)
    most = morphology.dilation(change, max(1, scale // finer))
    rows, columns = (
        np.minimum((np.arange(count) * scale + scale // 2) // finer, length - 1)
        for count, length in zip(shape, fine.shape, strict=True)
    )
    return np.asarray(most[rows[:, np.newaxis], columns], np.float32)


def _has_sharp_edge(hull: Mask, small: NDArray[np.float32], steps: NDArray[np.float32]) -> bool:
    """Return whether a sheet's edge is sharp, seen from close by."""
    rim = hull & ~morphology.erosion(hull, 1)
    at_border = np.ones_like(hull)
    at_border[1:-1, 1:-1] = False
    rim &= ~at_border
    if not rim.any():
        return True
    contrast = _difference(small[hull], small[~hull])
    return float(np.percentile(steps[rim], 25)) >= EDGE_SHARPNESS_MIN * contrast


def _difference(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Return by how many levels of grey the medians of some points differ."""
    return abs(float(np.median(one)) - float(np.median(other)))
