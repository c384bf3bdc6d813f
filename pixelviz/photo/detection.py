"""ink on a sheet of paper -> the digits on it, each with its own ink.

The digits may be written with any pen, anywhere, in several lines, with specks between them and
boxes around them.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pixelviz.arrays import PIXEL_MAX, Ink, Mask
from pixelviz.ink import crop
from pixelviz.photo import connected_components, machine_print, morphology, segmentation

DIGIT_HEIGHT_MIN = 0.025
"""The lowest digit, as a share of the picture's longest side."""

RELATIVE_HEIGHT_MIN = 0.35
"""The lowest digit, as a share of the typical digit's height."""

PART_HEIGHT_MAX = 0.6
"""A component lower than this share of a digit's height may be a part of one."""

PART_GAP_MAX = 0.25
"""The largest gap between the parts of a digit, as a share of its height."""

PART_SIZE_MIN = 0.04
"""The smallest part of a digit, as a share of its height; what is smaller is a speck."""

PART_WIDTH_MAX = 1.3
"""The widest part, as a share of a digit's height; what is wider is a line to write on."""

STROKE_GAP_MAX = 0.06
"""The largest gap in a broken stroke, as a share of the digit's height."""

STROKE_WIDTH_MIN = 0.1
"""The thinnest stroke, as a share of the digit's longest side; MNIST's are 0.14 wide."""

BOX_MARGIN_MIN = 0.08
"""A box around a digit leaves at least this share of its own size free on each side."""

BOXED_HEIGHT_MIN = 0.25
"""A boxed digit is higher than this share of the box."""

COMPONENTS_MAX = 300
"""At most so many components, the largest, can be digits; each is compared with each other one."""

PARTS_MAX = 1000
"""At most so many components, the largest, can be parts of digits."""

AREA_MAX = 10
"""The bounding boxes of the digits cover at most so many times the picture's area. Those of real
digits hardly overlap."""


@dataclass(frozen=True)
class Digit:
    """A digit that was found on the paper.

    Attributes:
        top: First row of the digit, in the paper's pixels.
        left: First such column.
        written: (height, width) uint8, its own ink as it was written.
        uncut: How many times as wide as high the ink was that it was cut from.
    """

    top: int
    left: int
    written: Ink
    uncut: float

    @cached_property
    def ink(self) -> Ink:
        """The digit as if it were written with a pen nearly as wide as MNIST's.

        (h, w) uint8, 0 paper, 255 full ink, with a margin; computed only for the digits that are
        looked at.
        """
        return _thicken(self.written)

    @property
    def height(self) -> int:
        """Rows of the digit, in the paper's pixels."""
        return len(self.written)

    @property
    def width(self) -> int:
        """Columns of the digit, in the paper's pixels."""
        return len(self.written[0])


def find_digits(
    ink: Ink, mask: Mask, *, is_form: bool = False, height_min: float = DIGIT_HEIGHT_MIN
) -> tuple[Digit, ...]:
    """Return the digits on the paper, line by line, each line from left to right.

    Components of ink that lie close above each other belong to one digit; digits that touch are
    cut. Specks, boxes around digits and what reaches the paper's edge are dropped. If that leaves
    nothing in a picture that shows only paper, what reaches its edge counts too. Print is dropped
    beside handwriting; alone it counts, except on a form.

    Args:
        ink: (H, W) uint8, 0 paper, 255 full ink.
        mask: (H, W) bool, which points are paper.
        is_form: Whether there were frames around the digits.
        height_min: The lowest digit, as a share of the picture's longest side.
    """
    if not ink.any():
        return ()
    runs = connected_components.find_runs(ink > 0)
    labels = connected_components.label_runs(runs)
    boxes = connected_components.bounding_boxes(runs, labels)
    at_edge = np.zeros(len(boxes), np.bool_)
    at_edge[connected_components.label_points(runs, labels, *np.nonzero(_edge(mask)))] = True
    lowest_px = height_min * max(ink.shape)
    is_all_paper = bool(mask.all())
    by_hand = np.where(machine_print.find(boxes)[:, np.newaxis], 0, boxes)
    groups = _group(by_hand, at_edge, is_all_paper=is_all_paper, lowest_px=lowest_px)
    if not groups and not is_form:
        groups = _group(boxes, at_edge, is_all_paper=is_all_paper, lowest_px=lowest_px)
    components = connected_components.by_component(runs, labels)
    height = float(np.median([group.height for group in groups])) if groups else 0.0
    digits: list[Digit] = []
    area = 0
    for group in _in_reading_order(groups):
        area += group.height * group.width
        if area > AREA_MAX * ink.size:
            break
        rectangle = (group.top, group.left, group.bottom, group.right)
        own = np.zeros((group.height, group.width), np.uint8)
        for label in group.labels:
            is_own = connected_components.mask_in(components.of(label), rectangle)
            own |= np.where(is_own, ink[group.top : group.bottom, group.left : group.right], 0)
        digits += _cut(own, group.top, group.left, height)
    return tuple(digits)


@dataclass(frozen=True)
class _Box:
    """The bounding box of some components, and their labels."""

    top: int
    left: int
    bottom: int
    right: int
    labels: tuple[int, ...]

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    def joined(self, other: "_Box") -> "_Box":
        return _Box(
            min(self.top, other.top), min(self.left, other.left),
            max(self.bottom, other.bottom), max(self.right, other.right),
            self.labels + other.labels,
        )  # fmt: skip


def _group(
    boxes: NDArray[np.intp], at_edge: NDArray[np.bool_], *, is_all_paper: bool, lowest_px: float
) -> list[_Box]:
    """Return the bounding box of each digit, or of digits that touch, from those of its parts.

    Args:
        boxes: (n, 4) intp, the bounding box of each component, by its label.
        at_edge: (n,) bool, which of the components reach the paper's edge.
        is_all_paper: Whether the picture shows nothing but paper.
        lowest_px: How high the lowest digit is, in points.
    """
    heights, widths = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    is_high = heights >= lowest_px
    # A digit may fill a picture to its edge, but hardly a sheet: there it is the edge itself.
    if not is_all_paper or (is_high & ~at_edge).any():
        is_high &= ~at_edge
    large = _without_frames(_join_broken(_largest(boxes, is_high, COMPONENTS_MAX)))
    if not large:
        return []
    height = float(np.median(sorted(box.height for box in large)[-max(1, len(large) // 2) :]))
    part_max = PART_HEIGHT_MAX * height
    groups = [box for box in large if box.height >= part_max]
    alone_min = max(RELATIVE_HEIGHT_MIN * height, lowest_px)
    is_speck = (np.maximum(heights, widths) < PART_SIZE_MIN * height) & (heights < alone_min)
    is_line = (widths > PART_WIDTH_MAX * height) & (heights < 0.2 * widths)
    parts = _largest(boxes, (heights < part_max) & ~at_edge & ~is_speck & ~is_line, PARTS_MAX)
    for part in sorted(parts, key=lambda box: -box.height * box.width):
        gaps = [(_gap(part, box), index) for index, box in enumerate(groups)]
        gap, nearest = min(gaps, default=(height, -1))
        if gap <= PART_GAP_MAX * height and max(part.height, part.width) >= PART_SIZE_MIN * height:
            groups[nearest] = groups[nearest].joined(part)
        elif part.height >= alone_min:
            groups.append(part)
    return groups


def _largest(boxes: NDArray[np.intp], chosen: NDArray[np.bool_], count: int) -> list[_Box]:
    """Return the largest of some components, at most so many, in the order of their labels."""
    labels = np.flatnonzero(chosen[1:]) + 1  # without the background
    if labels.size > count:
        areas = (boxes[labels, 2] - boxes[labels, 0]) * (boxes[labels, 3] - boxes[labels, 1])
        labels = np.sort(labels[np.argsort(-areas, kind="stable")[:count]])
    found = zip(labels.tolist(), *boxes[labels].T.tolist(), strict=True)
    return [_Box(top, left, bottom, right, (label,)) for label, top, left, bottom, right in found]


def _edge(mask: Mask) -> Mask:
    """Return the points at the paper's edge, the picture's border included."""
    inside = np.pad(mask, 1)
    neighbours = [inside[:-2, 1:-1], inside[2:, 1:-1], inside[1:-1, :-2], inside[1:-1, 2:]]
    return np.asarray(~np.logical_and.reduce(neighbours))


def _without_frames(boxes: list[_Box]) -> list[_Box]:
    """Return the components without the boxes that are drawn around another component."""
    return [
        outer
        for outer in boxes
        if not any(
            inner.top - outer.top > BOX_MARGIN_MIN * outer.height
            and outer.bottom - inner.bottom > BOX_MARGIN_MIN * outer.height
            and inner.left - outer.left > BOX_MARGIN_MIN * outer.width
            and outer.right - inner.right > BOX_MARGIN_MIN * outer.width
            and inner.height > BOXED_HEIGHT_MIN * outer.height
            for inner in boxes
        )
    ]


def _join_broken(boxes: list[_Box]) -> list[_Box]:
    """Return the components, joined where a stroke is broken between them."""
    joined: list[_Box] = []
    for box in boxes:
        for other in [other for other in joined if _is_broken(box, other)]:
            joined.remove(other)
            box = box.joined(other)
        joined.append(box)
    return joined


def _is_broken(one: _Box, other: _Box) -> bool:
    """Return whether one component lies above another with hardly a gap."""
    both = one.joined(other)
    shared = min(one.right, other.right) - max(one.left, other.left)
    gap = max(one.top, other.top) - min(one.bottom, other.bottom)
    is_above = shared >= segmentation.OVERLAP_MIN * min(one.width, other.width)
    if both.height == max(one.height, other.height):
        return False  # one lies beside or inside the other
    return is_above and -0.5 * both.height < gap <= STROKE_GAP_MAX * both.height


def _gap(part: _Box, box: _Box) -> float:
    """Return how far a part lies from a box, in pixels; sideways it counts three times."""
    down = max(part.top - box.bottom, box.top - part.bottom, 0)
    across = max(part.left - box.right, box.left - part.right, 0)
    return down + 3 * across


def _in_reading_order(boxes: list[_Box]) -> list[_Box]:
    """Return boxes line by line, each line from left to right."""
    lines: list[list[_Box]] = []
    for box in sorted(boxes, key=lambda box: box.top + box.bottom):
        middle = (box.top + box.bottom) / 2
        for line in lines:
            if any(other.top < middle < other.bottom for other in line):
                line.append(box)
                break
        else:
            lines.append([box])
    return [box for line in lines for box in sorted(line, key=lambda box: box.left)]


def _cut(own: Ink, top: int, left: int, height: float) -> list[Digit]:
    """Return the digits in the ink of one group: one, or several that touch.

    Args:
        own: (h, w) uint8, the group's ink.
        top: Its first row on the paper.
        left: Its first column.
        height: How high the digits on the paper are; a flat zero may be as wide as that.
    """
    digits = []
    is_wide = own.shape[1] > segmentation.WIDTH_MAX * max(len(own), height)
    for column, ink in segmentation.segment(own) if is_wide else [(0, own)]:
        if (found := crop(ink)) is not None:
            digits.append(
                Digit(top + found[0], left + column + found[1], found[2], own.shape[1] / len(own))
            )
    return digits


def _thicken(written: Ink) -> Ink:
    """Return a digit with strokes at least a tenth of its longest side wide.

    A ballpoint pen's strokes would be a third of a pixel wide in the grid, and hardly visible. They
    are dilated with a disc.
    """
    scale = max(1, math.ceil(max(written.shape) / 200))
    small = np.asarray(Image.fromarray(np.pad(written, scale)).reduce(scale))
    solid = small > PIXEL_MAX / 2
    # A stroke has two edges; where they slant, their length is π / 4 of the steps between pixels.
    edges = int(np.diff(solid, axis=0).sum()) + int(np.diff(solid, axis=1).sum())
    width = float(small.sum()) / PIXEL_MAX / max(1.0, edges * math.pi / 8)
    radius = (STROKE_WIDTH_MIN * max(small.shape) - width) / 2
    if radius <= 0.5:
        return np.pad(written, 1)
    return morphology.dilation_with_disc(np.pad(small, 2 * math.ceil(radius)), radius)
