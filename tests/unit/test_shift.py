import numpy as np
import pytest

from pixelviz.errors import ArrayError
from pixelviz.shift import shift

GRID = np.random.default_rng(1).integers(1, 256, (28, 28)).astype(np.uint8)


@pytest.mark.parametrize("rows", [-28, -27, -3, 0, 1, 8, 27, 28, 400])
@pytest.mark.parametrize("columns", [-5, 0, 27, 28])
def test_each_pixel_moves_and_empty_paper_fills_the_gap(rows: int, columns: int) -> None:
    expected = np.zeros((28, 28), np.uint8)
    for row, column in np.ndindex(28, 28):
        if 0 <= row + rows < 28 and 0 <= column + columns < 28:
            expected[row + rows, column + columns] = GRID[row, column]
    assert np.array_equal(shift(GRID, rows=rows, columns=columns), expected)


def test_shifting_back_restores_all_but_what_was_lost_over_the_edge() -> None:
    back = shift(shift(GRID, rows=4, columns=-2), rows=-4, columns=2)
    assert np.array_equal(back[:24, 2:], GRID[:24, 2:])
    assert not back[24:].any()
    assert not back[:, :2].any()


def test_the_grid_is_not_changed() -> None:
    before = GRID.copy()
    shift(GRID, rows=0, columns=0)[:] = 0
    assert np.array_equal(GRID, before)


@pytest.mark.parametrize("wrong", [np.zeros(784, np.uint8), np.zeros((28, 28))])
def test_an_array_that_is_not_a_grid_is_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ArrayError, match="Expected a grid"):
        shift(wrong, rows=1, columns=1)
