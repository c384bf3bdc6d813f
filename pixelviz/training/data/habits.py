"""Habits of writing that are rare in the data, but not in the world, added to people's own digits.

A slash through a zero, which programmers and engineers write, so that it is no O; the long upstroke
of a one and the bar through a seven, which children in many countries of Europe learn.
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.random import Generator

from pixelviz.ink import Points
from pixelviz.training.data.pen_characters import PenCharacter

POINTS = 9
"""How many points a new stroke has, so that an elastic distortion can bend it."""


def with_habit(digit: PenCharacter, random: Generator) -> tuple[Points, ...]:
    """Return a digit's strokes with a habit that the digit does not have already.

    Args:
        digit: The digit. What was written in several strokes has a habit of its own, and stays.
        random: Chooses how pronounced the habit is.
    """
    habit = _HABITS.get(digit.label)
    if habit is None or len(digit.strokes) > 1 or len(digit.strokes[0]) < 3:
        return digit.strokes
    return habit(digit.strokes[0], random)


def _slashed(zero: Points, random: Generator) -> tuple[Points, ...]:
    """Return a zero with a slash, inside the rim or beyond it, leaning to the right or the left."""
    low, high = zero.min(axis=0), zero.max(axis=0)
    half = (high - low) / 2 * random.uniform(0.4, 1.8, 2)
    lean = np.array([1, -1]) if random.random() < 0.7 else np.array([1, 1])
    centre = (low + high) / 2 + (high - low) * random.normal(0, 0.06, 2)
    return zero, _line(centre - half * lean, centre + half * lean)


def _with_upstroke(one: Points, random: Generator) -> tuple[Points, ...]:
    """Return a one with a long upstroke, and now and then with a foot.

    The upstroke is steep: a flat one would make it a seven.
    """
    top, bottom = one[one[:, 1].argmin()], one[one[:, 1].argmax()]
    height = max(float(bottom[1] - top[1]), 1e-6)
    up = height * random.uniform(0.25, 0.85)
    start = top + np.array([-random.uniform(0.35, 1.1), 1]) * up
    strokes: tuple[Points, ...] = (np.concatenate([_line(start, top), _line(top, bottom)[1:]]),)
    if random.random() < 0.25:
        half = np.array([height * random.uniform(0.15, 0.3), 0])
        strokes += (_line(bottom - half, bottom + half),)
    return strokes


def _crossed(seven: Points, random: Generator) -> tuple[Points, ...]:
    """Return a seven with a bar through its stem."""
    low, high = seven.min(axis=0), seven.max(axis=0)
    stem = seven[len(seven) // 2 :]
    y = low[1] + (high - low)[1] * random.uniform(0.4, 0.65)
    middle = stem[np.abs(stem[:, 1] - y).argmin()]
    half = np.array([1, random.normal(0, 0.12)]) * (high - low)[1] * random.uniform(0.15, 0.32)
    return seven, _line(middle - half, middle + half)


def _line(start: Points, end: Points) -> Points:
    """Return a straight stroke from one point to another, (9, 2)."""
    return np.linspace(start, end, POINTS)


_HABITS: Mapping[str, Callable[[Points, Generator], tuple[Points, ...]]] = {
    "0": _slashed,
    "1": _with_upstroke,
    "7": _crossed,
}
