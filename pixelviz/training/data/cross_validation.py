"""Six-fold cross-validation: what each of six trainings leaves out, for measuring on.

Each fold leaves out one of UNIPEN's contributors with all its writers, so that it is measured on
people of another country, on another tablet. Of every other collection it leaves out some of the
writers, of whom the model then knows colleagues only. So each of UNIPEN's writers is left out
twice: once with the whole contributor, and once without. A fold also leaves out every sixth of
MNIST's training images, and some kinds of non-digits.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pixelviz.training.data.pen_characters import PenCharacter, collections_of

CONTRIBUTORS = ("aga", "art", "ced", "gmd", "syn", "val")
"""By fold, UNIPEN's contributor that it leaves out."""

FOLDS = range(len(CONTRIBUTORS))

_DRAWN_KINDS: tuple[tuple[str, ...], ...] = (
    ("scribble",),
    ("dot", "noise"),
    ("two digits",),
    ("shuffled digit",),
    ("letter or symbol", "invented symbol"),
    (),
)

KINDS_HELD_OUT = tuple(
    (*kinds, f"letter or sign, {contributor}")
    for kinds, contributor in zip(_DRAWN_KINDS, CONTRIBUTORS, strict=True)
)
"""By fold, the kinds of non-digits that its model is not trained on."""


def held_out_images(fold: int, count: int) -> NDArray[np.bool_]:
    """Return which of the first `count` MNIST images a fold holds out, (count,) bool."""
    held_out: NDArray[np.bool_] = np.arange(count) % len(FOLDS) == fold
    return held_out


def held_out_pen_digits(fold: int, pen_digits: Sequence[PenCharacter]) -> NDArray[np.bool_]:
    """Return which pen-drawn digits a fold holds out, (n,) bool."""
    contributor = held_out_contributor(fold, pen_digits)
    return contributor | held_out_writers(fold, pen_digits)


def held_out_contributor(fold: int, pen_digits: Sequence[PenCharacter]) -> NDArray[np.bool_]:
    """Return which pen-drawn digits are of the contributor that a fold holds out, (n,) bool."""
    held_out: NDArray[np.bool_] = collections_of(pen_digits) == CONTRIBUTORS[fold]
    return held_out


def held_out_writers(fold: int, pen_digits: Sequence[PenCharacter]) -> NDArray[np.bool_]:
    """Return which pen-drawn digits are by writers whom a fold holds out alone, (n,) bool.

    They are of a collection that the fold does not hold out. Each writer is held out so by exactly
    one fold.
    """
    collections = collections_of(pen_digits)
    writers = np.array([digit.writer for digit in pen_digits], np.str_)
    held_out = np.zeros(len(pen_digits), np.bool_)
    for collection in np.unique(collections):
        own = collections == collection
        others = [each for each in FOLDS if CONTRIBUTORS[each] != collection]
        if fold in others:
            chosen = np.unique(writers[own])[others.index(fold) :: len(others)]
            held_out |= own & np.isin(writers, chosen)
    return held_out
