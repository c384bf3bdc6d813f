"""The bounding boxes of components -> which of them are printed, not written by hand.

A machine sets characters of exactly one height on exactly one line, and all lines of a page have
one slope; no hand does.
"""

import numpy as np
from numpy.typing import NDArray

TOLERANCE = 0.03
"""Printed characters agree in their height, and with their line, to this share of their height."""

TOLERANCE_MIN_PX = 1.1
"""They agree at best to so many points."""

LINE_MIN = 5
"""So many characters of one height on one line are printed."""

SLOPES = np.linspace(-0.16, 0.16, 65)
"""The slopes that lines may have, in rows per column: up to 9°."""

FAN = 0.02
"""By how much the slopes of two lines of a page differ at most, in a photo from aside."""

NEAR = 0.6
"""What is beside a printed character, so close in shares of its height, belongs to its word."""

LINE_GAP = 1.6
"""The widest gap to the line above or below, in shares of the characters' height."""

LETTER_WIDTH_MIN = 0.12
"""The narrowest letter, in shares of its height."""

HEIGHT_RATIO_MAX = 1.7
"""It is at most so many times as high."""

PRINT_MIN = 5
"""On a sheet with so many printed characters, shorter words are looked for too."""

WORD_MIN, WORD_REACH = 3, 8.0
"""So many characters of one height on one line are a word then, if they are no farther apart, in
shares of their height."""

WORD_LENGTH = 12
"""How often a word can grow in this way to each side."""

DASHES_MIN = 8
"""From so many dashes on, what is as small and as elongated is one too."""

HEIGHT_MIN_PX = 6
"""The lowest character that can be told, in points."""

DASH_MIN = 2.0
"""A dash is at least this many times as long as it is wide."""

CHARACTERS_MAX = 400
"""At most so many components, the largest, are looked at."""


def find(boxes: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which components are printed characters, or dashes of a printed line.

    Args:
        boxes: (n, 4) intp, top, left, bottom and right of each component.

    Returns:
        (n,) bool.
    """
    height, width = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    is_character = (height >= HEIGHT_MIN_PX) & (width <= 2 * height)
    printed = _on_lines(boxes, is_character)
    if (printed & (width >= LETTER_WIDTH_MIN * height)).sum() >= PRINT_MIN:
        printed |= _on_lines(boxes, is_character, at_least=WORD_MIN, reach=WORD_REACH)
    return _grown_to_words(boxes, printed) | _dashes(boxes)


def _dashes(boxes: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which components are dashes, (n,) bool."""
    height, width = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    long, short = np.maximum(height, width), np.minimum(height, width)
    is_thin = (long >= DASH_MIN * short) & (short > 0)
    dashes = _on_lines(boxes, is_thin & (width > height))
    dashes |= _on_lines(boxes[:, [1, 0, 3, 2]], is_thin & (height > width))
    if dashes.sum() < DASHES_MIN:
        return dashes
    as_short: NDArray[np.bool_] = long <= 1.5 * float(np.median(long[dashes]))
    every: NDArray[np.bool_] = dashes | (is_thin & as_short)
    return every


def _grown_to_words(boxes: NDArray[np.intp], printed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return printed characters with the rest of their words and lines around, (n,) bool."""
    height, width = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    grown = printed.copy()
    if not printed.any():
        return grown
    # A line or a part of a box is printed too, but what is beside it is no part of a word.
    is_letter = (width >= LETTER_WIDTH_MIN * height) & (
        height <= HEIGHT_RATIO_MAX * np.median(height[printed])
    )
    likely = np.zeros(len(boxes), np.bool_)
    likely[np.argsort(-height, kind="stable")[: 2 * CHARACTERS_MAX]] = True
    for _ in range(WORD_LENGTH):
        others = np.flatnonzero(~grown & likely & (height > 0))
        letters = np.flatnonzero(grown & is_letter)
        if not others.size or not letters.size:
            break
        joined = others[_are_near(boxes[others], boxes[letters])]
        if not joined.size:
            break
        grown[joined] = True
    return grown


def _are_near(others: NDArray[np.intp], letters: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which components are beside, above or below one of the letters, (n,) bool.

    Args:
        others: (n, 4) intp, the bounding boxes of the components.
        letters: (m, 4) intp, those of the letters.
    """
    top, left, bottom, right = (each[:, np.newaxis] for each in others.T)
    letter_top, letter_left, letter_bottom, letter_right = letters.T
    height, width = letter_bottom - letter_top, letter_right - letter_left
    down = np.maximum(top - letter_bottom, letter_top - bottom)  # negative where they overlap
    across = np.maximum(left - letter_right, letter_left - right)
    is_low = bottom - top <= HEIGHT_RATIO_MAX * height
    is_beside = (-down >= 0.5 * np.minimum(bottom - top, height)) & (across <= NEAR * height)
    is_below = (-across >= 0.5 * np.minimum(right - left, width)) & (down <= LINE_GAP * height)
    near: NDArray[np.bool_] = (is_low & (is_beside | is_below)).any(axis=1)
    return near


def _on_lines(
    boxes: NDArray[np.intp],
    is_likely: NDArray[np.bool_],
    *,
    at_least: int = LINE_MIN,
    reach: float = np.inf,
) -> NDArray[np.bool_]:
    """Return which of the likely components stand on printed lines.

    Args:
        boxes: (n, 4) intp, top, left, bottom and right of each component.
        is_likely: (n,) bool.
        at_least: How many of one height there are on a line.
        reach: How far they are apart at most, in shares of their height.

    Returns:
        (n,) bool.
    """
    printed = np.zeros(len(boxes), np.bool_)
    likely = np.flatnonzero(is_likely)
    sizes = (boxes[likely, 2:] - boxes[likely, :2]).max(axis=1)
    likely = likely[np.argsort(-sizes, kind="stable")[:CHARACTERS_MAX]]
    if len(likely) < at_least:
        return printed
    top, left, bottom, right = boxes[likely].T.astype(np.float64)
    middle, height = (left + right) / 2, bottom - top
    tolerance = np.maximum(TOLERANCE_MIN_PX, TOLERANCE * height)
    is_alike = (np.abs(height[:, np.newaxis] - height) <= tolerance[:, np.newaxis]) & (
        np.abs(middle[:, np.newaxis] - middle) <= reach * height[:, np.newaxis]
    )
    on_lines = np.stack(
        [_at_slope(bottom - slope * middle, tolerance, is_alike, at_least) for slope in SLOPES]
    )
    best = SLOPES[on_lines.sum(axis=1).argmax()]
    printed[likely[on_lines[np.abs(SLOPES - best) <= FAN].any(axis=0)]] = True
    return printed


def _at_slope(
    level: NDArray[np.float64],
    tolerance: NDArray[np.float64],
    is_alike: NDArray[np.bool_],
    at_least: int,
) -> NDArray[np.bool_]:
    """Return which characters stand on printed lines of one slope, (m,) bool.

    Args:
        level: (m,), where the line through each character begins.
        tolerance: (m,), how exactly each agrees with others.
        is_alike: (m, m) bool, which have one height, and are near.
        at_least: How many of them there are on a line.
    """
    is_level = np.abs(level[:, np.newaxis] - level) <= tolerance[:, np.newaxis]
    neighbours = is_level & is_alike
    is_line = neighbours.sum(axis=1) >= at_least
    on_line: NDArray[np.bool_] = neighbours[is_line].any(axis=0)
    return on_line
