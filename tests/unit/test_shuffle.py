import hashlib

import numpy as np
import pytest

from pixelviz import shuffle
from pixelviz.errors import ArrayError


def test_shuffling_back_gives_the_same_vector() -> None:
    vectors = np.random.default_rng(1).integers(0, 256, (5, 784)).astype(np.uint8)
    assert np.array_equal(shuffle.unshuffle(shuffle.shuffle(vectors)), vectors)
    assert not np.array_equal(shuffle.shuffle(vectors), vectors)


def test_the_order_is_the_published_one() -> None:
    order = shuffle.permutation().tolist()
    assert sorted(order) == list(range(784))
    hashes = [hashlib.sha256(str(index).encode()).hexdigest() for index in order]
    assert hashes == sorted(hashes)


def test_neighbours_are_torn_apart() -> None:
    places = np.argsort(shuffle.permutation()).reshape(28, 28)
    rows, columns = places // 28, places % 28
    apart = np.hypot(np.diff(rows, axis=1), np.diff(columns, axis=1))
    assert apart.mean() > 10  # two random pixels of a grid of 28×28 are 14.6 apart on average


def test_nobody_can_change_the_order_for_everybody() -> None:
    with pytest.raises(ValueError, match="read-only"):
        shuffle.permutation()[0] = 1


@pytest.mark.parametrize("turn", [shuffle.shuffle, shuffle.unshuffle])
def test_a_grid_is_refused(turn: object) -> None:
    with pytest.raises(ArrayError, match="unroll"):
        turn(np.zeros((28, 28), np.uint8))  # type: ignore[operator]
