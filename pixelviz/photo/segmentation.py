"""ink of several digits side by side -> the ink of each digit, from left to right.

Strokes that touch are one connected component. Components that lie above each other belong to one
digit, as the parts of a five do. A component that is much too wide holds several digits that
touch, and is cut where there is the least ink.
"""

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import Ink, expect_ink
from pixelviz.photo import connected_components
from pixelviz.photo.connected_components import Runs

ZIP_LENGTH = 5
"""Digits in a ZIP code."""

OVERLAP_MIN = 0.5
"""Components that share at least this part of the narrower one's columns are one digit."""

WIDTH_MAX = 1.15
"""A digit is at most this many times as wide as the row of digits is high."""

WIDTH_TYPICAL = 0.68
"""A digit in a hasty hand is about this many times as wide as the row of digits is high."""

SPECK_AREA = 0.0015
"""A component of less than this share of the paper's points is a speck, not a digit."""

CUT_MAX = 0.45
"""A cut between touching digits goes through at most this share of the digits' height in ink."""


def split(ink: Ink) -> list[Ink]:
    """Return the ink of each digit, cropped to its columns, from left to right.

    Args:
        ink: (H, W) uint8, 0 paper, 255 full ink.

    Returns:
        For each digit (H, w) uint8 with only its own ink; an empty list without ink. Digits that
        touch are cut where the ink between them is thin enough.

    Raises:
        ArrayError: The ink is not (H, W) uint8 with at least one point.

    Example:
        >>> ink = np.zeros((60, 100), np.uint8)
        >>> ink[10:50, 10:20] = ink[10:50, 60:70] = 255  # two ones
        >>> [digit.shape for digit in split(ink)]
        [(60, 10), (60, 10)]
    """
    return [digit for _, digit in segment(ink)]


def segment(ink: Ink) -> list[tuple[int, Ink]]:
    """Return where each digit begins and its ink, from left to right.

    Args:
        ink: (H, W) uint8, 0 paper, 255 full ink.

    Returns:
        For each digit its first column, and (H, w) uint8 with only its own ink, cropped to its
        columns; an empty list without ink.

    Raises:
        ArrayError: The ink is not (H, W) uint8 with at least one point.
    """
    expect_ink(ink)
    groups = _groups(ink)
    if not groups:
        return []
    height = float(np.median([_extent(np.asarray(group.any(axis=1))) for _, group in groups]))
    digits = [
        (first + column, digit) for first, group in groups for column, digit in _cut(group, height)
    ]
    return [(column, digit) for column, digit in digits if _is_large(digit, ink.size)]


def _is_large(digit: Ink, paper_size: int) -> bool:
    return bool((digit > 0).sum() >= SPECK_AREA * paper_size)


def _groups(ink: Ink) -> list[tuple[int, Ink]]:
    """Return the first column and the ink of each group of components above each other."""
    runs = connected_components.find_runs(ink > 0)
    labels = connected_components.label_runs(runs)
    spans, group_of = _group(runs, labels, SPECK_AREA * ink.size)
    group_image = connected_components.label_image(runs, group_of[labels], ink.shape)
    groups = []
    for number, (first, end) in enumerate(spans, start=1):
        own = group_image[:, first:end] == number
        groups.append((first, np.where(own, ink[:, first:end], np.uint8(0))))
    return groups


def _group(
    runs: Runs, labels: NDArray[np.intp], smallest: float
) -> tuple[list[tuple[int, int]], NDArray[np.intp]]:
    """Return the groups of components that lie above each other, from left to right.

    Args:
        runs: All runs of ink, n of them.
        labels: (n,) intp, the component of each run, from 1.
        smallest: A component of fewer points does not start a group. It joins one that it lies
            above or below, or else is a speck.

    Returns:
        Each group's first column and the one after its last; and by label the group's number, from
        1, or 0 for a speck.
    """
    count = int(labels.max(initial=0)) + 1  # with the background, whose label is 0
    points = np.bincount(labels, weights=runs.end - runs.start, minlength=count)
    first, end = np.full(count, np.iinfo(np.intp).max), np.zeros(count, np.intp)
    np.minimum.at(first, labels, runs.start)
    np.maximum.at(end, labels, runs.end)
    spans: list[tuple[int, int]] = []
    group_of = np.zeros(count, np.intp)
    large = np.flatnonzero(points >= smallest)
    for label in large[np.argsort(first[large])].tolist():
        span = (int(first[label]), int(end[label]))
        for index, other in enumerate(spans):
            if _overlap(span, other) >= OVERLAP_MIN:
                spans[index] = (min(span[0], other[0]), max(span[1], other[1]))
                group_of[label] = index + 1
                break
        else:
            spans.append(span)
            group_of[label] = len(spans)
    for index, span in enumerate(spans):
        joins = (group_of == 0) & (points > 0) & (first >= span[0]) & (end <= span[1])
        group_of[joins] = index + 1
    return spans, group_of


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Return which part of the narrower of two spans of columns lies in the other."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(shared, 0) / min(one[1] - one[0], other[1] - other[0])


def _cut(group: Ink, height: float) -> list[tuple[int, Ink]]:
    """Return the digits in a group of components: one, or several if it is too wide for one.

    Args:
        group: (H, w) uint8, the group's ink, with ink in its first and last columns.
        height: How high the row of digits is, in points.

    Returns:
        For each digit its first column, and its ink, cropped to its columns.
    """
    columns = np.flatnonzero(group.any(axis=0))
    digits = []
    first = 0
    while (cut := _cut_column(group, first, height)) is not None:
        after = int(np.searchsorted(columns, cut))
        digits.append((first, group[:, first : columns[after - 1] + 1]))
        first = int(columns[after])
    return [*digits, (first, group[:, first:])]


def _cut_column(group: Ink, first: int, height: float) -> int | None:
    """Return where the leftmost digit ends, from a first column on; None if it is the last one."""
    width = group.shape[1] - first
    if width <= WIDTH_MAX * height:
        return None
    count = max(2, round(width / (WIDTH_TYPICAL * height)))
    share = width // count
    # The cut lies about one digit's width from the left, where there is the least ink.
    window = slice(first + share // 2, first + min(share * 3 // 2, width - share // 3))
    thickness = (group[:, window] > 0).sum(axis=0)
    if not thickness.size or thickness.min() > CUT_MAX * height:
        return None
    thinnest = np.flatnonzero(thickness == thickness.min())
    return int(window.start + thinnest[len(thinnest) // 2])


def _extent(has_ink: NDArray[np.bool_]) -> int:
    """Return how many rows or columns lie between the first and the last with ink, inclusive."""
    indices = np.flatnonzero(has_ink)
    return int(indices[-1] - indices[0] + 1) if indices.size else 0
