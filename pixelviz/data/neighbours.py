"""vector -> its nearest neighbours among many vectors: a digit as a point among others.

A picture of 784 pixels is one point in a space of 784 dimensions. Two pictures are as far from each
other as the straight line between their points is long.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import Vector, expect_vector, expect_vectors

BLOCK = 64
"""So many products of two integers to 255 add up to less than 2**24: float32 keeps them exact."""

STRETCH = 4096
"""So many vectors at once fit, with BLOCK features, into the processor's nearest memory."""


@dataclass(frozen=True)
class Crowd:
    """Many vectors, in the form in which distances to them are quick.

    Attributes:
        columns: (784, n) uint8, feature by feature.
        squares: (n,) int64, the squared length of each vector.
    """

    columns: NDArray[np.uint8]
    squares: NDArray[np.int64]


@dataclass(frozen=True)
class Neighbours:
    """Some vectors of a crowd, the nearest first.

    Attributes:
        indices: (k,) int64, their numbers in the crowd.
        distances: (k,) float64, Euclidean, in levels of grey.
    """

    indices: NDArray[np.int64]
    distances: NDArray[np.float64]


def gather(vectors: NDArray[np.uint8]) -> Crowd:
    """Return vectors in the form in which distances to them are quick.

    Args:
        vectors: (n, 784) uint8.

    Raises:
        ArrayError: The vectors are not (n, 784) uint8.
    """
    expect_vectors(vectors)
    squares = np.einsum("ij,ij->i", vectors, vectors, dtype=np.int64)
    return Crowd(np.ascontiguousarray(vectors.T), squares)  # (n, 784) -> (784, n)


def nearest(vector: Vector, crowd: Crowd, *, count: int) -> Neighbours:
    """Return the vectors of a crowd that are nearest to one vector.

    The squared distance is |a|² + |b|², less 2 a·b; for the product only those features count that
    are not 0 in the vector. Exact: all of it is counted in whole numbers.

    Args:
        vector: (784,) uint8.
        crowd: Where to look.
        count: How many to return; at most as many as the crowd has.

    Raises:
        ArrayError: The vector is not (784,) uint8.
    """
    expect_vector(vector)
    square = int(vector.astype(np.int64) @ vector.astype(np.int64))
    squared = crowd.squares + square - 2 * _products(vector, crowd)
    count = min(count, len(squared))
    candidates = np.argpartition(squared, count - 1)[:count]
    order = candidates[np.lexsort((candidates, squared[candidates]))]
    return Neighbours(order, np.sqrt(squared[order].astype(np.float64)))


def _products(vector: Vector, crowd: Crowd) -> NDArray[np.int64]:
    """Return the product of a vector with each vector of a crowd, (n,)."""
    inked = np.flatnonzero(vector)
    products = np.zeros(len(crowd.squares), np.float64)
    room = np.empty((BLOCK, STRETCH), np.float32)
    for first in range(0, len(products), STRETCH):
        stretch = slice(first, min(first + STRETCH, len(products)))
        for start in range(0, len(inked), BLOCK):
            block = inked[start : start + BLOCK]
            others = room[: len(block), : stretch.stop - first]
            np.copyto(others, crowd.columns[block, stretch])  # uint8 -> float32
            products[stretch] += vector[block].astype(np.float32) @ others
    return products.astype(np.int64)
