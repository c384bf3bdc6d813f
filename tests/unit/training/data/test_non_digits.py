from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.random import Generator

from pixelviz import framing, raster
from pixelviz.arrays import Grid
from pixelviz.training.data import symbols, unipen
from pixelviz.training.data.cross_validation import CONTRIBUTORS
from pixelviz.training.data.non_digits import KINDS, Sources
from pixelviz.training.data.pen_characters import PenCharacter
from tests.drawings import SEVEN, drawn
from tests.unit.training.handwritten import written

SOURCES = Sources(
    np.stack([raster.to_grid(drawn(SEVEN))] * 3),
    [written("4")],
    {contributor: [written("A")] for contributor in CONTRIBUTORS},
    symbols.TRAINING_SYMBOLS,
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
        replace(SOURCES, symbols={"four": SOURCES.pen_digits[0].strokes}),
        np.random.default_rng(1),
    )
    for seed in range(10):
        two = KINDS["two digits"](SOURCES, np.random.default_rng(seed))
        assert np.ptp(np.flatnonzero(two.any(axis=0))) > np.ptp(np.flatnonzero(one.any(axis=0)))


def test_no_symbol_is_both_trained_on_and_held_out() -> None:
    kept = symbols.HELD_OUT_SYMBOLS | symbols.OTHER_SCRIPTS
    assert not symbols.TRAINING_SYMBOLS.keys() & kept.keys()
    assert not unipen.LOOK_LIKE_NO_DIGIT & unipen.NEVER_TRAINED_ON
    assert not unipen.LOOK_LIKE_NO_DIGIT & symbols.HELD_OUT_SYMBOLS.keys()
    assert not symbols.TRAINING_SYMBOLS.keys() & unipen.NEVER_TRAINED_ON


def test_a_letter_is_one_of_its_contributors() -> None:
    line = written("1").strokes
    one = [PenCharacter("F", "gmd", "ann", line)]
    sources = replace(SOURCES, letters_and_signs={**SOURCES.letters_and_signs, "gmd": one})
    narrow, wide = (
        np.ptp(np.flatnonzero(KINDS[kind](sources, np.random.default_rng(2)).any(axis=0)))
        for kind in ("letter or sign, gmd", "letter or sign, syn")
    )
    assert narrow < wide
