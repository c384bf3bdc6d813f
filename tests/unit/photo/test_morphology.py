from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pixelviz.arrays import Mask
from pixelviz.photo import morphology

GREY = np.random.default_rng(1).integers(0, 256, (17, 23), dtype=np.uint8)
MASK = np.random.default_rng(2).random((17, 23)) < 0.5


def disc(side: int, radius: float) -> Mask:
    """Return a disc in the middle of a square mask."""
    rows, columns = np.indices((side, side)) - (side - 1) / 2
    return np.asarray(np.hypot(rows, columns) <= radius)


@pytest.mark.parametrize("radius", [0, 1, 2, 3, 4, 5, 30])
@pytest.mark.parametrize("axes", [(0, 1), (0,), (1,)])
def test_dilation_and_erosion_take_the_largest_and_smallest_neighbour(
    radius: int, axes: tuple[int, ...]
) -> None:
    pictures: list[Any] = [GREY, MASK]
    for picture in pictures:
        dilated = morphology.dilation(picture, radius, axes=axes)
        eroded = morphology.erosion(picture, radius, axes=axes)
        down, across = (radius if axis in axes else 0 for axis in (0, 1))
        for row, column in np.ndindex(picture.shape):
            neighbours = picture[
                max(row - down, 0) : row + down + 1, max(column - across, 0) : column + across + 1
            ]
            assert dilated[row, column] == neighbours.max()
            assert eroded[row, column] == neighbours.min()


def test_dilation_with_a_disc_takes_the_largest_value_within_its_radius() -> None:
    picture = np.pad(GREY, 4)
    dilated = morphology.dilation_with_disc(picture, 3.2)
    rows, columns = np.indices(picture.shape)
    for row, column in np.ndindex(picture.shape):
        distance = np.hypot(rows - row, columns - column)
        assert picture[distance <= 2.7].max() <= dilated[row, column]
        assert dilated[row, column] <= picture[distance <= 4].max()


def test_closing_fills_dark_lines_and_opening_removes_bright_ones() -> None:
    bars = np.zeros((20, 40), np.uint8)
    bars[:, 5:9] = bars[:, 20:25] = 200  # 4 and 5 wide
    without_the_narrow_one = bars.copy()
    without_the_narrow_one[:, 5:9] = 0
    assert np.array_equal(morphology.opening(bars, 2), without_the_narrow_one)
    assert np.array_equal(morphology.closing(255 - bars, 2), 255 - without_the_narrow_one)


def test_only_what_is_closed_all_around_is_a_hole() -> None:
    ring = disc(21, 9) & ~disc(21, 5)
    assert np.array_equal(morphology.fill_holes(ring), disc(21, 9))
    ring[10] = False
    assert np.array_equal(morphology.fill_holes(ring), ring)


def test_a_convex_shape_is_its_own_hull() -> None:
    for shape in (disc(41, 15), np.ones((5, 9), np.bool_), disc(41, 0.5)):
        hull = morphology.convex_hull(shape)
        assert not (shape & ~hull).any()
        assert not (hull & ~morphology.dilation(shape, 1)).any()


def test_a_bite_out_of_a_disc_belongs_to_its_hull() -> None:
    bitten = disc(41, 15)
    bitten[20:, 18:22] = False
    hull = morphology.convex_hull(bitten)
    assert (hull & disc(41, 15)).sum() > 0.98 * disc(41, 15).sum()
    assert not (hull & ~disc(41, 16)).any()


def test_the_hull_of_three_points_is_their_triangle() -> None:
    corners = [(3, 2), (30, 11), (8, 25)]
    mask = np.zeros((28, 33), np.bool_)
    for column, row in corners:
        mask[row, column] = True
    image = Image.new("1", (33, 28))
    ImageDraw.Draw(image).polygon(corners, fill=1, outline=1)
    assert np.array_equal(morphology.convex_hull(mask), np.asarray(image))
