from collections.abc import Callable

import numpy as np
import pytest
from numpy.random import Generator

from pixelviz import framing, raster
from pixelviz.arrays import Grid
from pixelviz.data.sample_digits import strokes_of
from pixelviz.training.data import symbols
from pixelviz.training.data.non_digits import KINDS, Sources
from pixelviz.training.data.pendigits import PenDigit
from tests.drawings import SEVEN, drawn

PEN_DIGITS = [PenDigit(4, 1, tuple(500 * np.array(stroke) for stroke in strokes_of(4)))]
SOURCES = Sources(
    np.stack([raster.to_grid(drawn(SEVEN))] * 3), PEN_DIGITS, symbols.TRAINING_SYMBOLS
)


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
def test_every_non_digit_is_a_grid_with_ink(make: Callable[[Sources, Generator], Grid]) -> None:
    for seed in range(30):
        grid = make(SOURCES, np.random.default_rng(seed))
        assert grid.shape == (28, 28)
        assert grid.dtype == np.uint8
        assert grid.any()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "shuffled digit"])
def test_non_digits_are_framed_like_digits(kind: str) -> None:
    for seed in range(10):
        grid = KINDS[kind](SOURCES, np.random.default_rng(seed))
        rows, columns = np.nonzero(grid)
        assert max(np.ptp(rows), np.ptp(columns)) + 1 <= framing.FIT_SIDE


def test_a_shuffled_digit_keeps_the_digits_pixel_values() -> None:
    shuffled = KINDS["shuffled digit"](SOURCES, np.random.default_rng(1))
    assert sorted(shuffled.ravel()) == sorted(SOURCES.grids[0].ravel())
    assert not np.array_equal(shuffled, SOURCES.grids[0])


def test_two_digits_are_wider_than_one() -> None:
    one = KINDS["letter or symbol"](
        Sources(SOURCES.grids, PEN_DIGITS, {"four": PEN_DIGITS[0].strokes}),
        np.random.default_rng(1),
    )
    for seed in range(10):
        two = KINDS["two digits"](SOURCES, np.random.default_rng(seed))
        assert np.ptp(np.flatnonzero(two.any(axis=0))) > np.ptp(np.flatnonzero(one.any(axis=0)))


def test_no_symbol_is_both_trained_on_and_held_out() -> None:
    assert not symbols.TRAINING_SYMBOLS.keys() & symbols.HELD_OUT_SYMBOLS.keys()
