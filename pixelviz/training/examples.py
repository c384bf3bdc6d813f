"""Digits, and what is no digit, as a model gets them: drawn and framed, with what they are."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from typing import TypeVar

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from pixelviz.arrays import DIGITS, LENGTH, SIDE, Features, Grid
from pixelviz.features import rescale
from pixelviz.shuffle import shuffle
from pixelviz.training import augmentation
from pixelviz.training.augmentation import PEOPLE, Habits
from pixelviz.training.nondigits import KINDS, Sources
from pixelviz.training.pendigits import PenDigit

NONE = len(DIGITS)
"""The target of what is no digit."""

CHUNK = 500
"""How many digits are varied with one stretch of random numbers, by one process."""

Original = TypeVar("Original")


@dataclass(frozen=True)
class Examples:
    """Digits as a model gets them, with what they are.

    Attributes:
        grids: (n, 28, 28) uint8.
        targets: (n,) uint8, 0 to 9, or 10 for what is no digit.
    """

    grids: NDArray[np.uint8]
    targets: NDArray[np.uint8]

    @property
    def features(self) -> Features:
        """(n, 784) float32, 0 to 1."""
        return rescale(self.grids.reshape(-1, LENGTH))  # (n, 28, 28) -> (n, 784)

    @property
    def answers(self) -> NDArray[np.float32]:
        """(n, 10) float32, the wanted probabilities; even ones for what is no digit."""
        even = np.full((1, len(DIGITS)), 1 / len(DIGITS), np.float32)
        return np.vstack([np.eye(len(DIGITS), dtype=np.float32), even])[self.targets]

    def where(self, kept: NDArray[np.bool_]) -> "Examples":
        """Return those of the examples that a mask, (n,), keeps."""
        return Examples(self.grids[kept], self.targets[kept])

    def shuffled(self) -> "Examples":
        """Return the same examples with their pixels in the order of `pixelviz.shuffle`."""
        return Examples(
            shuffle(self.grids.reshape(-1, LENGTH)).reshape(-1, SIDE, SIDE), self.targets
        )


def join(parts: Iterable[Examples]) -> Examples:
    """Return several sets as one, in their order."""
    kept = list(parts)
    return Examples(
        np.concatenate([part.grids for part in kept]),
        np.concatenate([part.targets for part in kept]),
    )


def varied_mnist(mnist: Examples, *, seed: int, habits: Habits = PEOPLE) -> Examples:
    """Return every MNIST digit once, as if another hand had written it."""
    hand = partial(augmentation.written_by_another_hand, habits=habits)
    return Examples(_vary(hand, list(mnist.grids), seed), mnist.targets)


def varied_pen(digits: list[PenDigit], *, seed: int, habits: Habits = PEOPLE) -> Examples:
    """Return every pen-drawn digit once, as if another hand had drawn it."""
    hand = partial(augmentation.drawn_by_another_hand, habits=habits)
    return Examples(_vary(hand, digits, seed), targets_of(digits))


def nondigits(kind: str, sources: Sources, *, count: int, seed: int) -> Examples:
    """Return examples of one kind of what is no digit.

    Args:
        kind: One of `nondigits.KINDS`.
        sources: What they are made from.
        count: How many.
        seed: Where the random numbers start.
    """
    grids = _vary(KINDS[kind], [sources] * count, seed)
    return Examples(grids, np.full(count, NONE, np.uint8))


def on_the_page(
    digits: list[PenDigit],
    *,
    heights: tuple[float, float],
    pen_widths_px: tuple[float, float],
    seed: int,
) -> Examples:
    """Return every pen-drawn digit once, as it is, drawn somewhere on the page's canvas.

    Args:
        digits: Whose strokes.
        heights: The smallest and the largest height, in shares of the canvas.
        pen_widths_px: The thinnest and the thickest pen, in the canvas's pixels.
        seed: Where the random numbers start.
    """
    hand = partial(augmentation.drawn_on_the_page, heights=heights, pen_widths_px=pen_widths_px)
    return Examples(_vary(hand, digits, seed), targets_of(digits))


def targets_of(digits: list[PenDigit]) -> NDArray[np.uint8]:
    """Return what the digits were meant to be, (n,) uint8."""
    return np.array([digit.digit for digit in digits], np.uint8)


def _vary(
    vary: Callable[[Original, Generator], Grid], originals: Sequence[Original], seed: int
) -> NDArray[np.uint8]:
    if not originals:
        return np.empty((0, SIDE, SIDE), np.uint8)
    chunks = [
        (vary, originals[start : start + CHUNK], (seed, start))
        for start in range(0, len(originals), CHUNK)
    ]
    if len(chunks) == 1:
        return _vary_chunk(*chunks[0])
    return np.concatenate(list(_workers().map(_vary_chunk, *zip(*chunks, strict=True))))


@cache
def _workers() -> ProcessPoolExecutor:
    """Return a process for each core, started once: each has to import what the command imports."""
    # Fresh processes: TensorFlow's threads do not survive being copied into a forked one.
    return ProcessPoolExecutor(mp_context=get_context("spawn"))


def _vary_chunk(
    vary: Callable[[Original, Generator], Grid],
    originals: Sequence[Original],
    seed: tuple[int, int],
) -> NDArray[np.uint8]:
    random = np.random.default_rng(seed)
    return np.stack([vary(original, random) for original in originals])
