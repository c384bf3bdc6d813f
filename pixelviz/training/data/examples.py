"""Labelled examples: digits and non-digits as grids, with their targets."""

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
from pixelviz.training.data.augmentation import (
    DEFAULT_AUGMENTATION,
    Augmentation,
    augment_image,
    augment_pen_digit,
    draw_pen_character,
)
from pixelviz.training.data.non_digits import KINDS, Sources
from pixelviz.training.data.pen_characters import PenCharacter, targets_of

NON_DIGIT = len(DIGITS)
"""The target of a non-digit."""

CHUNK_SIZE = 500
"""How many grids one process makes from one seed."""

Original = TypeVar("Original")


@dataclass(frozen=True)
class Examples:
    """Grids with their targets.

    Attributes:
        grids: (n, 28, 28) uint8.
        targets: (n,) uint8, 0 to 9, or 10 for a non-digit.
    """

    grids: NDArray[np.uint8]
    targets: NDArray[np.uint8]

    @property
    def features(self) -> Features:
        """(n, 784) float32, 0 to 1."""
        return rescale(self.grids.reshape(-1, LENGTH))  # (n, 28, 28) -> (n, 784)

    @property
    def target_probabilities(self) -> NDArray[np.float32]:
        """(n, 10) float32: 1 for the target digit; 0.1 for each digit where it is a non-digit."""
        uniform = np.full((1, len(DIGITS)), 1 / len(DIGITS), np.float32)
        return np.vstack([np.eye(len(DIGITS), dtype=np.float32), uniform])[self.targets]

    def where(self, mask: NDArray[np.bool_]) -> "Examples":
        """Return the examples where a mask, (n,) bool, is true."""
        return Examples(self.grids[mask], self.targets[mask])

    def shuffled(self) -> "Examples":
        """Return the same examples with their pixels in the order of `pixelviz.shuffle`."""
        return Examples(
            shuffle(self.grids.reshape(-1, LENGTH)).reshape(-1, SIDE, SIDE), self.targets
        )


def concatenate(sets: Iterable[Examples]) -> Examples:
    """Return several sets of examples as one, in the given order."""
    each = list(sets)
    return Examples(
        np.concatenate([examples.grids for examples in each]),
        np.concatenate([examples.targets for examples in each]),
    )


def augment_mnist(
    mnist: Examples, *, seed: int, augmentation: Augmentation = DEFAULT_AUGMENTATION
) -> Examples:
    """Return a randomly varied copy of each MNIST image."""
    vary = partial(augment_image, augmentation=augmentation)
    return Examples(_make_grids(vary, list(mnist.grids), seed), mnist.targets)


def augment_pen_digits(
    pen_digits: Sequence[PenCharacter],
    *,
    seed: int,
    augmentation: Augmentation = DEFAULT_AUGMENTATION,
) -> Examples:
    """Return a randomly varied drawing of each pen-drawn digit."""
    vary = partial(augment_pen_digit, augmentation=augmentation)
    return Examples(_make_grids(vary, pen_digits, seed), targets_of(pen_digits))


def draw_pen_characters(
    characters: Sequence[PenCharacter],
    *,
    heights: tuple[float, float],
    pen_widths_px: tuple[float, float],
    seed: int,
) -> NDArray[np.uint8]:
    """Return each character drawn at a random place on the page's canvas, not augmented.

    Args:
        characters: What to draw.
        heights: The smallest and the largest height, as shares of the canvas's height.
        pen_widths_px: The thinnest and the thickest pen, in the canvas's pixels.
        seed: The seed of the random numbers.

    Returns:
        (n, 28, 28) uint8, framed like MNIST.
    """
    draw = partial(draw_pen_character, heights=heights, pen_widths_px=pen_widths_px)
    return _make_grids(draw, characters, seed)


def make_non_digits(kind: str, sources: Sources, *, count: int, seed: int) -> Examples:
    """Return examples of one kind of non-digits.

    Args:
        kind: One of `non_digits.KINDS`.
        sources: What they are made from.
        count: How many to make.
        seed: The seed of the random numbers.
    """
    grids = _make_grids(KINDS[kind], [sources] * count, seed)
    return Examples(grids, np.full(count, NON_DIGIT, np.uint8))


def _make_grids(
    make: Callable[[Original, Generator], Grid], originals: Sequence[Original], seed: int
) -> NDArray[np.uint8]:
    """Return one grid made from each original, (n, 28, 28), by several processes if there are many.

    The random numbers depend on the seed and the chunk only, not on the number of processes.
    """
    if not originals:
        return np.empty((0, SIDE, SIDE), np.uint8)
    chunks = [
        (make, originals[start : start + CHUNK_SIZE], (seed, start))
        for start in range(0, len(originals), CHUNK_SIZE)
    ]
    if len(chunks) == 1:
        return _make_chunk(*chunks[0])
    return np.concatenate(list(_processes().map(_make_chunk, *zip(*chunks, strict=True))))


@cache
def _processes() -> ProcessPoolExecutor:
    """Return a pool of one process per core. It is started once, since its imports take long."""
    # Spawned, not forked: TensorFlow's threads do not survive a fork.
    return ProcessPoolExecutor(mp_context=get_context("spawn"))


def _make_chunk(
    make: Callable[[Original, Generator], Grid],
    originals: Sequence[Original],
    seed: tuple[int, int],
) -> NDArray[np.uint8]:
    random = np.random.default_rng(seed)
    return np.stack([make(original, random) for original in originals])
