from collections.abc import Callable

import numpy as np
import pytest
from numpy.random import Generator

from pixelviz import raster
from pixelviz.arrays import Grid
from pixelviz.training.data import augmentation, examples
from pixelviz.training.data.augmentation import DEFAULT_AUGMENTATION
from pixelviz.training.data.examples import Examples
from tests.drawings import SEVEN, drawn
from tests.unit.training.handwritten import written

FOUR = written("4")

MAKERS: dict[str, Callable[[Generator], Grid]] = {
    "pen": lambda random: augmentation.augment_pen_digit(FOUR, random, DEFAULT_AUGMENTATION),
    "mnist": lambda random: augmentation.augment_image(
        raster.to_grid(drawn(SEVEN)), random, DEFAULT_AUGMENTATION
    ),
    "page": lambda random: augmentation.draw_pen_character(
        FOUR, random, heights=(0.25, 0.9), pen_widths_px=(12, 32)
    ),
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_every_result_is_framed_like_mnist(make: Callable[[Generator], Grid]) -> None:
    for seed in range(20):
        grid = make(np.random.default_rng(seed))
        assert grid.dtype == np.uint8
        assert np.array_equal(raster.to_grid(grid), grid)


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_the_same_seed_gives_the_same_result_and_another_seed_another(
    make: Callable[[Generator], Grid],
) -> None:
    first, again, other = (make(np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_augmentation_keeps_targets_and_order() -> None:
    seven = raster.to_grid(drawn(SEVEN))
    mnist = Examples(np.stack([seven] * 3), np.array([7, 7, 7], np.uint8))
    augmented = examples.augment_mnist(mnist, seed=1)
    assert augmented.targets.tolist() == [7, 7, 7]
    assert augmented.grids.shape == (3, 28, 28)
    pen = examples.augment_pen_digits([FOUR, FOUR], seed=1)
    assert pen.targets.tolist() == [4, 4]
    joined = examples.concatenate([augmented, pen])
    assert joined.targets.tolist() == [7, 7, 7, 4, 4]
    assert joined.features.shape == (5, 784)


def test_augmenting_no_pen_digits_gives_an_empty_set() -> None:
    assert examples.augment_pen_digits([], seed=1).grids.shape == (0, 28, 28)
