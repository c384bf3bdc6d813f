"""Ten sample digits, as the strokes of a pen.

A stroke is a list of points that the pen passes through, x to the right and y downwards, as shares
of the canvas's side (0 to 1). Between the points the pen moves in curves; a point given twice is a
corner. The strokes were drawn for Pixelviz.
"""

from typing import TypeAlias

from pixelviz.arrays import DIGITS
from pixelviz.errors import ArrayError

Point: TypeAlias = tuple[float, float]
Stroke: TypeAlias = tuple[Point, ...]

_STROKES: dict[int, tuple[Stroke, ...]] = {
    0: (
        (
            (0.53, 0.21), (0.41, 0.22), (0.32, 0.36), (0.31, 0.55), (0.36, 0.73), (0.47, 0.80),
            (0.59, 0.76), (0.67, 0.62), (0.68, 0.43), (0.62, 0.26), (0.53, 0.20), (0.47, 0.22),
        ),
    ),
    1: (((0.40, 0.34), (0.53, 0.20), (0.53, 0.20), (0.51, 0.50), (0.50, 0.80)),),
    2: (
        (
            (0.34, 0.36), (0.38, 0.24), (0.52, 0.19), (0.65, 0.26), (0.65, 0.41), (0.54, 0.57),
            (0.35, 0.78), (0.35, 0.78), (0.50, 0.77), (0.68, 0.78),
        ),
    ),
    3: (
        (
            (0.35, 0.27), (0.48, 0.19), (0.62, 0.24), (0.64, 0.37), (0.55, 0.46), (0.45, 0.48),
            (0.45, 0.48), (0.60, 0.51), (0.68, 0.63), (0.61, 0.76), (0.46, 0.81), (0.33, 0.74),
        ),
    ),
    4: (
        ((0.44, 0.20), (0.39, 0.36), (0.32, 0.55), (0.32, 0.55), (0.50, 0.56), (0.71, 0.54)),
        ((0.60, 0.36), (0.58, 0.58), (0.57, 0.81)),
    ),
    5: (
        (
            (0.64, 0.21), (0.52, 0.21), (0.40, 0.22), (0.40, 0.22), (0.38, 0.34), (0.37, 0.47),
            (0.37, 0.47), (0.50, 0.43), (0.63, 0.49), (0.67, 0.62), (0.60, 0.76), (0.46, 0.81),
            (0.33, 0.75),
        ),
    ),
    6: (
        (
            (0.60, 0.20), (0.47, 0.28), (0.37, 0.44), (0.33, 0.61), (0.38, 0.76), (0.50, 0.81),
            (0.62, 0.75), (0.65, 0.63), (0.57, 0.53), (0.45, 0.53), (0.37, 0.61), (0.36, 0.68),
        ),
    ),
    7: (
        (
            (0.33, 0.23), (0.50, 0.23), (0.68, 0.22), (0.68, 0.22), (0.60, 0.40), (0.50, 0.60),
            (0.44, 0.81),
        ),
    ),
    8: (
        (
            (0.62, 0.29), (0.52, 0.20), (0.39, 0.24), (0.37, 0.37), (0.49, 0.47), (0.62, 0.57),
            (0.64, 0.71), (0.53, 0.81), (0.39, 0.77), (0.36, 0.63), (0.47, 0.51), (0.60, 0.42),
            (0.64, 0.30), (0.58, 0.23),
        ),
    ),
    9: (
        (
            (0.63, 0.30), (0.54, 0.20), (0.41, 0.23), (0.35, 0.35), (0.41, 0.47), (0.53, 0.47),
            (0.62, 0.38), (0.64, 0.28), (0.64, 0.28), (0.63, 0.52), (0.58, 0.81),
        ),
    ),
}  # fmt: skip


def strokes_of(digit: int) -> tuple[Stroke, ...]:
    """Return the strokes of the sample of a digit.

    Args:
        digit: 0 to 9.

    Returns:
        The strokes in drawing order; each has at least two points, x and y from 0 to 1.

    Raises:
        ArrayError: There is no such digit.

    Example:
        >>> len(strokes_of(4))
        2
    """
    if digit not in _STROKES:
        raise ArrayError(
            f"Expected a digit from {DIGITS[0]} to {DIGITS[-1]}, got {digit!r}.",
            "There is one sample of each digit.",
        )
    return _STROKES[digit]
