"""Evenly lit paper -> the same paper without the frames around digits: a form's boxes, a table.

A frame is one connected component with four straight sides. A 0 has curved ones.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import PIXEL_MAX, Grey, Ink, Mask
from pixelviz.photo import connected_components, machine_print, morphology

SIDE_MIN = 0.025
"""The shortest side of a frame, as a share of the picture's longest side."""

STRAIGHT_MIN = 0.85
"""At least this share of each of a frame's sides lies on the line between its corners."""

TOLERANCE = 0.02
"""So far from that line its edge may lie, as a share of the frame's longer side."""

TILT_MAX = 0.15
"""The steepest side, in rows per column."""

WIDTH_MAX = 0.12
"""A side is at most so thick, as a share of the frame's shorter side."""

INSIDE_MAX = 0.5
"""Ink covers less than this share of the inside of a frame."""

FRAMES_MAX = 100
"""At most so many components, the largest, are looked at."""

AREA_MAX = 10
"""Their bounding boxes cover at most so many times the picture's area."""

DASHES_MIN = 3
"""From so many dashes on, with equal gaps, they are a line."""

DASH_GAP_MAX = (1.5, 3.8)
"""The gap between two dashes is at most so many times as long as they are; more where many dashes
of a sheet are alike, since faint ones may be missing between them."""

ALIKE_MIN = 12
"""So many dashes of about one length are many."""

DASH_PIXELS_MAX = 0.03
"""The longest dash, as a share of the picture's longest side."""


def remove(flat: Grey, ink: Ink) -> tuple[Grey, NDArray[np.intp], int]:
    """Return evenly lit paper without its frames, where they were, and how many dashes there were.

    What runs straight across a frame, as the lines of a table do, is removed too. A stroke that
    touches a line stays whole.

    Args:
        flat: (H, W) uint8, dark ink on white paper.
        ink: (H, W) uint8, its ink: 0 paper, 255 full ink.

    Returns:
        (H, W) uint8; (n, 4) intp, the top, left, bottom and right of each frame that was one
        component; and the number of dashes.

    Example:
        >>> ink = np.zeros((100, 100), np.uint8)
        >>> ink[10:90, 20:80] = 255
        >>> ink[12:88, 22:78] = 0  # a frame
        >>> ink[30:70, 40:60] = 255  # a blot in it
        >>> cleaned, frames, dashes = remove(255 - ink, ink)
        >>> columns = np.flatnonzero((cleaned < 255).any(axis=0))
        >>> int(columns.min()), int(columns.max()), frames.tolist(), dashes
        (40, 59, [[10, 20, 90, 80]], 0)
    """
    runs = connected_components.find_runs(ink > 0)
    if not runs.row.size:
        return flat, np.empty((0, 4), np.intp), 0
    labels = connected_components.label_runs(runs)
    components = connected_components.by_component(runs, labels)
    boxes = connected_components.bounding_boxes(runs, labels)
    cleaned = flat.copy()
    dashes = np.flatnonzero(_find_dashes(boxes, max(ink.shape)))
    for dash in dashes.tolist():
        top, left, bottom, right = boxes[dash].tolist()
        cleaned[max(0, top - 2) : bottom + 2, max(0, left - 2) : right + 2] = PIXEL_MAX
    found: list[int] = []
    area = 0
    for large in _large(boxes, SIDE_MIN * max(ink.shape)):
        top, left, bottom, right = boxes[large].tolist()
        area += (bottom - top) * (right - left)
        if area > AREA_MAX * ink.size:
            break
        component = connected_components.mask_in(components.of(large), (top, left, bottom, right))
        if sides := _sides(component):
            found.append(large)
            _erase_frame(cleaned[top:bottom, left:right], component, sides)
    return cleaned, boxes[found], len(dashes)


def _large(boxes: NDArray[np.intp], side_min: float) -> list[int]:
    """Return which components are large enough for a frame, the largest first."""
    shorter = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    order = np.argsort(-shorter, kind="stable")[:FRAMES_MAX]
    return [each for each in order.tolist() if shorter[each] >= side_min]


class _Line(NamedTuple):
    """A line from the left to the right of a rectangle.

    Attributes:
        row: (w,) intp, its first row in each column.
        thickness: How many rows it covers.
        left: The row at which it begins, as if it were straight.
        right: The row at which it ends.
    """

    row: NDArray[np.intp]
    thickness: int
    left: float
    right: float


def _sides(component: Mask) -> list[_Line]:
    """Return the sides of a frame, none for another shape.

    The n-th is the upper side after n quarter turns to the left.
    """
    sides = []
    for turns in range(4):
        side = _upper_side(np.rot90(component, turns))
        if side is None:
            return []
        sides.append(side)
    margin = max(2, round(0.2 * min(component.shape)))
    inner = component[margin:-margin, margin:-margin]
    return sides if not inner.size or inner.mean() < INSIDE_MAX else []


def _erase_frame(flat: Grey, component: Mask, sides: list[_Line]) -> None:
    """Remove the sides of a frame, and the lines across it, from paper, in place."""
    for turns in range(4):
        _erase(np.rot90(flat, turns), sides[turns])
    for turns in (0, 1):
        for line in _between(np.rot90(component, turns), sides[turns], sides[turns + 2]):
            _erase(np.rot90(flat, turns), line)


def _upper_side(component: Mask) -> _Line | None:
    """Return the straight upper side of a frame; None where it is not straight."""
    width = component.shape[1]
    edge = component.argmax(axis=0)  # the first row with ink in each column
    column = np.arange(width)
    left, right = int((edge + column).argmin()), int((edge - column).argmin())
    if right - left < 0.6 * width:
        return None
    slope = (edge[right] - edge[left]) / (right - left)
    line = edge[left] + slope * (column - left)
    is_near = np.abs(edge - line) <= max(2.0, TOLERANCE * max(component.shape))
    if abs(slope) > TILT_MAX or is_near[left : right + 1].mean() < STRAIGHT_MIN:
        return None
    thickness = _thickness(component, edge, is_near)
    if thickness > max(4.0, WIDTH_MAX * min(component.shape)):
        return None
    row = np.where(is_near, edge, np.rint(line)).astype(np.intp)
    return _Line(row, thickness, float(line[0]), float(line[-1]))


def _between(component: Mask, upper: _Line, lower: _Line) -> list[_Line]:
    """Return the straight lines across a frame, between its upper and its lower side.

    Args:
        component: (h, w) bool.
        upper: The upper side.
        lower: The lower side, as it lies after half a turn.
    """
    height, width = component.shape
    ends = (upper.left, height - 1 - lower.right), (upper.right, height - 1 - lower.left)
    count = max(2, round(max(ends[0][1] - ends[0][0], ends[1][1] - ends[1][0])))
    share = np.linspace(0, 1, count)
    starts, stops = (low + share * (high - low) for low, high in ends)
    column = np.arange(0, width, 4)
    rows = starts[:, np.newaxis] + (stops - starts)[:, np.newaxis] * column / max(1, width - 1)
    near = morphology.dilation(component, 1, axes=(0,))
    hit = near[np.clip(np.rint(rows), 0, height - 1).astype(np.intp), column].mean(axis=1)
    margin = upper.thickness + lower.thickness + 6
    lines = []
    bands = connected_components.find_runs((hit >= STRAIGHT_MIN)[np.newaxis])
    for first, end in zip(bands.start.tolist(), bands.end.tolist(), strict=True):
        if first < margin or end > count - margin or end - first > 3 * upper.thickness + 6:
            continue
        left, right = starts[first], stops[first]
        row = np.rint(np.linspace(left, right, width)).astype(np.intp)
        lines.append(_Line(row, end - first, left, right))
    return lines


def _erase(flat: Grey, line: _Line) -> None:
    """Remove a line from paper, in place, but for what has ink just above or below it."""
    height, width = flat.shape
    column = np.arange(width)
    first = np.clip(line.row - 2, 0, height - 1)
    end = np.clip(line.row + line.thickness + 2, 0, height - 1)
    over = np.where(first > 0, flat[np.maximum(first - 1, 0), column], PIXEL_MAX)
    kept = np.minimum(over, flat[end, column])
    for down in range(line.thickness + 4):
        row = np.minimum(first + down, end)
        flat[row, column] = np.maximum(flat[row, column], kept)


def _thickness(component: Mask, edge: NDArray[np.intp], is_near: NDArray[np.bool_]) -> int:
    """Return how thick a frame's upper side is in the middle, in points."""
    columns = np.flatnonzero(is_near)
    columns = columns[len(columns) // 8 : max(1, len(columns) * 7 // 8)]
    below = np.minimum(edge[columns] + np.arange(len(component))[:, np.newaxis], len(component) - 1)
    return round(float(np.median((~component[below, columns]).argmax(axis=0))))


def _find_dashes(boxes: NDArray[np.intp], side: int) -> NDArray[np.bool_]:
    """Return which components are dashes of a dashed line, horizontal or vertical.

    Args:
        boxes: (n, 4) intp, the top, left, bottom and right of each component.
        side: The picture's longest side, in points.

    Returns:
        (n,) bool.
    """
    return _dashes(boxes, side) | _dashes(boxes[:, [1, 0, 3, 2]], side)


def _dashes(boxes: NDArray[np.intp], side: int) -> NDArray[np.bool_]:
    """Return which components are dashes of a line from left to right."""
    top, left, bottom, right = boxes.T
    length, thickness = right - left, bottom - top
    may_be = (length >= 3) & (length <= DASH_PIXELS_MAX * side) & (thickness <= 0.2 * length + 8)
    may_be &= thickness < 0.75 * length
    dashes = np.flatnonzero(may_be)
    dashes = dashes[np.argsort(left[dashes], kind="stable")]
    middle = (top + bottom) / 2
    is_dash = np.zeros(len(boxes), np.bool_)
    following = np.full(len(boxes), -1)
    lengths = np.sort(length[dashes])
    alike = np.searchsorted(lengths, 1.15 * length) - np.searchsorted(lengths, 0.85 * length)
    gap_max = np.where(alike >= ALIKE_MIN, DASH_GAP_MAX[1], DASH_GAP_MAX[0]) * length + 1
    for place, each in enumerate(dashes.tolist()):
        after = dashes[place + 1 :]
        end = np.searchsorted(left[after], right[each] + gap_max[each], "right")
        after = after[:end]
        gap = left[after] - right[each]
        near = (
            (gap > 0)
            & (np.abs(middle[after] - middle[each]) <= 2 + TILT_MAX * (gap + length[each]))
            & (np.abs(length[after] - length[each]) <= 2 + 0.15 * length[each])
        )
        if near.any():
            following[each] = after[near][0]
    for each in dashes.tolist():
        chain = [each]
        while (next_one := int(following[chain[-1]])) >= 0:
            chain.append(next_one)
        if len(chain) >= DASHES_MIN and not is_dash[chain].all():
            is_dash[chain] |= _is_regular(middle[chain], left[chain], right[chain])
    return is_dash


def _is_regular(
    middle: NDArray[np.float64], left: NDArray[np.intp], right: NDArray[np.intp]
) -> bool:
    """Return whether dashes lie on a straight line, with equal gaps, some of them missing.

    Args:
        middle: (n,) the row of each.
        left: (n,) its first column.
        right: (n,) the column after its last one.
    """
    steps = np.diff(left) / np.diff(left).min()  # 2 where a dash is missing
    if np.abs(steps - np.rint(steps)).max() > 0.25:
        return False
    column = (left + right) / 2
    line = middle.mean() + machine_print.slope_of(column, middle) * (column - column.mean())
    return bool(np.abs(line - middle).max() <= 2)
