import numpy as np
import pytest

from pixelviz.worksheet.kinds import KINDS

EVERY_VALUE = np.resize(np.arange(256), (28, 28)).astype(np.uint8)


def test_a_value_becomes_the_level_of_its_shade_and_the_ink_of_it() -> None:
    kind = KINDS["integers"]
    levels = kind.levels_of(EVERY_VALUE)
    for value, level in zip(EVERY_VALUE.flat, levels.flat, strict=True):
        assert kind.shades[level] == kind.shade_of(int(value))
    assert kind.values == (0, 51, 107, 171, 255)
    assert np.array_equal(np.unique(kind.grid_of(levels)), kind.values)
    assert np.array_equal(kind.levels_of(kind.grid_of(levels)), levels)


@pytest.mark.parametrize(("kind", "values"), [("bits", (0, 1)), ("four-greys", (0, 1, 2, 3))])
def test_a_cell_of_a_smaller_picture_becomes_four_pixels(
    kind: str, values: tuple[int, ...]
) -> None:
    which = KINDS[kind]
    assert which.values == values
    levels = np.resize(np.arange(len(values)), (14, 14)).astype(np.uint8)
    grid = which.grid_of(levels)
    assert grid.shape == (28, 28)
    assert grid.max() == 255
    assert np.array_equal(which.levels_of(grid), levels)
    for row, column in ((0, 0), (1, 0), (0, 1), (1, 1)):
        assert np.array_equal(grid[row::2, column::2], grid[::2, ::2])
