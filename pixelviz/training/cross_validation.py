"""The five folds: what each of five trainings leaves out, to measure its model on.

A fold leaves out six of the thirty writers, every fifth of MNIST's training images, and one or two
kinds of non-digits.
"""

import numpy as np
from numpy.typing import NDArray

from pixelviz.training.pendigits import PenDigit

KINDS_LEFT_OUT = (
    ("scribble",),
    ("letter or symbol", "invented symbol"),
    ("two digits",),
    ("dot", "noise"),
    ("shuffled digit",),
)
"""By fold, the kinds of non-digits that its model never meets."""

FOLDS = range(len(KINDS_LEFT_OUT))


def mnist_of(fold: int, count: int) -> NDArray[np.bool_]:
    """Return which of so many MNIST images a fold leaves out, (count,) bool."""
    left_out: NDArray[np.bool_] = np.arange(count) % len(FOLDS) == fold
    return left_out


def pen_of(fold: int, pen: list[PenDigit]) -> NDArray[np.bool_]:
    """Return which of the pen-drawn digits are by writers whom a fold leaves out, (n,) bool."""
    writers = np.array([digit.writer for digit in pen], np.int64)
    return np.isin(writers, np.unique(writers)[fold :: len(FOLDS)])
