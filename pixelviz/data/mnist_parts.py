"""MNIST cut into parts for a browser, which can begin to work once it has the first of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import LENGTH
from pixelviz.data.mnist import Mnist

FIRST_TRAINING, FIRST_TEST = 5_000, 1_000
"""How many pictures of each set the first part has: compressed, it is 1 MB."""

FURTHER = 6_000
"""How many pictures each further part has, of one of the two sets."""

VERSION = 1
"""Grows when the bytes of a part change, since a browser keeps what it has fetched for good."""


@dataclass(frozen=True)
class Part:
    """Which pictures are in a part: first those of the training set, then those of the test set.

    Attributes:
        training: The first picture of the training set in it, and the one after its last.
        test: The same of the test set.
    """

    training: tuple[int, int]
    test: tuple[int, int]


def parts_of(training_count: int, test_count: int) -> tuple[Part, ...]:
    """Return the parts of so many pictures, the one that comes first at the beginning."""
    training, test = min(FIRST_TRAINING, training_count), min(FIRST_TEST, test_count)
    return (
        Part((0, training), (0, test)),
        *(Part(each, (test, test)) for each in _ranges(training, training_count)),
        *(Part((training_count,) * 2, each) for each in _ranges(test, test_count)),
    )


def encode(data: Mnist, part: Part) -> bytes:
    """Return the bytes of a part: the target of each picture, then the 784 pixels of each.

    Args:
        data: MNIST.
        part: Which of its pictures; those of the training set come first.

    Returns:
        For n pictures n bytes, 0 to 9, and 784 n bytes, 0 to 255.
    """
    training, test = slice(*part.training), slice(*part.test)
    targets: NDArray[np.uint8] = np.concatenate([data.y_train[training], data.y_test[test]])
    grids = np.concatenate([data.x_train[training], data.x_test[test]])
    return targets.tobytes() + grids.reshape(-1, LENGTH).tobytes()


def _ranges(start: int, end: int) -> list[tuple[int, int]]:
    return [(first, min(first + FURTHER, end)) for first in range(start, end, FURTHER)]
