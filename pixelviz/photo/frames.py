"""ink -> the same ink without the boxes and tables that are printed around digits."""

import numpy as np

from pixelviz.arrays import Ink, Mask
from pixelviz.photo import connected_components, morphology

SIDE_MIN = 0.02
"""The shortest side of a box, as a share of the picture's longest side."""

STRAIGHT_MIN = 0.9
"""Each side of a box is seen on at least this share of its length."""

MARGIN = 0.18
"""It lies within this share of the box's size: a photo shows it tilted."""

LINE_MIN = 0.6
"""A line in a table is at least this long, as a share of the table's lowest row of cells."""

FRAMES_MAX = 100
"""At most so many components, the largest, are looked at."""


def remove(ink: Ink) -> Ink:
    """Return ink without boxes and tables; the digits in them stay, as far as they do not touch.

    A component is a box if it has ink all along each of its four sides, as no digit has: those of a
    zero bend away. Its ink goes where it is as thin as the line that it begins with.

    Args:
        ink: (H, W) uint8, 0 paper, 255 full ink.

    Returns:
        (H, W) uint8; the same array if there are none.
    """
    runs = connected_components.find_runs(ink > 0)
    if not runs.row.size:
        return ink
    labels = connected_components.label_runs(runs)
    boxes = connected_components.bounding_boxes(runs, labels)
    sides = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    large = np.flatnonzero(sides >= SIDE_MIN * max(ink.shape))
    large = large[np.argsort(-sides[large], kind="stable")[:FRAMES_MAX]]
    if not large.size:
        return ink
    label_image = connected_components.label_image(runs, labels, ink.shape)
    cleaned = ink
    for label in large.tolist():
        top, left, bottom, right = boxes[label].tolist()
        rectangle = np.s_[top:bottom, left:right]
        own = label_image[rectangle] == label
        if _is_box(own):
            cleaned = ink.copy() if cleaned is ink else cleaned
            cleaned[rectangle][own & ~_written(own)] = 0
    return cleaned


def _is_box(own: Mask) -> bool:
    """Return whether a component has ink all along each of its four sides."""
    for side in (own, own[::-1], own.T, own.T[::-1]):
        first = side.argmax(axis=0)  # how far from the side the ink begins, in each column
        seen = side.any(axis=0) & (first <= MARGIN * len(side))
        if seen.mean() < STRAIGHT_MIN:
            return False
    return True


def _written(own: Mask) -> Mask:
    """Return what of a box is more than its lines: strokes that touch them."""
    thickness = max(3, round(2 * _line_thickness(own)))
    length = max(4 * thickness, int(LINE_MIN * _cell_height(own)))
    padded = np.pad(own, thickness)
    written = padded
    for is_upright in (False, True):
        strokes = padded.T if is_upright else padded
        # A tilted line is a staircase, so it is made thicker before what is short is taken away.
        long = morphology.opening(
            morphology.dilation(strokes, thickness, axes=(0,)), length // 2, axes=(1,)
        )
        thick = morphology.opening(strokes, thickness // 2, axes=(0,))
        line = strokes & long & ~thick
        written = written & ~(line.T if is_upright else line)
    return written[thickness:-thickness, thickness:-thickness]


def _line_thickness(own: Mask) -> float:
    """Return how thick the line at the upper side is, in points."""
    first = own.argmax(axis=0)
    below = np.cumsum(own, axis=0, dtype=np.int32)
    rows = np.minimum(first + 12, len(own) - 1)
    return float(np.median(below[rows, np.arange(own.shape[1])]))


def _cell_height(own: Mask) -> int:
    """Return the height of a component's lowest row of cells, in points."""
    is_line = own.mean(axis=1) > 0.5
    lines = np.flatnonzero(np.diff(is_line.astype(np.int8), prepend=0) == 1)
    gaps = np.diff(lines)
    return int(gaps[gaps > 6].min(initial=len(own)))
