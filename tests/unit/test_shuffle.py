import hashlib

import numpy as np
import pytest

from pixelviz import shuffle
from pixelviz.errors import ArrayError


def test_the_inverse_permutation_gives_back_the_vectors() -> None:
    vectors = np.random.default_rng(1).integers(0, 256, (5, 784)).astype(np.uint8)
    shuffled = shuffle.shuffle(vectors)
    assert np.array_equal(shuffled[:, np.argsort(shuffle.permutation())], vectors)
    assert not np.array_equal(shuffled, vectors)
    assert np.array_equal(shuffle.shuffle(vectors[3]), shuffled[3])


def test_the_order_is_the_published_one() -> None:
    order = shuffle.permutation().tolist()
    assert sorted(order) == list(range(784))
    hashes = [hashlib.sha256(str(index).encode()).hexdigest() for index in order]
    assert hashes == sorted(hashes)


def test_neighbouring_pixels_are_separated() -> None:
    indices = np.argsort(shuffle.permutation()).reshape(28, 28)
    rows, columns = indices // 28, indices % 28
    distances = np.hypot(np.diff(rows, axis=1), np.diff(columns, axis=1))
    assert distances.mean() > 10  # between two random pixels of a grid it is 14.6 on average


def test_the_shared_order_is_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        shuffle.permutation()[0] = 1


def test_a_grid_is_refused() -> None:
    with pytest.raises(ArrayError, match="unroll"):
        shuffle.shuffle(np.zeros((28, 28), np.uint8))
