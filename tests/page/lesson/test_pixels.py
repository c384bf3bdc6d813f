"""Chapter 1, Pixels, as a person finds it on the page."""

import re

import numpy as np
import pytest

from pixelviz import raster
from pixelviz.arrays import Grid, Ink
from tests.drawings import CROSSED_SEVEN, SCRIBBLE, drawn
from tests.page.conftest import OpenChapter
from tests.page.lesson.chapter import Chapter

DRAWINGS = {"digit": drawn(CROSSED_SEVEN), "scribble": drawn(SCRIBBLE, pen_px=8)}
each_drawing = pytest.mark.parametrize("ink", DRAWINGS.values(), ids=DRAWINGS)


def bits_of(chapter: Chapter) -> Grid:
    """Return the 0s and 1s that the chapter shows."""
    (bits,) = re.findall("<pre class='bits'.*?>(.*?)</pre>", chapter.html)
    lines = [re.sub("</?b>", "", line) for line in bits.split("<br>")]
    return np.array([[int(bit) for bit in line] for line in lines])


@each_drawing
@pytest.mark.parametrize("threshold", [None, 1, 40, 255])
def test_the_0s_and_1s_are_the_digit_cut_at_the_threshold(
    open_chapter: OpenChapter, ink: Ink, threshold: int | None
) -> None:
    chapter = open_chapter("pixels", ink)
    if threshold is not None:
        chapter.page.slider(key="threshold").set_value(threshold).run()
    expected = raster.to_grid(ink) >= (threshold or 128)
    assert np.array_equal(bits_of(chapter), expected)
    assert f"{expected.sum()} are 1, {784 - expected.sum()} are 0." in chapter.text


@each_drawing
def test_the_histogram_counts_every_pixel_of_ink_once(open_chapter: OpenChapter, ink: Ink) -> None:
    chapter = open_chapter("pixels", ink)
    chapter.page.slider(key="threshold").set_value(77).run()
    (chart,) = chapter.charts
    bars, rule = (layer["data"]["values"] for layer in chart["layer"])
    values = raster.to_grid(ink)
    for bar in bars:
        inside = (values >= max(bar["from"], 1)) & (values < bar["to"])
        assert bar["pixels"] == inside.sum()
    assert sum(bar["pixels"] for bar in bars) == np.count_nonzero(values)
    assert rule == [{"threshold": 77}]


@each_drawing
@pytest.mark.parametrize("side", [None, 5, 14, 28])
def test_the_smaller_picture_is_the_drawing_in_fewer_pixels(
    open_chapter: OpenChapter, ink: Ink, side: int | None
) -> None:
    chapter = open_chapter("pixels", ink)
    if side is not None:
        chapter.page.segmented_control(key="small_side").set_value(side).run()
    side = side or 10
    small = raster.shrink(raster.to_grid(ink), side=side)
    black_and_white = chapter.pictures[f"Black and white, {side} × {side}"]
    threshold = 128 if side == 28 else small.max() / 3  # the slider's, which is about all pixels
    assert np.array_equal(black_and_white.pixels > 0, small >= threshold)
    said = "1 begins here at"
    assert (said in chapter.text) is (side < 28)
    if side < 28:
        begin = int(chapter.text.split(said)[1].split(",")[0])
        assert begin == min(small[small >= threshold].min(), begin)
        assert begin > small[small < threshold].max()
    assert black_and_white.caption.startswith(f"{side**2} bits:")
    grey = chapter.pictures[f"Grey, {side} × {side}"]
    assert np.array_equal(grey.pixels, small)
    assert grey.caption.startswith(f"{side**2} integers")
    assert ("class='integers'" in chapter.html) is (side <= 14)


def test_on_an_empty_canvas_the_chapter_uses_an_example(open_chapter: OpenChapter) -> None:
    chapter = open_chapter("pixels", None)
    assert "this is an example" in chapter.text
    assert bits_of(chapter).any()
    assert "this is an example" not in open_chapter("pixels", DRAWINGS["digit"]).text
