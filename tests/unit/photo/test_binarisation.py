import numpy as np
import pytest

from pixelviz.photo import binarisation, morphology
from tests.drawings import all_paper, written_page


@pytest.mark.parametrize("pen_px", [4, 14, 40])
def test_ink_is_what_covers_less_of_the_paper(pen_px: int) -> None:
    page = written_page(pen_px=pen_px)
    negative = (255 - page).astype(np.uint8)
    assert not binarisation.is_light_on_dark(page, all_paper(page))
    assert binarisation.is_light_on_dark(negative, all_paper(page))


@pytest.mark.parametrize("level", [0, 60, 180])
def test_ink_of_any_darkness_becomes_full_ink(level: int) -> None:
    page = written_page(level=level)
    ink = binarisation.to_ink(page)
    inside_strokes = morphology.erosion(page < 250, 3)
    assert inside_strokes.any()
    assert (ink[inside_strokes] == 255).all()
    assert not ink[~morphology.dilation(page < 250, 3)].any()


def test_a_faint_component_beside_dark_ink_is_dropped() -> None:
    page = written_page(level=60)
    page[40:80, 40:80] = 150  # more than LOW, less than CORE of the ink's darkness
    assert not binarisation.to_ink(page)[:100, :100].any()
    page[40:80, 40:80] = 60
    assert binarisation.to_ink(page)[:100, :100].any()


def test_noise_is_not_ink() -> None:
    noise = np.random.default_rng(1).normal(200, 4, (300, 400))
    assert not binarisation.to_ink(np.clip(noise, 0, 255).astype(np.uint8)).any()
