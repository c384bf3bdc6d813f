import zlib

import numpy as np
import pytest

from pixelviz.raster import to_grid
from pixelviz.worksheet import data_code
from pixelviz.worksheet.data_code import SIZES, Size
from pixelviz.worksheet.kinds import KINDS
from tests import mnist_sample
from tests.drawings import SEVEN, drawn

RANDOM = np.random.default_rng(8)
GRIDS = {
    "nothing": np.zeros((28, 28), np.uint8),
    "a seven": to_grid(drawn(SEVEN)),
    "noise": RANDOM.integers(0, 256, (28, 28), dtype=np.uint8),
    "all ink": np.full((28, 28), 255, np.uint8),
}


def size_of(squares: np.ndarray) -> Size:
    (size,) = (size for size in SIZES if squares.shape == (size.rows, size.columns))
    return size


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", GRIDS)
def test_the_squares_say_the_kind_and_the_levels(kind: str, name: str) -> None:
    levels = KINDS[kind].levels_of(GRIDS[name])
    squares = data_code.encode(KINDS[kind], levels)
    said = data_code.decode(squares, size_of(squares))
    assert said is not None
    assert said[0] is KINDS[kind]
    assert np.array_equal(said[1], levels)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", GRIDS)
def test_about_half_of_the_squares_are_black(kind: str, name: str) -> None:
    squares = data_code.encode(KINDS[kind], KINDS[kind].levels_of(GRIDS[name]))
    assert 0.4 < squares.mean() < 0.6


@pytest.mark.parametrize("kind", KINDS)
def test_a_blot_on_a_fortieth_of_the_squares_does_no_harm(kind: str) -> None:
    levels = KINDS[kind].levels_of(GRIDS["a seven"])
    squares = data_code.encode(KINDS[kind], levels)
    rows, columns = squares.shape
    for left in range(0, columns, 9):
        blotted = squares.copy()
        blotted[: rows // 2 + 1, left : left + columns // 20] = True
        said = data_code.decode(blotted, size_of(squares))
        assert said is not None
        assert np.array_equal(said[1], levels)


@pytest.mark.parametrize("size", SIZES)
def test_squares_that_say_nothing_are_refused(size: Size) -> None:
    for seed in range(10):
        noise = np.random.default_rng(seed).random((size.rows, size.columns)) < 0.5
        assert data_code.decode(noise, size) is None
    for alike in (np.zeros, np.ones):
        assert data_code.decode(alike((size.rows, size.columns), np.bool_), size) is None


def test_squares_with_another_checksum_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = KINDS["bits"]
    monkeypatch.setattr(zlib, "crc32", lambda _: 0)
    squares = data_code.encode(kind, kind.levels_of(GRIDS["a seven"]))
    monkeypatch.undo()
    assert data_code.decode(squares, size_of(squares)) is None


def test_squares_are_at_least_1_2_mm_wide() -> None:
    for size in SIZES:
        side = data_code.side_pt((size.rows, size.columns))
        assert side / 72 * 25.4 >= 1.2
        assert size.rows * side <= 65
        assert 8 * (size.data_bytes + size.check_bytes) <= size.rows * size.columns


def test_most_digits_have_squares_of_at_least_1_5_mm() -> None:
    kind = KINDS["integers"]
    shapes = [
        data_code.encode(kind, kind.levels_of(grid)).shape
        for grid in mnist_sample.load().x_test[:200]
    ]
    assert np.mean([data_code.side_pt(shape) / 72 * 25.4 >= 1.5 for shape in shapes]) > 0.95
