import math
import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pixelviz import features, raster, vector
from pixelviz.data.sample_digits import strokes_of
from pixelviz.errors import ArrayError
from pixelviz.model import card, classifier, keras_classifier
from pixelviz.model.classifier import Classifier
from pixelviz.photo import extraction, image_file
from tests.drawings import dark_on_light, drawn
from tests.photographs import CONDITIONS, WHITE, Scene, file_of, photo_of, smaller


@pytest.fixture(scope="module")
def model() -> Classifier:
    cards = {each.name: each for each in card.read(classifier.MODELS).models}
    return keras_classifier.load(cards["convolutional"])


def read(file: bytes, model: Classifier) -> list[int]:
    found = extraction.extract(image_file.decode(file)).digits
    grids = [raster.to_grid(digit.ink) for digit in found]
    return [model.predict(features.rescale(vector.unroll(grid))).digit for grid in grids]


@pytest.mark.parametrize("seed", range(3))
def test_a_picture_of_mnists_size_is_the_grid_itself(seed: int) -> None:
    grid = raster.to_grid(drawn(strokes_of(seed)))
    white_on_black = extraction.as_grid(image_file.decode(file_of(grid)))
    black_on_white = extraction.as_grid(image_file.decode(file_of((255 - grid).astype(np.uint8))))
    assert white_on_black is not None
    assert black_on_white is not None
    assert np.array_equal(white_on_black, grid)
    assert np.array_equal(black_on_white, grid)


def test_a_picture_of_another_size_is_not_a_grid() -> None:
    assert extraction.as_grid(np.zeros((28, 29), np.uint8)) is None


@pytest.mark.parametrize("paper", [1, 90, 200, 254])
def test_a_picture_whose_paper_is_neither_black_nor_white_is_not_a_grid(paper: int) -> None:
    grid = raster.to_grid(drawn(strokes_of(3)))
    on_grey = np.where(grid > 0, grid, paper).astype(np.uint8)
    assert extraction.as_grid(on_grey) is None


def test_every_step_is_returned() -> None:
    grey = image_file.decode(photo_of("7", smaller(CONDITIONS["sheet on wood"]), seed=3))
    steps = extraction.extract(grey)
    assert np.array_equal(steps.grey, grey)
    assert steps.sheet is not None
    assert np.array_equal(steps.sheet.crop(grey), steps.paper)
    shapes = {
        each.shape for each in (steps.paper, steps.illumination, steps.flat, steps.clean, steps.ink)
    }
    assert shapes == {steps.sheet.mask.shape}
    (digit,) = steps.digits
    own = steps.ink[digit.top : digit.top + digit.height, digit.left : digit.left + digit.width]
    assert np.array_equal(own, digit.written)


@pytest.mark.parametrize("name", CONDITIONS)
def test_a_digit_is_read_from_a_photo(name: str, model: Classifier) -> None:
    seed = list(CONDITIONS).index(name)
    for digit in (seed % 10, (seed + 5) % 10):
        file = photo_of(str(digit), smaller(CONDITIONS[name]), seed=seed)
        assert read(file, model) == [digit]


def test_several_digits_are_read_from_left_to_right(model: Classifier) -> None:
    file = photo_of("40725", Scene(high=0.3, size=(1000, 500)), seed=1)
    assert read(file, model) == [4, 0, 7, 2, 5]


def test_lines_of_digits_are_read_from_top_to_bottom(model: Classifier) -> None:
    scene = Scene(high=0.5, size=(800, 260), tilt=0, perspective=0, gradient=0)
    lines = [image_file.decode(photo_of(digits, scene, seed=2)) for digits in ("31", "628")]
    file = file_of(np.concatenate(lines), "JPEG")
    assert read(file, model) == [3, 1, 6, 2, 8]


@pytest.mark.parametrize("light_on_dark", [False, True])
def test_black_on_white_and_white_on_black_give_the_same_ink(light_on_dark: bool) -> None:
    grey = dark_on_light(6)
    steps = extraction.extract((255 - grey).astype(np.uint8) if light_on_dark else grey)
    assert steps.is_light_on_dark == light_on_dark
    grid = raster.to_grid(steps.digits[0].ink).astype(int)
    assert np.abs(grid - raster.to_grid(drawn(strokes_of(6)))).mean() < 6


@pytest.mark.parametrize("scene", [Scene(), Scene(grain=0.06), Scene(table=(0.4, 0.3, 0.2))])
def test_blank_paper_has_no_digits(scene: Scene) -> None:
    blank = photo_of("1", smaller(Scene(**{**vars(scene), "pen": WHITE})), seed=5)
    assert not extraction.extract(image_file.decode(blank)).digits


@pytest.mark.parametrize("shape", [(1, 1), (1, 50), (50, 1), (2, 2), (28, 28), (9, 700)])
@pytest.mark.parametrize("level", [0, 127, 255])
def test_a_picture_of_one_level_has_no_digits(shape: tuple[int, int], level: int) -> None:
    assert not extraction.extract(np.full(shape, level, np.uint8)).digits


@pytest.mark.parametrize(
    "wrong", [np.zeros(5, np.uint8), np.zeros((5, 5)), np.zeros((0, 5), np.uint8)]
)
@pytest.mark.parametrize("step", [extraction.extract, extraction.as_grid])
def test_an_array_that_is_not_a_grey_picture_is_refused(
    step: Callable[[np.ndarray], object], wrong: np.ndarray
) -> None:
    with pytest.raises(ArrayError, match="Expected a grey picture"):
        step(wrong)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.tuples(st.integers(1, 60), st.integers(1, 60)),
    st.integers(0, 2**32 - 1),
    st.sampled_from([2, 3, 16, 256]),
)
def test_any_picture_can_be_extracted_from(shape: tuple[int, int], seed: int, levels: int) -> None:
    random = np.random.default_rng(seed)
    grey = (random.integers(0, levels, shape) * (255 // (levels - 1))).astype(np.uint8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extraction, "LONGEST_SIDE_PX_MIN", 150)  # quicker than 500
        extracted = extraction.extract(grey)
    for digit in extracted.digits:
        assert digit.written.any()
        assert raster.to_grid(digit.ink).any()


def test_the_largest_picture_takes_less_than_100_mb() -> None:
    side = math.isqrt(image_file.PIXELS_MAX)
    scene = replace(CONDITIONS["squared paper"], size=(side, side))
    grey = image_file.decode(photo_of("4", scene, seed=1))
    assert grey.shape == (side, side)
    tracemalloc.start()
    try:
        assert extraction.extract(grey).digits
        assert tracemalloc.get_traced_memory()[1] < 100 * 2**20
    finally:
        tracemalloc.stop()
