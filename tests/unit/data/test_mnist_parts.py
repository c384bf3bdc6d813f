import gzip

import numpy as np
import pytest

from pixelviz.data import mnist_parts
from pixelviz.data.mnist import Mnist
from pixelviz.data.mnist_parts import Part
from tests import mnist_sample


def joined(digits: Mnist, parts: tuple[Part, ...]) -> Mnist:
    """Put MNIST together again from its parts, as a browser does."""
    of_set: list[list[np.ndarray]] = [[], [], [], []]
    for part in parts:
        content = np.frombuffer(mnist_parts.encode(digits, part), np.uint8)
        training, test = (end - start for start, end in (part.training, part.test))
        count = training + test
        targets, pixels = content[:count], content[count:].reshape(count, 28, 28)
        for kept, array in zip(
            of_set,
            (pixels[:training], targets[:training], pixels[training:], targets[training:]),
            strict=True,
        ):
            kept.append(array)
    return Mnist(*(np.concatenate(each) for each in of_set))


def test_the_parts_are_all_of_mnist_in_its_order(digits: Mnist) -> None:
    parts = mnist_parts.parts_of(len(digits.x_train), len(digits.x_test))
    again = joined(digits, parts)
    assert mnist_sample.hashes(again) == mnist_sample.hashes(digits)
    if mnist_sample.is_whole():
        assert len(parts) == 13
        first, *others = (gzip.compress(mnist_parts.encode(digits, part), 6) for part in parts)
        assert 800_000 < len(first) < 1_100_000
        assert max(map(len, others)) < 1_100_000


def test_the_first_part_has_pictures_of_both_sets_and_of_all_digits(digits: Mnist) -> None:
    first = mnist_parts.parts_of(60_000, 10_000)[0]
    assert first == Part((0, 5_000), (0, 1_000))
    assert set(digits.y_test[slice(*first.test)]) == set(range(10))


@pytest.mark.parametrize("counts", [(3, 0), (5_000, 1_000), (5_001, 1_001), (20_000, 30_000)])
def test_no_picture_is_missing_or_there_twice(counts: tuple[int, int]) -> None:
    parts = mnist_parts.parts_of(*counts)
    for count, of_set in zip(counts, ("training", "test"), strict=True):
        numbers = [number for part in parts for number in range(*getattr(part, of_set))]
        assert numbers == list(range(count))
