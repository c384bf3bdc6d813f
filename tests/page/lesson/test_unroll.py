"""Chapter 5, Unroll, as a person finds it on the page."""

import base64
import io
import re
from typing import Any

import numpy as np
import pytest
from PIL import Image

from pixelviz import raster
from pixelviz.arrays import Ink, Vector
from pixelviz.vector import place_of, unroll, unroll_by_columns
from tests.drawings import CROSSED_SEVEN, SCRIBBLE, drawn
from tests.page.conftest import OpenChapter
from tests.page.lesson.chapter import Chapter, component_data

DRAWINGS = {"digit": drawn(CROSSED_SEVEN), "scribble": drawn(SCRIBBLE, pen_px=8)}
each_drawing = pytest.mark.parametrize("ink", DRAWINGS.values(), ids=DRAWINGS)


def sent(chapter: Chapter) -> dict[str, Any]:
    """Return what the sliding lines are made from."""
    return component_data(chapter.page, "unroll")


def strips(chapter: Chapter) -> dict[str, Vector]:
    """Return the vectors that are shown as strips, by their captions."""
    found = re.findall(
        r"<figure class='tape'><figcaption>(.*?)</figcaption>"
        r"<img src='data:image/png;base64,([^']*)'",
        chapter.html,
    )
    return {
        title: np.asarray(Image.open(io.BytesIO(base64.b64decode(png))))[0] for title, png in found
    }


def answer(chapter: Chapter, row: int, column: int) -> None:
    chapter.page.number_input(key="quiz_row").set_value(row)
    chapter.page.number_input(key="quiz_column").set_value(column).run()


@each_drawing
def test_what_slides_into_the_strip_is_the_drawing(open_chapter: OpenChapter, ink: Ink) -> None:
    data = sent(open_chapter("unroll", ink))
    assert base64.b64decode(data["pixels"]) == raster.to_grid(ink).tobytes()
    assert data["order"] == "rows"


@pytest.mark.parametrize(("chosen", "order"), [("columns", "columns"), ("rows", "rows")])
def test_the_switch_chooses_rows_or_columns(
    open_chapter: OpenChapter, chosen: str, order: str
) -> None:
    chapter = open_chapter("unroll", DRAWINGS["digit"])
    chapter.page.segmented_control(key="order").set_value(chosen).run()
    assert sent(chapter)["order"] == order


@each_drawing
def test_two_strips_hold_the_same_numbers_in_two_orders(
    open_chapter: OpenChapter, ink: Ink
) -> None:
    chapter = open_chapter("unroll", ink)
    grid = raster.to_grid(ink)
    shown = strips(chapter)
    assert np.array_equal(shown["Row by row"], unroll(grid))
    assert np.array_equal(shown["Column by column"], unroll_by_columns(grid))
    differing = sum(a != b for a, b in zip(unroll(grid), unroll_by_columns(grid), strict=True))
    assert f"at {differing} places the two differ" in chapter.text


def test_the_way_back_from_feature_401_is_row_14_column_9(open_chapter: OpenChapter) -> None:
    ink = DRAWINGS["digit"]
    chapter = open_chapter("unroll", ink)
    assert "row by row: which pixel is feature 401?" in chapter.text
    answer(chapter, 14, 9)
    (right,) = chapter.page.success
    value = int(raster.to_grid(ink)[14, 9])
    assert right.value == f"Right: 28 × 14 + 9 = 401. Its value is {value}."
    assert not chapter.page.warning


def test_a_wrong_answer_is_worked_through_and_can_be_corrected(
    open_chapter: OpenChapter,
) -> None:
    chapter = open_chapter("unroll", DRAWINGS["digit"])
    answer(chapter, 9, 14)
    (wrong,) = chapter.page.warning
    assert "28 × 9 + 14 = 266" in wrong.value
    assert not chapter.page.success
    answer(chapter, 14, 9)
    assert chapter.page.success
    assert not chapter.page.warning


def test_another_question_clears_the_answer_and_has_its_own(
    open_chapter: OpenChapter,
) -> None:
    chapter = open_chapter("unroll", DRAWINGS["digit"])
    answer(chapter, 14, 9)
    asked = set()
    for _ in range(3):
        chapter.page.button(key="ask_another").click().run()
        assert not chapter.page.success
        assert not chapter.page.warning
        (index,) = re.findall(r"which pixel is feature (\d+)\?", chapter.text)
        asked.add(index)
        chapter.page.run()
        assert f"which pixel is feature {index}?" in chapter.text  # it stays until it is answered
    answer(chapter, *place_of(int(index)))
    assert f"= {index}." in chapter.page.success[0].value
    assert len(asked) > 1


def test_on_an_empty_canvas_the_chapter_uses_an_example(open_chapter: OpenChapter) -> None:
    chapter = open_chapter("unroll", None)
    assert "this is an example" in chapter.text
    assert any(base64.b64decode(sent(chapter)["pixels"]))
