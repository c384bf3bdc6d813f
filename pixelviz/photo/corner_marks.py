"""A grey picture -> where the four marks in the corners of a worksheet are.

Four black squares are a worksheet's marks if they lie as they do on it, so many of their own sides
apart and each as large as where it lies asks for, and if seen from there the table has its frame.
"""

from collections.abc import Iterator
from itertools import islice

import numpy as np

from pixelviz.arrays import Grey, expect_grey
from pixelviz.photo import dark_squares, perspective
from pixelviz.photo.dark_squares import Points, Squares
from pixelviz.photo.perspective import SCALE
from pixelviz.worksheet.layout import LEFT_PT, MARK_PT, MARKS_PT, PAGE_PT, TABLE_PT, TOP_PT

ATTEMPTS_MAX = 3000
"""So many groups of squares are looked at, however much of a pattern a picture has."""

TABLES_MAX = 6
"""For so many of them, the largest, the table's frame is looked for."""

ACROSS, DOWN = (
    (MARKS_PT[1][0] - MARKS_PT[0][0]) / MARK_PT,
    (MARKS_PT[0][1] - MARKS_PT[2][1]) / MARK_PT,
)
"""How far apart the marks are, in sides of a mark."""

STRETCH = (0.7, 1.4)
"""How many times that distance it may be in a photo taken from aside."""

SIZE_MAX = 0.35
"""By how much a mark's side may differ from what its place asks for (as a logarithm)."""

HOLLOW_MIN = 0.12
"""How much brighter the middle of the hollow mark is than those of the others, at least."""

SIDES_MAX = 1.3
"""Of three marks the largest may be so many times as large as the smallest."""

NUMBERS_MIN = 60
"""A worksheet has at least so many dark things between its marks: the numbers in its cells."""

FRAME_PT, FRAME_MIN = 8, 0.03
"""Where paper is not flat, the frame is so far from where it should be, at most; and how much
darker it is than what is beside it, as a share of that."""

CORNERS = ("top left", "top right", "bottom right", "bottom left")
"""The corners of a sheet, clockwise, in the order of all arrays of four."""


def find(grey: Grey) -> Points | str | None:
    """Return where the marks of a worksheet are, or which one is missing.

    Args:
        grey: (H, W) uint8, 0 black, 255 white.

    Returns:
        (4, 2) float64, the middles of the marks in the order of CORNERS; the name of the corner
        whose mark is missing, if the three others are there; None where there is no worksheet.

    Raises:
        ArrayError: The picture is not (H, W) uint8 with at least one point.
    """
    expect_grey(grey)
    squares = dark_squares.find(grey)
    for hollow_min in (HOLLOW_MIN, -1.0):  # in a blurred photo the hole is hard to see
        # Whatever else looks like four marks, in the cells or the code, lies within the sheet.
        largest_first = sorted(_quadrilaterals(squares, hollow_min), reverse=True)
        for _, corners in largest_first[:TABLES_MAX]:
            marks = squares.centre[list(corners)]
            if _has_frame(perspective.page_from_above(grey, marks)):
                return marks
    return _missing_corner(squares)


def _neighbours(squares: Squares, distance: float) -> list[list[int]]:
    """Return for each square which others are about so many of their sides away."""
    apart = np.linalg.norm(squares.centre[:, np.newaxis] - squares.centre, axis=2)
    sides = np.sqrt(squares.side[:, np.newaxis] * squares.side)
    ratio = apart / (sides * distance)
    is_neighbour = (ratio > STRETCH[0]) & (ratio < STRETCH[1])
    return [np.flatnonzero(row).tolist() for row in is_neighbour]


def _quadrilaterals(squares: Squares, hollow_min: float) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Return how large an area lies between four squares that lie as marks do, and which four.

    They are named clockwise from the top left.
    """
    for first, second, third, fourth in islice(_roughly_right(squares, hollow_min), ATTEMPTS_MAX):
        corners = first, second, third, fourth
        if _are_marks(squares, corners):
            halves = (
                _area(squares.centre, corner, *others)
                for corner, *others in ((first, second, fourth), (third, fourth, second))
            )
            yield sum(halves), corners


def _roughly_right(squares: Squares, hollow_min: float) -> Iterator[tuple[int, int, int, int]]:
    """Return four squares each that are about as far apart as marks, the third the brightest.

    The middle of the third is at least so much brighter than those of the others.
    """
    across, down = _neighbours(squares, ACROSS), _neighbours(squares, DOWN)
    is_across, middle = [set(each) for each in across], squares.middle.tolist()
    for first, seconds in enumerate(across):
        for second in seconds:
            for third in down[second]:
                if middle[third] < hollow_min + max(middle[first], middle[second]):
                    continue
                for fourth in down[first]:
                    if fourth in is_across[third] and middle[fourth] + hollow_min <= middle[third]:
                        yield first, second, third, fourth


def _area(points: Points, corner: int, one: int, other: int) -> float:
    """Return the area of the parallelogram of a corner and two points beside it.

    It is negative if the way from the one to the other, as seen from the corner, is anticlockwise.
    """
    (ax, ay), (bx, by) = points[[one, other]] - points[corner]
    return float(ax * by - ay * bx)


def _are_marks(squares: Squares, corners: tuple[int, ...]) -> bool:
    """Return whether four squares turn clockwise and are as large as their places ask for."""
    chosen = list(corners)
    points = squares.centre[chosen]
    if min(_area(points, each, (each + 1) % 4, (each + 3) % 4) for each in range(4)) <= 0:
        return False
    expected = MARK_PT * perspective.scales(points)
    return bool(np.abs(np.log(squares.side[chosen] / expected)).max() < SIZE_MAX)


def _has_frame(page: Grey) -> bool:
    """Return whether a page seen from above has the frame of the table where it should be."""
    top, reach = PAGE_PT[1] - TOP_PT, SCALE * FRAME_PT
    found = 0
    for lines, first in ((page, top), (page.T, LEFT_PT)):
        along = LEFT_PT if first == top else top
        strip = lines[:, SCALE * along : SCALE * (along + TABLE_PT)].mean(axis=1)
        for edge in (first, first + TABLE_PT):
            profile = strip[SCALE * edge - reach : SCALE * edge + reach + 1]
            found += bool(profile.min() < (1 - FRAME_MIN) * np.median(profile))
    return found == 4


def _missing_corner(squares: Squares) -> str | None:
    """Return which mark is missing where three marks and a table of numbers are there."""
    across, down = _neighbours(squares, ACROSS), _neighbours(squares, DOWN)
    threes = (
        (corner, beside, below)
        for corner in range(len(squares.side))
        for beside in across[corner]
        for below in down[corner]
    )
    found = [three for three in islice(threes, ATTEMPTS_MAX) if _has_numbers(squares, *three)]
    if not found:
        return None
    return _opposite(squares, *max(found, key=lambda three: abs(_area(squares.centre, *three))))


def _has_numbers(squares: Squares, corner: int, beside: int, below: int) -> bool:
    """Return whether three squares span a right angle, seen from aside, with numbers in it."""
    sides = squares.side[[corner, beside, below]]
    if sides.max() > SIDES_MAX * sides.min():
        return False
    (ax, ay), (bx, by) = squares.centre[[beside, below]] - squares.centre[corner]
    if abs(ax * bx + ay * by) > 0.5 * np.hypot(ax, ay) * np.hypot(bx, by):
        return False
    x, y = (squares.others - squares.centre[corner]).T
    area = ax * by - ay * bx
    across, down = (x * by - y * bx) / area, (ax * y - ay * x) / area
    return int(((across > 0) & (across < 1) & (down > 0) & (down < 1)).sum()) >= NUMBERS_MIN


def _opposite(squares: Squares, corner: int, beside: int, below: int) -> str:
    """Return the name of the corner opposite to one, given its two neighbours."""
    middle = squares.middle[[corner, beside, below]]
    hollow = int(middle.argmax()) if np.ptp(middle) >= HOLLOW_MIN else None
    if _area(squares.centre, corner, beside, below) > 0:  # the top left one or the bottom right one
        return "top left" if hollow == 0 else "bottom right"
    return "top right" if hollow == 1 else "bottom left"
