"""Chapter 2, Grey levels, as a person finds it on the page."""

import numpy as np
import pytest

from pixelviz import raster
from pixelviz.arrays import Ink
from pixelviz.model.classifier import Prediction
from tests.drawings import CROSSED_SEVEN, SCRIBBLE, drawn
from tests.page.conftest import OpenChapter
from tests.page.lesson.chapter import expected_said

DRAWINGS = {"digit": drawn(CROSSED_SEVEN), "scribble": drawn(SCRIBBLE, pen_px=8)}
each_drawing = pytest.mark.parametrize("ink", DRAWINGS.values(), ids=DRAWINGS)
TITLES = {1: "1 bit", 2: "2 bits", 4: "4 bits", 8: "8 bits"}


@each_drawing
def test_each_picture_has_as_many_levels_as_its_bits_allow(
    open_chapter: OpenChapter, ink: Ink
) -> None:
    pictures = open_chapter("grey-levels", ink).pictures
    assert list(pictures) == list(TITLES.values())
    grid = raster.to_grid(ink)
    for bits, title in TITLES.items():
        pixels, caption = pictures[title]
        evenly = np.linspace(0, 255, 2**bits)
        nearest = evenly[np.abs(grid[..., np.newaxis] - evenly).argmin(-1)]
        assert np.array_equal(pixels, nearest)
        occur = len(set(nearest.flat))
        assert f"{occur} of {2**bits} values occur" in caption
        assert f"784 × {bits} = {784 * bits:,} bits" in caption
        listed = caption.split("occur: ")[1].split(", ")
        values = [str(int(level)) for level in sorted(set(nearest.flat))]
        assert listed == (values if occur <= 16 else [*values[:4], "…", *values[-4:]])


@each_drawing
def test_the_table_says_what_each_model_reads_in_each_picture(
    open_chapter: OpenChapter, ink: Ink
) -> None:
    chapter = open_chapter("grey-levels", ink)
    head, *rows = chapter.tables[0]
    assert head == ["", *TITLES.values()]
    assert rows == expected_said([chapter.pictures[title].pixels for title in TITLES.values()])


def test_a_model_that_is_not_sure_says_so(
    open_chapter: OpenChapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Prediction, "is_sure", property(lambda self: self.digit != 7))
    rows = open_chapter("grey-levels", DRAWINGS["digit"]).tables[0][1:]
    assert all(cell.startswith("not sure") for row in rows for cell in row[1:])


def test_on_an_empty_canvas_the_chapter_uses_an_example(open_chapter: OpenChapter) -> None:
    chapter = open_chapter("grey-levels", None)
    assert "this is an example" in chapter.text
    assert all(picture.pixels.any() for picture in chapter.pictures.values())
    assert [row[-1][0] for row in chapter.tables[0][1:]] == ["7", "7", "7"]


def test_one_click_shows_a_digit_for_which_one_bit_is_too_little(
    open_chapter: OpenChapter,
) -> None:
    chapter = open_chapter("grey-levels", DRAWINGS["digit"])
    chapter.page.button(key="thin_pen").click().run()
    softmax, _, convolutional = chapter.tables[0][1:]
    assert "7" not in softmax[1]
    assert softmax[4].startswith("not sure: probably 7")
    assert "7" not in convolutional[1]
    assert convolutional[4].startswith("7 ")
