"""The bounding boxes of components -> which of them are printed, not written by hand.

A machine sets characters of exactly one height on exactly one line, and all lines of a page have
one slope; no hand does.
"""

import numpy as np
from numpy.typing import NDArray

TOLERANCE = 0.045
"""Printed characters agree in their height, and with their line, to this share of their height."""

TOLERANCE_MIN_PX = 1.1
"""They agree at best to so many points."""

LINE_MIN = 5
"""So many characters of one height on one line are printed."""

SLOPES = np.linspace(-0.16, 0.16, 129)
"""The slopes that lines may have, in rows per column: up to 9°."""

HEIGHT_MIN_PX = 6
"""The lowest character that can be told, in points."""

DASH_MIN = 2.0
"""A dash is at least this many times as long as it is wide."""

CHARACTERS_MAX = 600
"""At most so many components, the largest, are looked at."""


def find(boxes: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which components are printed characters, or dashes of a printed line.

    Args:
        boxes: (n, 4) intp, top, left, bottom and right of each component.

    Returns:
        (n,) bool.
    """
    height, width = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    turned = boxes[:, [1, 0, 3, 2]]
    characters = _on_lines(boxes, (height >= HEIGHT_MIN_PX) & (width <= 2 * height))
    dashes = _on_lines(boxes, (width >= DASH_MIN * height) & (height > 0))
    upright_dashes = _on_lines(turned, (height >= DASH_MIN * width) & (width > 0))
    return characters | dashes | upright_dashes


def _on_lines(boxes: NDArray[np.intp], is_likely: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which of the likely components stand on printed lines, (n,) bool."""
    printed = np.zeros(len(boxes), np.bool_)
    likely = np.flatnonzero(is_likely)
    sizes = (boxes[likely, 2:] - boxes[likely, :2]).max(axis=1)
    likely = likely[np.argsort(-sizes, kind="stable")[:CHARACTERS_MAX]]
    if len(likely) < LINE_MIN:
        return printed
    top, left, bottom, right = boxes[likely].T.astype(np.float64)
    middle, height = (left + right) / 2, bottom - top
    tolerance = np.maximum(TOLERANCE_MIN_PX, TOLERANCE * height)
    is_alike = np.abs(height[:, np.newaxis] - height) <= tolerance[:, np.newaxis]
    best = max(
        (_neighbours(bottom - slope * middle, tolerance, is_alike) for slope in SLOPES),
        key=lambda neighbours: int((neighbours.sum(axis=1) >= LINE_MIN).sum()),
    )
    is_line = best.sum(axis=1) >= LINE_MIN
    printed[likely[best[is_line].any(axis=0)]] = True
    return printed


def _neighbours(
    level: NDArray[np.float64], tolerance: NDArray[np.float64], is_alike: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which characters stand on one line and have one height, (m, m) bool.

    Args:
        level: (m,), where the line through each character begins.
        tolerance: (m,), how exactly each agrees with others.
        is_alike: (m, m) bool, which have one height.
    """
    is_level = np.abs(level[:, np.newaxis] - level) <= tolerance[:, np.newaxis]
    both: NDArray[np.bool_] = is_level & is_alike
    return both
