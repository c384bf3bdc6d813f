"""ink on a sheet of paper -> the digits on it, each with its own ink.

Digits stand anywhere, in lines, with dust between them and boxes around them, and are written with
any pen.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pixelviz.arrays import PIXEL_MAX, Ink, Mask
from pixelviz.photo import connected_components, segmentation

SMALLEST = 0.025
"""A digit is at least this share of the picture's longest side high."""

SHORTEST = 0.35
"""A digit is at least this share of the highest one's height high."""

BAR = 0.6
"""A piece that is less than this share of a digit's height high may be a part of one."""

NEAR = 0.25
"""Parts of a digit lie at most this share of its height apart."""

BROKEN = 0.06
"""A stroke that is broken off goes on within this share of its digit's height."""

PEN = 0.1
"""A stroke is at least this share of its digit's longest side wide; MNIST's are 0.14 wide."""


@dataclass(frozen=True)
class Digit:
    """A digit that was found on the paper.

    Attributes:
        top: First row of the digit, in the paper's pixels.
        left: First such column.
        height: Rows of the digit.
        width: Columns.
        found: (height, width) uint8, its own ink as it was written.
        ink: (h, w) uint8, 0 paper, 255 full ink, with a margin: as if written with a pen as wide
            as MNIST's were.
    """

    top: int
    left: int
    found: Ink
    ink: Ink

    @property
    def height(self) -> int:
        """Rows of the digit, in the paper's pixels."""
        return len(self.found)

    @property
    def width(self) -> int:
        """Columns of the digit, in the paper's pixels."""
        return len(self.found[0])


def find_digits(ink: Ink, mask: Mask) -> tuple[Digit, ...]:
    """Return the digits on the paper, from left to right, line by line.

    Pieces of ink that lie close above each other belong to one digit; digits that touch are cut
    apart. Dust is dropped, and so is what reaches the paper's edge or stands around a digit; if
    there is nothing else in a picture that is all paper, what reaches its edge counts.

    Args:
        ink: (H, W) uint8, 0 paper, 255 full ink.
        mask: (H, W) bool, which points are paper.
    """
    runs = connected_components.runs_of(ink > 0)
    if not runs.row.size:
        return ()
    piece = connected_components.piece_of_each(runs)
    numbers = connected_components.numbered(runs, piece, ink.shape)
    smallest = SMALLEST * max(ink.shape)
    boxes = _boxes(runs, piece)
    large = [box for box in boxes if box.height >= smallest]
    edge = set(numbers[_rim(mask)].tolist())
    inner = [box for box in large if box.numbers[0] not in edge]
    # A digit may fill a picture to its edge, but hardly a sheet: there it is the edge itself.
    large = _without_frames(_mended(inner if inner or not mask.all() else large))
    if not large:
        return ()
    height = float(np.median(sorted(box.height for box in large)[-max(1, len(large) // 2) :]))
    small = [box for box in boxes if box.height < BAR * height and box.numbers[0] not in edge]
    groups = [box for box in large if box.height >= BAR * height]
    for part in sorted(small, key=lambda box: -box.height * box.width):
        near = [(_gap(part, box), index) for index, box in enumerate(groups)]
        gap, index = min(near, default=(height, -1))
        if gap <= NEAR * height and max(part.height, part.width) >= 0.04 * height:
            groups[index] = groups[index].joined(part)
        elif part.height >= max(SHORTEST * height, smallest):
            groups.append(part)
    found = []
    for group in _in_reading_order(groups):
        rectangle = np.s_[group.top : group.bottom, group.left : group.right]
        own = np.where(np.isin(numbers[rectangle], group.numbers), ink[rectangle], 0)
        found += _apart(own.astype(np.uint8), group.top, group.left)
    return tuple(found)


@dataclass(frozen=True)
class _Box:
    """A rectangle around some pieces of ink, and their numbers."""

    top: int
    left: int
    bottom: int
    right: int
    numbers: tuple[int, ...]

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
            self.numbers + other.numbers,
        )  # fmt: skip


def _boxes(runs: connected_components.Runs, piece: NDArray[np.intp]) -> list[_Box]:
    """Return the rectangle around each piece; pieces are numbered from 1."""
    count = int(piece.max()) + 1
    far = np.iinfo(np.intp).max
    top, left = np.full(count, far), np.full(count, far)
    bottom, right = np.zeros(count, np.intp), np.zeros(count, np.intp)
    np.minimum.at(top, piece, runs.row)
    np.minimum.at(left, piece, runs.start)
    np.maximum.at(bottom, piece, runs.row + 1)
    np.maximum.at(right, piece, runs.end)
    sides = zip(top.tolist(), left.tolist(), bottom.tolist(), right.tolist(), strict=True)
    return [_Box(*side, (number,)) for number, side in enumerate(sides, start=1)]


def _rim(mask: Mask) -> Mask:
    """Return the points at the paper's edge."""
    inside = np.pad(mask, 1)
    beside = [inside[:-2, 1:-1], inside[2:, 1:-1], inside[1:-1, :-2], inside[1:-1, 2:]]
    return np.asarray(~np.logical_and.reduce(beside))


def _without_frames(boxes: list[_Box]) -> list[_Box]:
    """Return the pieces without those that stand all around another one: a box for a digit."""
    return [
        outer
        for outer in boxes
        if not any(
            inner.top - outer.top > 0.08 * outer.height
            and outer.bottom - inner.bottom > 0.08 * outer.height
            and inner.left - outer.left > 0.08 * outer.width
            and outer.right - inner.right > 0.08 * outer.width
            and inner.height > 0.25 * outer.height
            for inner in boxes
        )
    ]


def _mended(boxes: list[_Box]) -> list[_Box]:
    """Return the pieces, those joined between which a stroke is broken."""
    mended: list[_Box] = []
    for box in boxes:
        for other in [other for other in mended if _is_broken(box, other)]:
            mended.remove(other)
            box = box.joined(other)
        mended.append(box)
    return mended


def _is_broken(one: _Box, other: _Box) -> bool:
    """Return whether two pieces lie above each other with hardly a gap."""
    both = one.joined(other)
    shared = min(one.right, other.right) - max(one.left, other.left)
    apart = max(one.top, other.top) - min(one.bottom, other.bottom)
    is_above = shared >= segmentation.OVERLAP * min(one.width, other.width)
    return is_above and -0.5 * both.height < apart <= BROKEN * both.height


def _gap(part: _Box, box: _Box) -> float:
    """Return how far a small piece lies from a larger one, in pixels; more if beside it."""
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


def _apart(own: Ink, top: int, left: int) -> list[Digit]:
    """Return the digits in one piece of ink: one, or several that touch."""
    digits = []
    for part in segmentation.apart(own) if own.shape[1] > segmentation.WIDEST * len(own) else [own]:
        rows = np.flatnonzero(np.asarray(part.any(axis=1)))
        columns = np.flatnonzero(np.asarray(part.any(axis=0)))
        found = part[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        digits.append(Digit(top + int(rows[0]), left + int(columns[0]), found, _widened(found)))
    return digits


def _widened(found: Ink) -> Ink:
    """Return a digit as if written with a pen as wide as MNIST's were.

    A ballpoint pen's strokes would be a third of a pixel wide in the grid, and hardly be seen.
    """
    scale = max(1, math.ceil(max(found.shape) / 200))
    small = np.asarray(Image.fromarray(np.pad(found, scale)).reduce(scale))
    solid = small > PIXEL_MAX / 2
    # Of a stroke, two edges are counted; where it is slanted, π / 4 of the steps are its length.
    edges = int(np.diff(solid, axis=0).sum()) + int(np.diff(solid, axis=1).sum())
    width = float(small.sum()) / PIXEL_MAX / max(1.0, edges * math.pi / 8)
    reach = (PEN * max(small.shape) - width) / 2
    if reach <= 0.5:
        return np.pad(found, 1)
    margin = math.ceil(reach)
    padded = np.pad(small, 2 * margin)
    wide = np.zeros_like(padded)
    for down in range(-margin, margin + 1):
        across = math.sqrt(max(reach**2 - down**2, 0))
        rolled = np.roll(padded, down, axis=0)
        for right in range(-round(across), round(across) + 1):
            np.maximum(wide, np.roll(rolled, right, axis=1), out=wide)
    return wide
