"""Five-fold cross-validation: what each of five trainings leaves out, for measuring on.

Each fold holds out six of the thirty writers, every fifth of MNIST's training images, and one or
two kinds of non-digits.
"""

import numpy as np
from numpy.typing import NDArray

from pixelviz.training.data.pendigits import PenDigit

KINDS_HELD_OUT = (
    ("scribble",),
    ("letter or symbol", "invented symbol"),
    ("two digits",),
    ("dot", "noise"),
    ("shuffled digit",),
)
"""By fold, the kinds of non-digits that its model is not trained on."""

FOLDS = range(len(KINDS_HELD_OUT))


def held_out_images(fold: int, count: int) -> NDArray[np.bool_]:
    """Return which of the first `count` MNIST images a fold holds out, (count,) bool."""
    held_out: NDArray[np.bool_] = np.arange(count) % len(FOLDS) == fold
    return held_out


def held_out_pen_digits(fold: int, pen_digits: list[PenDigit]) -> NDArray[np.bool_]:
    """Return which pen-drawn digits are by writers that a fold holds out, (n,) bool."""
    writers = np.array([digit.writer for digit in pen_digits], np.int64)
    return np.isin(writers, np.unique(writers)[fold :: len(FOLDS)])
