"""Connected components -> which of them are printed by a machine rather than written by hand.

A machine sets its letters and digits on a straight baseline, and all capitals and digits of a line
are equally high; so are all small letters. A hand keeps neither to a few hundredths of the height.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.intp]
Flags = NDArray[np.bool_]

TOLERANCE = 0.045
"""So far from its line a printed glyph's top or bottom may lie, as a share of its height."""

TOLERANCE_PX = 1.0
"""But at least so many points: a box ends between two of them."""

GLYPH_PX_MIN = 8
"""In points, the lowest glyph that can be told from a hand's."""

GLYPHS_MIN = 5
"""At least so many glyphs of a line are equally high, on a straight baseline."""

REGULAR_MIN = 0.65
"""And so large a share of the line's glyphs."""

PRINTED_MIN = 8
"""Fewer printed glyphs on a whole sheet may be a neat hand's."""

WORD_GAP_MAX = 1.2
"""Glyphs of a word or a sentence are at most so far apart, in heights."""

WIDE_GAP_MAX = 25.0
"""Glyphs that stand alone, such as the numbers above boxes, are at most so far apart."""

LEVELS = ((0.6, 0.87), (1.05, 1.25))
"""The heights of small letters without and with an ascender, as shares of the capitals'."""

FONT_MIN = 12
"""So many printed glyphs of one height are a font; the others of it need fewer neighbours."""

NEIGHBOURS_MIN = 2
"""A glyph of such a font has at least so many others on its baseline."""

SIGN_GAP_MAX = 2.8
"""Digits with a sign between them are so far apart, from middle to middle, in heights."""

WORD_MIN = 4
"""A word may be shorter if it has so many letters, all but one of them small."""

GLYPHS_MAX = 1500
"""At most so many components, the largest, are looked at."""

PIECE = 40
"""A line is looked at in pieces of at most so many glyphs."""


def find(boxes: Boxes) -> Flags:
    """Return which components are printed.

    Args:
        boxes: (n, 4) intp, the top, left, bottom and right of each component.

    Returns:
        (n,) bool.

    Example:
        >>> left = 30 * np.arange(10)
        >>> top = np.full(10, 50)
        >>> find(np.column_stack([top, left, top + 40, left + 20])).all()
        np.True_
    """
    printed = np.zeros(len(boxes), np.bool_)
    heights, widths = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    glyphs = np.flatnonzero((heights >= GLYPH_PX_MIN) & (widths <= 4 * heights))
    if glyphs.size > GLYPHS_MAX:
        glyphs = glyphs[np.argsort(-heights[glyphs], kind="stable")[:GLYPHS_MAX]]
    slopes: list[tuple[float, float]] = []
    for gap, ratio in ((WORD_GAP_MAX, 2.2), (WIDE_GAP_MAX, 1.1)):
        left = glyphs[~printed[glyphs]]
        for chain in _chains(boxes[left], gap, ratio):
            for start in range(0, len(chain), PIECE):
                piece = left[chain[start : start + PIECE]]
                line = _line(boxes[piece])
                if line is not None:
                    printed[piece[line.is_regular]] = True
                    printed |= _beside(boxes, boxes[piece], line)
                    slopes.append(_slope(boxes[piece[line.is_regular]]))
    if slopes:
        found = _of_known_fonts(boxes, glyphs, printed, np.array(slopes))
        printed[found] = True
        printed |= _beside_each(boxes, boxes[found])
    return printed if printed[glyphs].sum() >= PRINTED_MIN else np.zeros_like(printed)


def _chains(boxes: Boxes, gap_max: float, ratio_max: float) -> list[NDArray[np.intp]]:
    """Return the components that follow each other in a line, each chain from left to right.

    Args:
        boxes: (n, 4) intp.
        gap_max: How far a component is from the next one at most, in heights.
        ratio_max: How many times as high one of them is as the other at most.
    """
    order = np.argsort(boxes[:, 1], kind="stable")
    top, left, bottom, right = boxes[order].T
    height = bottom - top
    chain_of = np.full(len(order), -1)
    chains: list[list[int]] = []
    for index in range(len(order)):
        if chain_of[index] < 0:
            chain_of[index] = len(chains)
            chains.append([index])
        after = np.arange(index + 1, len(order))
        overlap = np.minimum(bottom[after], bottom[index]) - np.maximum(top[after], top[index])
        lower, higher = (
            np.minimum(height[after], height[index]),
            np.maximum(height[after], height[index]),
        )
        near = (
            (chain_of[after] < 0)
            & (overlap >= 0.45 * lower)
            & (higher <= ratio_max * lower)
            & (left[after] - right[index] <= gap_max * higher)
        )
        if near.any():
            following = int(after[near][left[after[near]].argmin()])
            chain_of[following] = chain_of[index]
            chains[chain_of[index]].append(following)
    return [order[chain] for chain in map(np.array, chains) if len(chain) >= WORD_MIN]


class _Line(NamedTuple):
    """A printed line: which glyphs are regular, and the lines at their feet and their heads.

    Attributes:
        is_regular: (n,) bool, for each glyph.
        base: The baseline's row at column 0, and its slope in rows per column.
        head: The same for the tops of the capitals.
    """

    is_regular: Flags
    base: tuple[float, float]
    head: tuple[float, float]


def _line(boxes: Boxes) -> _Line | None:
    """Return the line that most components of a chain stand on, or None if a hand wrote them."""
    if len(boxes) < WORD_MIN:
        return None
    top, left, bottom, right = boxes.T.astype(np.float64)
    middle = (left + right) / 2
    one, other = np.triu_indices(len(boxes), 1)
    apart = middle[other] - middle[one]
    high = bottom - top
    usable = (apart > 0) & (np.abs(high[one] - high[other]) <= 0.15 * high[one])
    one, other, apart = one[usable], other[usable], apart[usable]
    if not one.size:
        return None
    base_slope = (bottom[other] - bottom[one]) / apart
    head_slope = (top[other] - top[one]) / apart
    base = bottom[one] - base_slope * middle[one]
    head = top[one] - head_slope * middle[one]
    foot = base[:, np.newaxis] + base_slope[:, np.newaxis] * middle  # (pairs, n)
    capital = foot - head[:, np.newaxis] - head_slope[:, np.newaxis] * middle
    tolerance = np.maximum(TOLERANCE_PX, TOLERANCE * np.abs(capital))
    stands = np.abs(bottom - foot) <= tolerance
    share = (foot - top) / np.maximum(capital, 1)
    is_capital = stands & (np.abs(share - 1) * capital <= tolerance)
    regular = is_capital
    for low, high in LEVELS:
        small = np.where(stands & (share > low) & (share < high), share, np.nan)
        level = _middle_of_each_row(small)[:, np.newaxis]
        regular |= np.abs(small - level) * capital <= tolerance
    best = int(regular.sum(axis=1).argmax())
    counted = (bottom - top) >= 0.55 * capital[best]
    count, small_letters = int(regular[best].sum()), int((regular & ~is_capital)[best].sum())
    least = WORD_MIN if small_letters >= WORD_MIN - 1 else GLYPHS_MIN
    if count < max(least, REGULAR_MIN * counted.sum()):
        return None
    lines = (
        (float(base[best]), float(base_slope[best])),
        (float(head[best]), float(head_slope[best])),
    )
    return _Line(regular[best], *lines)


def _slope(glyphs: Boxes) -> tuple[float, float]:
    """Return the row of a printed line, and its slope, in rows per column."""
    return float(glyphs[:, 2].mean()), slope_of((glyphs[:, 1] + glyphs[:, 3]) / 2, glyphs[:, 2])


def slope_of(columns: NDArray[np.float64], rows: NDArray[np.float64] | Boxes) -> float:
    """Return the slope of the line through some points, in rows per column (least squares).

    numpy's own fit calls LAPACK, which takes tens of megabytes when it first runs.
    """
    across = columns - columns.mean()
    return float((across * (rows - rows.mean())).sum() / max(1.0, (across**2).sum()))


def _of_known_fonts(
    boxes: Boxes, glyphs: NDArray[np.intp], printed: Flags, slopes: NDArray[np.float64]
) -> NDArray[np.intp]:
    """Return which of the glyphs are as high as much of what is printed, and stand in a line.

    Args:
        boxes: (n, 4) intp.
        glyphs: Which of them may be glyphs.
        printed: (n,) bool, which of them are known to be.
        slopes: (m, 2), the row of each printed line and its slope, in rows per column.
    """
    height = (boxes[:, 2] - boxes[:, 0])[glyphs]
    close = np.maximum(TOLERANCE_PX, TOLERANCE * height)
    ordered = np.sort(height[printed[glyphs]])
    alike = np.searchsorted(ordered, height + close, "right")
    alike -= np.searchsorted(ordered, height - close)
    of_font = alike >= FONT_MIN
    members, height, close = glyphs[of_font], height[of_font], close[of_font]
    middle, foot = (boxes[members, 1] + boxes[members, 3]) / 2, boxes[members, 2]
    found = []
    for index in np.flatnonzero(~printed[members]).tolist():
        slope = slopes[np.abs(slopes[:, 0] - foot[index]).argmin(), 1]
        apart = middle - middle[index]
        is_near = (
            (np.abs(foot - foot[index] - slope * apart) <= close[index])
            & (np.abs(height - height[index]) <= 1.5 * close[index])
            & (np.abs(apart) <= WIDE_GAP_MAX * height[index])
        )
        is_in_word = (
            (np.abs(foot - foot[index] - slope * apart) <= 1.5 * close[index])
            & (np.abs(apart) <= SIGN_GAP_MAX * height[index])
            & (apart != 0)
        )
        if is_near.sum() > NEIGHBOURS_MIN or is_in_word.any():
            found.append(members[index])
    return np.array(found, np.intp)


def _middle_of_each_row(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the median of each row without its gaps (NaN), 0 for a row of gaps."""
    ordered = np.sort(values, axis=1)  # gaps come last
    count = (~np.isnan(values)).sum(axis=1)
    middle = ordered[np.arange(len(values)), np.maximum(count - 1, 0) // 2]
    return np.where(count > 0, middle, 0.0)


def _beside(boxes: Boxes, piece: Boxes, line: _Line) -> Flags:
    """Return which components lie in a printed line beside its glyphs: dots, signs, a p's tail."""
    glyphs = piece[line.is_regular]
    middle = (glyphs[:, 1] + glyphs[:, 3]) / 2
    lines = glyphs.copy()  # each glyph as high as its line
    lines[:, 0] = np.rint(line.head[0] + line.head[1] * middle)
    lines[:, 2] = np.rint(line.base[0] + line.base[1] * middle)
    return _beside_each(boxes, lines)


def _beside_each(boxes: Boxes, glyphs: Boxes) -> Flags:
    """Return which components lie beside one of some glyphs, between its head and its foot."""
    top, left, bottom, right = boxes.T
    beside = np.zeros(len(boxes), np.bool_)
    for head, first, foot, end in glyphs.tolist():
        height = foot - head
        gap = np.maximum(left - end, first - right)
        # A small letter's neighbour may be a capital, but then it is close.
        above = np.where(gap <= 0.35 * height, 0.45, 0.12) * height
        within = (top >= head - above) & (bottom <= foot + 0.35 * height)
        beside |= within & (gap <= 0.8 * height)
    return beside
