import io

import numpy as np
import pytest
from PIL import Image

from pixelviz.arrays import Grid
from pixelviz.errors import ArrayError
from pixelviz.formats import png_file
from tests.grids import LINES, NOT_GRIDS


def test_the_png_has_the_values_of_the_drawing(grid: Grid) -> None:
    with Image.open(io.BytesIO(png_file.encode(grid))) as image:
        assert image.mode == "L"
        assert np.array_equal(np.asarray(image), grid)


@pytest.mark.parametrize("pixel_px", [2, 20, 100])
def test_an_enlarged_png_shows_each_pixel_as_a_square_of_its_value(pixel_px: int) -> None:
    with Image.open(io.BytesIO(png_file.encode(LINES, pixel_px=pixel_px))) as image:
        enlarged = np.asarray(image)
    square = np.ones((pixel_px, pixel_px), np.uint8)
    assert np.array_equal(enlarged, np.kron(LINES, square))


@pytest.mark.parametrize("pixel_px", [-1, 0, 101])
def test_a_pixel_size_outside_1_to_100_is_refused(pixel_px: int) -> None:
    with pytest.raises(ArrayError, match="Expected pixels of 1 to 100"):
        png_file.encode(LINES, pixel_px=pixel_px)


@pytest.mark.parametrize("wrong", NOT_GRIDS)
def test_an_array_that_is_not_a_grid_is_refused(wrong: Grid) -> None:
    with pytest.raises(ArrayError, match="Expected a grid of shape"):
        png_file.encode(wrong)


def test_the_drawing_is_not_changed() -> None:
    before = LINES.copy()
    png_file.encode(LINES, pixel_px=3)
    assert np.array_equal(LINES, before)
