"""ink of several digits side by side -> the ink of each digit, from left to right.

Strokes that touch are one piece of ink. Pieces that lie above each other belong to one digit, as a
five and its bar do; a piece that is much too wide holds digits that touch, and is cut where the
least ink is.
"""

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import Ink, expect_ink
from pixelviz.photo import connected_components
from pixelviz.photo.connected_components import Runs

ZIP_LENGTH = 5

OVERLAP = 0.5
"""Pieces of ink that share at least this part of the narrower one's columns are one digit."""

WIDEST = 1.15
"""A digit is at most this many times as wide as the row of digits is high."""

DUST = 0.0015
"""A piece of less than this share of the paper's points is dust, not a digit."""

THIN = 0.45
"""A cut between touching digits goes through at most this share of the digits' height in ink."""


def split(ink: Ink) -> list[Ink]:
    """Return the ink of each digit, cropped to its columns, from left to right.

    Args:
        ink: (H, W) uint8, 0 paper, 255 full ink.

    Returns:
        For each digit (H, w) uint8 with only its own ink; an empty list without ink. Digits that
        touch are cut apart as far as a thin place shows where.

    Raises:
        ArrayError: The ink is not (H, W) uint8 with at least one point.

    Example:
        >>> ink = np.zeros((60, 100), np.uint8)
        >>> ink[10:50, 10:20] = ink[10:50, 60:70] = 255  # two ones
        >>> [digit.shape for digit in split(ink)]
        [(60, 10), (60, 10)]
    """
    return [_cropped(digit) for digit in apart(ink)]


def apart(ink: Ink) -> list[Ink]:
    """Return the ink of each digit where it lies on the paper, from left to right.

    Args:
        ink: (H, W) uint8, 0 paper, 255 full ink.

    Returns:
        For each digit (H, W) uint8 with only its own ink; an empty list without ink.

    Raises:
        ArrayError: The ink is not (H, W) uint8 with at least one point.
    """
    expect_ink(ink)
    digits = _digits(ink)
    if not digits:
        return []
    height = float(np.median([_extent(np.asarray(digit.any(axis=1))) for digit in digits]))
    parts = [part for digit in digits for part in _cut(digit, height)]
    return [part for part in parts if (part > 0).sum() >= DUST * ink.size]


def _digits(ink: Ink) -> list[Ink]:
    """Return the ink of each group of pieces that lie above each other, from left to right."""
    runs = connected_components.runs_of(ink > 0)
    piece = connected_components.piece_of_each(runs)
    spans, group_of_piece = _together(runs, piece, DUST * ink.size)
    groups = connected_components.numbered(runs, group_of_piece[piece], ink.shape)
    digits = []
    for number, (first, end) in enumerate(spans, start=1):
        digit = np.zeros_like(ink)
        mine = groups[:, first:end] == number
        digit[:, first:end][mine] = ink[:, first:end][mine]
        digits.append(digit)
    return digits


def _together(
    runs: Runs, piece: NDArray[np.intp], smallest: float
) -> tuple[list[tuple[int, int]], NDArray[np.intp]]:
    """Return the groups of pieces that lie above each other, from left to right.

    Args:
        runs: All runs of ink.
        piece: Which piece each run belongs to.
        smallest: A piece of fewer points founds no group. It joins one that it lies above or
            below, or else is dust.

    Returns:
        Each group's first column and the one after its last, and for each piece its group, or -1.
    """
    count = int(piece.max(initial=-1)) + 1
    points = np.bincount(piece, weights=runs.end - runs.start, minlength=count)
    first, end = np.full(count, np.iinfo(np.intp).max), np.zeros(count, np.intp)
    np.minimum.at(first, piece, runs.start)
    np.maximum.at(end, piece, runs.end)
    spans: list[tuple[int, int]] = []
    group = np.full(count, -1, np.intp)
    for each in np.flatnonzero(points >= smallest)[np.argsort(first[points >= smallest])].tolist():
        span = (int(first[each]), int(end[each]))
        for number, other in enumerate(spans):
            if _shared(span, other) >= OVERLAP:
                spans[number] = (min(span[0], other[0]), max(span[1], other[1]))
                group[each] = number
                break
        else:
            group[each] = len(spans)
            spans.append(span)
    for number, span in enumerate(spans):
        over = (group < 0) & (first >= span[0]) & (end <= span[1])
        group[over] = number
    return spans, group


def _shared(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Return which part of the narrower of two stretches of columns lies in the other."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(common, 0) / min(one[1] - one[0], other[1] - other[0])


def _cut(digit: Ink, height: float) -> list[Ink]:
    """Return a piece that is too wide for one digit in two, each cut again if need be."""
    columns = _columns(digit)
    width = _extent(columns)
    if width <= WIDEST * height:
        return [digit]
    first = int(np.flatnonzero(columns)[0])
    count = max(2, round(width / (0.68 * height)))  # so many digits may be in it
    share = width // count
    # The first cut lies around one digit's width from the left, where the least ink is.
    window = slice(first + share // 2, first + min(share * 3 // 2, width - share // 3))
    thickness = (digit[:, window] > 0).sum(axis=0)
    if not thickness.size or thickness.min() > THIN * height:
        return [digit]
    thinnest = np.flatnonzero(thickness == thickness.min())
    place = window.start + int(thinnest[len(thinnest) // 2])
    left, right = digit.copy(), digit.copy()
    left[:, place:] = 0
    right[:, :place] = 0
    return [left, *_cut(right, height)]


def _columns(picture: NDArray[np.uint8] | NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which columns have ink, (W,) bool."""
    return np.asarray(picture.any(axis=0))


def _extent(inked: NDArray[np.bool_]) -> int:
    """Return how long the stretch from the first to the last True is."""
    places = np.flatnonzero(inked)
    return int(places[-1] - places[0] + 1) if places.size else 0


def _cropped(digit: Ink) -> Ink:
    columns = np.flatnonzero(digit.any(axis=0))
    return digit[:, columns[0] : columns[-1] + 1]
