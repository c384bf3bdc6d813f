import numpy as np
import pytest

from pixelviz import levels
from pixelviz.arrays import Grid
from pixelviz.errors import ArrayError
from tests.grids import NOT_GRIDS

EVERY_VALUE = np.resize(np.arange(256), (28, 28)).astype(np.uint8)


@pytest.mark.parametrize("bits", levels.BITS)
def test_each_pixel_is_rounded_to_the_nearest_of_evenly_spaced_levels(bits: int) -> None:
    evenly = np.linspace(0, 255, 2**bits)
    distances = np.abs(EVERY_VALUE[..., np.newaxis] - evenly)
    assert np.array_equal(levels.quantise(EVERY_VALUE, bits=bits), evenly[distances.argmin(-1)])


@pytest.mark.parametrize("bits", levels.BITS)
def test_all_levels_occur_and_0_and_255_do_not_change(bits: int) -> None:
    quantised = levels.quantise(EVERY_VALUE, bits=bits)
    assert len(np.unique(quantised)) == 2**bits
    assert (quantised[EVERY_VALUE == 0] == 0).all()
    assert (quantised[EVERY_VALUE == 255] == 255).all()


@pytest.mark.parametrize("bits", levels.BITS)
def test_quantising_twice_changes_nothing_more(bits: int) -> None:
    quantised = levels.quantise(EVERY_VALUE, bits=bits)
    assert np.array_equal(levels.quantise(quantised, bits=bits), quantised)


def test_eight_bits_change_nothing() -> None:
    assert np.array_equal(levels.quantise(EVERY_VALUE, bits=8), EVERY_VALUE)


def test_one_bit_is_black_and_white_at_128() -> None:
    bits = levels.black_and_white(EVERY_VALUE, threshold=128)
    assert np.array_equal(levels.quantise(EVERY_VALUE, bits=1), bits * 255)


@pytest.mark.parametrize("threshold", [1, 2, 128, 254, 255])
def test_a_pixel_is_1_if_it_reaches_the_threshold(threshold: int) -> None:
    bits = levels.black_and_white(EVERY_VALUE, threshold=threshold)
    for value in range(256):
        assert set(bits[value == EVERY_VALUE]) == {int(value >= threshold)}


def test_the_grid_is_not_changed() -> None:
    before = EVERY_VALUE.copy()
    for bits in levels.BITS:
        levels.quantise(EVERY_VALUE, bits=bits)[:] = 7
    levels.black_and_white(EVERY_VALUE, threshold=9)[:] = 7
    assert np.array_equal(EVERY_VALUE, before)


@pytest.mark.parametrize("threshold", [-1, 0, 256])
def test_a_threshold_outside_1_to_255_is_refused(threshold: int) -> None:
    with pytest.raises(ArrayError, match="Expected a threshold from 1 to 255"):
        levels.black_and_white(EVERY_VALUE, threshold=threshold)


@pytest.mark.parametrize("bits", [-1, 0, 3, 16])
def test_other_numbers_of_bits_are_refused(bits: int) -> None:
    with pytest.raises(ArrayError, match="Expected 1, 2, 4 or 8 bits"):
        levels.quantise(EVERY_VALUE, bits=bits)


@pytest.mark.parametrize("wrong", NOT_GRIDS)
def test_an_array_that_is_not_a_grid_is_refused(wrong: Grid) -> None:
    with pytest.raises(ArrayError, match="Expected a grid of shape"):
        levels.quantise(wrong, bits=2)
    with pytest.raises(ArrayError, match="Expected a grid of shape"):
        levels.black_and_white(wrong, threshold=9)
