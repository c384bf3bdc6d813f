"""vector <-> the same vector shuffled, always in the same, published order.

The order needs no file and no random numbers: the indices 0 to 783 are sorted by the sha256 of
their decimal numerals, so anyone can work it out in any language, today and in ten years.
"""

import hashlib
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import LENGTH, Vector, expect_vector_or_batch


@cache
def permutation() -> NDArray[np.intp]:
    """Return where each place of the shuffled vector takes its pixel from, (784,), read-only.

    Example:
        >>> permutation()[:4].tolist()
        [286, 671, 245, 374]
    """
    order = sorted(range(LENGTH), key=lambda index: hashlib.sha256(b"%d" % index).digest())
    places = np.array(order, np.intp)
    places.flags.writeable = False  # all visitors share it
    return places


def shuffle(vector: Vector) -> Vector:
    """Return the pixels in the shuffled order: `shuffled[i] == vector[permutation()[i]]`.

    Args:
        vector: (784,) uint8, or (n, 784) uint8 for n vectors at once.

    Raises:
        ArrayError: The vector is not (784,) or (n, 784) uint8.

    Example:
        >>> vector = (np.arange(784) % 256).astype(np.uint8)
        >>> np.array_equal(unshuffle(shuffle(vector)), vector)
        True
    """
    expect_vector_or_batch(vector)
    return vector[..., permutation()]


def unshuffle(vector: Vector) -> Vector:
    """Return shuffled pixels in their own order again.

    Args:
        vector: (784,) uint8, or (n, 784) uint8, as `shuffle` returns them.

    Raises:
        ArrayError: The vector is not (784,) or (n, 784) uint8.
    """
    expect_vector_or_batch(vector)
    return vector[..., np.argsort(permutation())]
