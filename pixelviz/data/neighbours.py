"""vector -> its nearest neighbours: a digit as a point among many others.

A picture of 784 pixels is one point in a space of 784 dimensions. The distance between two pictures
is the Euclidean distance between their points: the square root of the sum of all squared
differences.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pixelviz.arrays import Vector, expect_vector, expect_vectors

FEATURES_PER_BLOCK = 64
"""The sum of 64 products of two integers up to 255 is below 2**24, so that float32 is exact."""

VECTORS_PER_BLOCK = 4096
"""A block of 64 features of 4,096 vectors, 1 MB in float32, fits into the processor's cache."""


@dataclass(frozen=True)
class SearchIndex:
    """Many vectors, stored for fast distance computation.

    Attributes:
        columns: (784, n) uint8, the vectors as columns: one row for each feature.
        squared_norms: (n,) int64, the squared length of each vector.
    """

    columns: NDArray[np.uint8]
    squared_norms: NDArray[np.int64]


@dataclass(frozen=True)
class Neighbours:
    """The nearest vectors of a search index, the nearest first.

    Attributes:
        indices: (k,) int64, their positions in the index.
        distances: (k,) float64, Euclidean, in grey levels.
    """

    indices: NDArray[np.int64]
    distances: NDArray[np.float64]


def build_index(vectors: NDArray[np.uint8]) -> SearchIndex:
    """Return a search index over vectors.

    Args:
        vectors: (n, 784) uint8.

    Raises:
        ArrayError: The vectors are not (n, 784) uint8.
    """
    expect_vectors(vectors)
    squared_norms = np.einsum("ij,ij->i", vectors, vectors, dtype=np.int64)
    return SearchIndex(np.ascontiguousarray(vectors.T), squared_norms)  # (n, 784) -> (784, n)


def nearest(vector: Vector, index: SearchIndex, *, count: int) -> Neighbours:
    """Return the vectors of a search index that are nearest to one vector.

    The squared distance of a and b is |a|² + |b|² - 2 a·b. Features that are 0 in the vector add
    nothing to the dot product and are skipped. The result is exact: all sums are of integers.

    Args:
        vector: (784,) uint8.
        index: The vectors to search.
        count: How many neighbours to return; fewer if the index has fewer vectors.

    Raises:
        ArrayError: The vector is not (784,) uint8.
    """
    expect_vector(vector)
    squared_norm = int(vector.astype(np.int64) @ vector.astype(np.int64))
    squared = index.squared_norms + squared_norm - 2 * _dot_products(vector, index)
    count = min(count, len(squared))
    candidates = np.argpartition(squared, count - 1)[:count]
    order = candidates[np.lexsort((candidates, squared[candidates]))]
    return Neighbours(order, np.sqrt(squared[order].astype(np.float64)))


def _dot_products(vector: Vector, index: SearchIndex) -> NDArray[np.int64]:
    """Return the dot product of a vector with each vector of the index, (n,)."""
    inked = np.flatnonzero(vector)
    products = np.zeros(len(index.squared_norms), np.float64)
    buffer = np.empty((FEATURES_PER_BLOCK, VECTORS_PER_BLOCK), np.float32)
    for first in range(0, len(products), VECTORS_PER_BLOCK):
        vectors = slice(first, min(first + VECTORS_PER_BLOCK, len(products)))
        for start in range(0, len(inked), FEATURES_PER_BLOCK):
            features = inked[start : start + FEATURES_PER_BLOCK]
            block = buffer[: len(features), : vectors.stop - first]
            np.copyto(block, index.columns[features, vectors])  # uint8 -> float32
            products[vectors] += vector[features].astype(np.float32) @ block
    return products.astype(np.int64)
