from collections.abc import Callable

import numpy as np
import pytest
from numpy.random import Generator

from pixelviz import raster
from pixelviz.arrays import Grid
from pixelviz.data.sample_digits import strokes_of
from pixelviz.training import augmentation, examples
from pixelviz.training.examples import Examples
from pixelviz.training.pendigits import PenDigit
from tests.drawings import SEVEN, drawn

FOUR = PenDigit(4, 1, tuple(500 * np.array(stroke) for stroke in strokes_of(4)))

HANDS: dict[str, Callable[[Generator], Grid]] = {
    "pen": lambda random: augmentation.drawn_by_another_hand(FOUR, random),
    "mnist": lambda random: augmentation.written_by_another_hand(
        raster.to_grid(drawn(SEVEN)), random
    ),
    "page": lambda random: augmentation.drawn_on_the_page(
        FOUR, random, heights=(0.25, 0.9), pen_widths_px=(12, 32)
    ),
}


@pytest.mark.parametrize("hand", HANDS.values(), ids=HANDS)
def test_what_another_hand_draws_is_framed_like_mnist(hand: Callable[[Generator], Grid]) -> None:
    for seed in range(20):
        grid = hand(np.random.default_rng(seed))
        assert grid.dtype == np.uint8
        assert np.array_equal(raster.to_grid(grid), grid)


@pytest.mark.parametrize("hand", HANDS.values(), ids=HANDS)
def test_every_hand_is_another_and_the_same_seed_is_the_same_hand(
    hand: Callable[[Generator], Grid],
) -> None:
    first, again, other = (hand(np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_variations_keep_their_targets_and_their_order() -> None:
    seven = raster.to_grid(drawn(SEVEN))
    mnist = Examples(np.stack([seven] * 3), np.array([7, 7, 7], np.uint8))
    varied = examples.varied_mnist(mnist, seed=1)
    assert varied.targets.tolist() == [7, 7, 7]
    assert varied.grids.shape == (3, 28, 28)
    pen = examples.varied_pen([FOUR, FOUR], seed=1)
    assert pen.targets.tolist() == [4, 4]
    joined = examples.join([varied, pen])
    assert joined.targets.tolist() == [7, 7, 7, 4, 4]
    assert joined.features.shape == (5, 784)


def test_without_pen_drawn_digits_there_are_no_variations_of_them() -> None:
    assert examples.varied_pen([], seed=1).grids.shape == (0, 28, 28)
