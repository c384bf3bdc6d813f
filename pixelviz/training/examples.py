"""What the models learn from: MNIST and pen-drawn digits, in as many variations as wanted."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TypeVar

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from pixelviz.features import rescale
from pixelviz.spec import LENGTH, SIDE, Features, Grid
from pixelviz.training import augmentation
from pixelviz.training.strokes import PenDigit

CHUNK = 500
"""How many digits are varied with one stretch of random numbers, by one process."""

Original = TypeVar("Original")


@dataclass(frozen=True)
class Examples:
    """Digits as a model gets them, with what they are.

    Attributes:
        grids: (n, 28, 28) uint8.
        targets: (n,) uint8, 0 to 9.
    """

    grids: NDArray[np.uint8]
    targets: NDArray[np.uint8]

    @property
    def features(self) -> Features:
        """(n, 784) float32, 0 to 1."""
        return rescale(self.grids.reshape(-1, LENGTH))  # (n, 28, 28) -> (n, 784)


def join(parts: Iterable[Examples]) -> Examples:
    """Return several sets as one, in their order."""
    kept = list(parts)
    return Examples(
        np.concatenate([part.grids for part in kept]),
        np.concatenate([part.targets for part in kept]),
    )


def varied_mnist(mnist: Examples, *, seed: int) -> Examples:
    """Return every MNIST digit once, as if another hand had written it."""
    return Examples(
        _vary(augmentation.written_by_another_hand, list(mnist.grids), seed), mnist.targets
    )


def varied_pen(digits: list[PenDigit], *, seed: int) -> Examples:
    """Return every pen-drawn digit once, as if another hand had drawn it."""
    return Examples(_vary(augmentation.drawn_by_another_hand, digits, seed), targets_of(digits))


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
    random = np.random.default_rng(seed)
    grids = [
        augmentation.drawn_on_the_page(digit, random, heights=heights, pen_widths_px=pen_widths_px)
        for digit in digits
    ]
    return Examples(np.stack(grids), targets_of(digits))


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
    # Fresh processes: TensorFlow's threads do not survive being copied into a forked one.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as executor:
        return np.concatenate(list(executor.map(_vary_chunk, *zip(*chunks, strict=True))))


def _vary_chunk(
    vary: Callable[[Original, Generator], Grid],
    originals: Sequence[Original],
    seed: tuple[int, int],
) -> NDArray[np.uint8]:
    random = np.random.default_rng(seed)
    return np.stack([vary(original, random) for original in originals])
