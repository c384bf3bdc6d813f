import numpy as np
import pytest

from pixelviz import framing, raster
from pixelviz.arrays import Grid, Ink
from pixelviz.data.mnist import Mnist
from pixelviz.errors import ArrayError
from tests import mnist_sample
from tests.drawings import CROSSED_SEVEN, SEVEN, drawn, paper

# By number among all 70,000, training images first. In all but 19,841 the longest side is 19, which
# framing enlarges to 20; number 19,841 is one pixel higher than its centre of mass requires.
NOT_FRAMED_BY_THE_RULE = [
    908, 4928, 10548, 19841, 23292, 32456, 32681, 34032, 34118, 38144, 38556, 54494, 56052, 58565,
    64530, 69300, 69302,
]  # fmt: skip


def extent(grid: Grid) -> tuple[int, int]:
    """Return the rows and columns of the ink's bounding box."""
    rows, columns = np.flatnonzero(grid.any(axis=1)), np.flatnonzero(grid.any(axis=0))
    return int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1


def centre(grid: Grid) -> tuple[float, float]:
    """Return the grid's centre of mass, as a weighted average of indices."""
    rows, columns = np.indices(grid.shape)
    return float(np.average(rows, weights=grid)), float(np.average(columns, weights=grid))


def at(ink: Ink, top: int, left: int) -> Ink:
    """Return ink at a position on paper of 280×280."""
    page = paper()
    page[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return page


# As drawn


def test_as_drawn_each_pixel_is_the_mean_of_its_block() -> None:
    ink = np.random.default_rng(1).integers(0, 256, (280, 280), dtype=np.uint8)
    means = ink.reshape(28, 10, 28, 10).mean(axis=(1, 3))
    assert np.array_equal(raster.as_drawn(ink), np.floor(means + 0.5))


def test_as_drawn_a_grid_does_not_change() -> None:
    ink = np.random.default_rng(2).integers(0, 256, (28, 28), dtype=np.uint8)
    assert np.array_equal(raster.to_grid(ink, framing="drawn"), ink)


def test_as_drawn_a_size_not_divisible_by_28_keeps_its_average() -> None:
    ink = np.random.default_rng(3).integers(0, 256, (99, 99), dtype=np.uint8)
    assert raster.as_drawn(ink).mean() == pytest.approx(ink.mean(), abs=0.05)


def test_as_drawn_paper_that_is_not_square_is_padded() -> None:
    wide = np.full((140, 280), 255, np.uint8)
    grid = raster.as_drawn(wide)
    assert extent(grid) == (14, 28)
    assert not grid[:7].any()
    assert not grid[21:].any()


# Framed like MNIST


def test_framing_does_not_change_mnist_images(digits: Mnist) -> None:
    images = np.concatenate([digits.x_train, digits.x_test])
    changed = [
        number
        for number, image in enumerate(images)
        if not np.array_equal(raster.to_grid(image), image)
    ]
    numbers = mnist_sample.numbers()
    assert numbers[changed].tolist() == NOT_FRAMED_BY_THE_RULE
    for place in changed:
        assert numbers[place] == 19841 or max(extent(images[place])) == 19


def test_framing_recovers_an_mnist_digit_that_was_enlarged_and_moved(digits: Mnist) -> None:
    rng = np.random.default_rng(4)
    for image in digits.x_test[:300]:
        times = int(rng.integers(1, 10))
        large = image.repeat(times, axis=0).repeat(times, axis=1)
        top, left = rng.integers(0, 280 - 28 * times + 1, 2)
        assert np.array_equal(raster.to_grid(at(large, top, left)), image)


def test_a_small_digit_in_a_corner_ends_up_centred_and_large() -> None:
    small = drawn(SEVEN)[::4, ::4]
    grid = raster.to_grid(at(small, 0, 0))
    assert max(extent(grid)) == 20
    assert centre(grid) == pytest.approx((14, 14), abs=0.5)


def test_framing_does_not_depend_on_where_the_digit_was_drawn() -> None:
    small = drawn(CROSSED_SEVEN)[::3, ::3]
    grids = [raster.to_grid(at(small, top, left)) for top, left in [(0, 0), (186, 3), (90, 186)]]
    assert np.array_equal(grids[0], grids[1])
    assert np.array_equal(grids[0], grids[2])


def test_ink_that_fills_the_paper_becomes_a_square_of_20_pixels() -> None:
    grid = raster.to_grid(np.full((280, 280), 255, np.uint8))
    assert extent(grid) == (20, 20)
    assert grid.sum() == 20 * 20 * 255


def test_a_digit_that_touches_the_border_is_framed_like_one_that_does_not() -> None:
    ink = drawn((((0.0, 0.0), (0.5, 0.6)),))
    moved = paper()
    moved[60:, 60:] = ink[:220, :220]
    assert np.array_equal(raster.to_grid(ink), raster.to_grid(moved))


def test_a_single_dot_becomes_as_large_as_any_digit() -> None:
    dot = paper()
    dot[200, 31] = 255
    assert extent(raster.to_grid(dot)) == (20, 20)


@pytest.mark.parametrize("axis", [0, 1])
def test_a_line_of_one_pixel_keeps_its_full_ink(axis: int) -> None:
    line = paper()
    line[40:240, 100] = 255
    grid = raster.to_grid(line if axis == 0 else line.T)
    assert sorted(extent(grid)) == [1, 20]
    assert set(np.unique(grid)) == {0, 255}


def test_a_lopsided_digit_is_not_shifted_out_of_the_grid() -> None:
    foot = paper()
    foot[20:260, 20:22] = 3
    foot[240:260, 20:260] = 255
    frame = framing.frame_like_mnist(foot)
    assert frame is not None
    assert frame.grid.sum() == frame.fitted.sum()


def test_without_ink_there_is_no_frame_and_the_grid_is_empty() -> None:
    assert framing.frame_like_mnist(paper()) is None
    assert raster.is_empty(raster.to_grid(paper()))
    assert raster.is_empty(raster.to_grid(paper(), framing="drawn"))
    assert not raster.is_empty(raster.to_grid(drawn(SEVEN)))


def test_the_faintest_ink_is_still_ink() -> None:
    faint = paper()
    faint[10:210, 10:12] = 1
    assert not raster.is_empty(raster.to_grid(faint))


def test_the_frame_has_each_step() -> None:
    ink = drawn(CROSSED_SEVEN)
    frame = framing.frame_like_mnist(ink)
    assert frame is not None
    height, width = frame.crop.shape
    assert np.array_equal(ink[frame.top : frame.top + height, frame.left :][:, :width], frame.crop)
    assert ink.sum() == frame.crop.sum()
    assert max(frame.fitted.shape) == framing.FIT_SIDE
    assert frame.centre == pytest.approx(centre(frame.fitted))
    (top, left), (height, width) = frame.offset, frame.fitted.shape
    assert np.array_equal(frame.grid[top : top + height, left : left + width], frame.fitted)


def test_the_ink_is_not_changed() -> None:
    ink = drawn(SEVEN)
    before = ink.copy()
    raster.to_grid(ink)
    raster.to_grid(ink, framing="drawn")
    assert np.array_equal(ink, before)


@pytest.mark.parametrize(
    "ink",
    [np.zeros((28, 28, 4), np.uint8), np.zeros((28, 28)), np.zeros((0, 5), np.uint8)],
)
@pytest.mark.parametrize("framing", ["mnist", "drawn"])
def test_an_array_that_is_not_ink_is_refused(ink: Ink, framing: raster.Framing) -> None:
    with pytest.raises(ArrayError, match="Expected ink of shape"):
        raster.to_grid(ink, framing=framing)


# Smaller pictures


@pytest.mark.parametrize("side", [1, 2, 4, 7, 14, 28])
def test_each_pixel_of_a_smaller_picture_is_the_average_of_its_block(side: int) -> None:
    grid = raster.to_grid(drawn(CROSSED_SEVEN))
    block = 28 // side
    averages = grid.reshape(side, block, side, block).mean(axis=(1, 3))
    assert np.array_equal(raster.shrink(grid, side=side), np.floor(averages + 0.5))


@pytest.mark.parametrize("side", range(1, 29))
def test_a_shrunken_picture_keeps_its_share_of_ink(side: int) -> None:
    grid = raster.to_grid(drawn(CROSSED_SEVEN))
    small = raster.shrink(grid, side=side)
    assert small.shape == (side, side)
    assert small.mean() == pytest.approx(grid.mean(), abs=0.5)


@pytest.mark.parametrize("side", [0, -3])
def test_a_picture_without_pixels_is_refused(side: int) -> None:
    with pytest.raises(ArrayError, match="Expected a side of at least 1 pixel"):
        raster.shrink(raster.to_grid(drawn(SEVEN)), side=side)


@pytest.mark.parametrize("ink", [np.zeros((28, 28)), np.zeros((28, 28, 4), np.uint8)])
def test_an_array_that_is_not_ink_is_not_shrunk(ink: Ink) -> None:
    with pytest.raises(ArrayError, match="Expected a grid"):
        raster.shrink(ink, side=5)
