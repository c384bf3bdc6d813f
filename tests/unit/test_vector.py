import numpy as np
import pytest

from pixelviz import vector
from pixelviz.arrays import LENGTH, SIDE
from pixelviz.errors import ArrayError


@pytest.fixture
def grid() -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (SIDE, SIDE), dtype=np.uint8)


def test_rolling_undoes_unrolling(grid: np.ndarray) -> None:
    assert np.array_equal(vector.roll(vector.unroll(grid)), grid)


def test_each_pixel_becomes_the_feature_at_28_times_row_plus_column(grid: np.ndarray) -> None:
    unrolled = vector.unroll(grid)
    for row in range(SIDE):
        for column in range(SIDE):
            assert unrolled[SIDE * row + column] == grid[row, column]


def test_column_by_column_is_the_transposed_grid_row_by_row(grid: np.ndarray) -> None:
    by_columns = vector.unroll_by_columns(grid)
    assert np.array_equal(by_columns, vector.unroll(grid.T.copy()))
    for row, column in [(0, 0), (14, 9), (9, 14), (27, 0), (27, 27)]:
        assert by_columns[SIDE * column + row] == grid[row, column]


def test_row_by_row_and_column_by_column_have_the_same_numbers(grid: np.ndarray) -> None:
    by_rows, by_columns = vector.unroll(grid), vector.unroll_by_columns(grid)
    assert np.array_equal(np.sort(by_rows), np.sort(by_columns))
    assert not np.array_equal(by_rows, by_columns)


def test_each_index_has_its_row_and_column() -> None:
    for index in range(LENGTH):
        row, column = vector.place_of(index)
        assert SIDE * row + column == index
        assert np.array_equal((row, column), np.unravel_index(index, (SIDE, SIDE)))


def test_unrolling_and_rolling_make_copies(grid: np.ndarray) -> None:
    before = grid.copy()
    vector.unroll(grid)[:] = 0
    vector.unroll_by_columns(grid)[:] = 0
    vector.roll(vector.unroll(grid))[:] = 0
    assert np.array_equal(grid, before)


@pytest.mark.parametrize("wrong", [np.zeros((28, 27), np.uint8), np.zeros((28, 28), np.int64)])
def test_an_array_that_is_not_a_grid_is_refused(wrong: np.ndarray) -> None:
    for unroll in (vector.unroll, vector.unroll_by_columns):
        with pytest.raises(ArrayError, match=r"Expected a grid of shape \(28, 28\)"):
            unroll(wrong)


def test_an_array_that_is_not_a_vector_is_refused() -> None:
    with pytest.raises(ArrayError, match=r"Expected a vector of shape \(784,\)"):
        vector.roll(np.zeros((1, LENGTH), np.uint8))


@pytest.mark.parametrize("index", [-1, 784])
def test_an_index_outside_the_vector_is_refused(index: int) -> None:
    with pytest.raises(ArrayError, match="from 0 to 783"):
        vector.place_of(index)
