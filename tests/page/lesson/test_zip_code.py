"""Chapter 9, ZIP code, as a person finds it on the page."""

import base64
import io
from collections.abc import Callable
from dataclasses import replace
from math import prod

import numpy as np
import pytest
from PIL import Image

from pixelviz import raster
from pixelviz.arrays import Ink
from pixelviz.data import sample_digits
from pixelviz.data.sample_digits import Stroke
from pixelviz.model import card
from pixelviz.model.classifier import MODELS, Prediction
from pixelviz.page.wording import percent
from pixelviz.server import streamlit_internals, worker_supervisor
from tests.drawings import message_of, png_of, row_of_digits
from tests.page.conftest import OpenChapter
from tests.page.lesson.chapter import Chapter, asked

HEIGHT_PX, WIDTH_PX = 200, 640
SQUIGGLE: tuple[Stroke, ...] = (
    tuple((0.5 + 0.2 * np.cos(k * 2.4), 0.5 + 0.3 * np.sin(k * 3.7)) for k in range(12)),
)

WriteZip = Callable[[Ink], Chapter]


def code(*digits: int | tuple[Stroke, ...], only: int | None = None, gap_px: int = 22) -> Ink:
    """Return digits side by side on paper as large as the chapter's canvas."""
    strokes = [sample_digits.strokes_of(each) if isinstance(each, int) else each for each in digits]
    return np.pad(row_of_digits(strokes, gap_px=gap_px, only=only), ((25, 25), (0, 0)))


@pytest.fixture
def write(open_chapter: OpenChapter) -> WriteZip:
    """Return what opens the chapter with some ink on its canvas."""

    def write_one(ink: Ink) -> Chapter:
        assert ink.shape == (HEIGHT_PX, WIDTH_PX)
        chapter = open_chapter("zip", None)
        chapter.page.session_state["zip_canvas"] = message_of(png_of(ink))
        chapter.page.run()
        return chapter

    return write_one


def said(chapter: Chapter) -> tuple[str, str]:
    """Return the ZIP code and what stands under it."""
    (block,) = [each.value for each in chapter.page.html if "class='zip'" in each.value]
    number, text = block.split("</b><p>")
    return number.split("<b>")[1], text.split("</p>")[0]


def test_five_digits_are_framed_one_by_one_and_read(write: WriteZip) -> None:
    digits = (9, 4, 1, 0, 3)
    chapter = write(code(*digits))
    alone = [raster.to_grid(code(*digits, only=number)) for number in range(5)]
    assert [title for title, _ in chapter.titled] == [str(digit) for digit in digits]
    for (_, picture), grid in zip(chapter.titled, alone, strict=True):
        assert np.array_equal(picture.pixels, grid)
        assert picture.caption == f"{percent(asked('convolutional', grid).confidence)} sure"
    together = prod(asked("convolutional", grid).confidence for grid in alone)
    assert said(chapter) == (
        "94103",
        f"{percent(together)} sure of all five: the five confidences multiplied",
    )


def test_a_long_drawing_becomes_one_picture_once_and_is_still_read(write: WriteZip) -> None:
    written = code(9, 4, 1, 0, 3)
    chapter = write(written)
    message = message_of(png_of(written))
    dot = {"type": "Path", "path": [["M", 1, 1], ["L", 1, 1]]}
    message["drawing"]["raw"]["objects"] = [dot] * (streamlit_internals.STROKES_MAX + 1)
    chapter.page.session_state["zip_canvas"] = message
    chapter.page.run()
    placement = chapter.page.session_state["zip_placement"]
    (picture,) = placement.objects
    png = base64.b64decode(picture["src"].removeprefix(streamlit_internals.PNG_PREFIX))
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(png)))[..., 0], written)
    assert said(chapter)[0] == "94103"
    chapter.page.run()  # the canvas has not loaded the picture yet
    assert chapter.page.session_state["zip_placement"] == placement


def test_what_is_written_is_there_when_the_chapter_is_opened_again(write: WriteZip) -> None:
    chapter = write(code(9, 4, 1, 0, 3))
    written = chapter.page.session_state["zip_canvas"]["drawing"]["raw"]["objects"]
    chapter.page.button_group(key="chapter").set_value("pixels").run()
    assert "zip_canvas" not in chapter.page.session_state
    chapter.page.button_group(key="chapter").set_value("zip").run()
    assert chapter.page.session_state["zip_placement"].objects == written
    assert said(chapter)[0] == "94103"  # a new canvas sends nothing before the first stroke


def test_what_is_written_comes_along_to_another_server(open_chapter: OpenChapter) -> None:
    written = code(9, 4, 1, 0, 3)
    chapter = open_chapter("zip", None)
    number = chapter.page.session_state["zip_placement"].number
    message = message_of(png_of(written))
    message["drawing"]["raw"][streamlit_internals.NUMBER_KEY] = 1_700_000_000
    chapter.page.session_state["zip_canvas"] = message
    chapter.page.run()
    placement = chapter.page.session_state["zip_placement"]
    assert placement.objects == message["drawing"]["raw"]["objects"]
    assert placement.number > 1_700_000_000 > number
    assert said(chapter)[0] == "94103"


def test_undo_takes_back_one_stroke_after_the_other(open_chapter: OpenChapter) -> None:
    chapter = open_chapter("zip", None)
    chapter.page.button(key="zip_example").click().run()
    assert len(said(chapter)[0]) == 5  # before the canvas has sent anything
    strokes = chapter.page.session_state["zip_placement"].objects
    for left in (len(strokes) - 1, len(strokes) - 2):
        chapter.page.button(key="zip_undo").click().run()
        assert chapter.page.session_state["zip_placement"].objects == strokes[:left]


def test_a_cleared_canvas_is_empty_before_it_has_loaded_that(write: WriteZip) -> None:
    chapter = write(code(9, 4, 1, 0, 3))
    chapter.page.button(key="zip_clear").click().run()
    assert "Nothing is written yet" in chapter.text


def test_the_confidence_in_all_five_is_the_product(
    write: WriteZip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Prediction, "confidence", 0.9)
    assert said(write(code(9, 4, 1, 0, 3)))[1].startswith(f"{percent(0.9**5)} sure of all five")


def test_the_five_grids_stand_above_the_zip_code(write: WriteZip) -> None:
    html = write(code(9, 4, 1, 0, 3)).html
    assert html.index("class='figures") < html.index("class='zip'")


def test_two_touching_digits_are_separated_and_read(write: WriteZip) -> None:
    digits = (2, 3, 0, 6, 1)
    ink = code(*digits).copy()
    inked = np.flatnonzero(ink.any(axis=0))
    gap = inked[np.flatnonzero(np.diff(inked) > 1)[0]]
    ink[142:150, gap - 12 : gap + 26] = 255  # a stroke joins the first two
    chapter = write(ink)
    assert len(chapter.titled) == 5
    assert said(chapter)[0] == "23061"


@pytest.mark.parametrize("digits", [(7,), (1, 2, 3, 4), (1, 2, 3, 4, 5, 6)])
def test_only_five_digits_are_a_zip_code(write: WriteZip, digits: tuple[int, ...]) -> None:
    found = f"{len(digits)} digit{'s' if len(digits) > 1 else ''}"
    number, text = said(write(code(*digits, gap_px=18)))
    assert number == "".join(map(str, digits))
    assert text == f"Not a ZIP code: it has {found}, not 5."


def test_uncertain_digits_become_question_marks_with_the_reason(
    write: WriteZip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Prediction, "is_sure", property(lambda self: self.digit not in (4, 0)))
    monkeypatch.setattr(Prediction, "is_probable", property(lambda _: False))
    monkeypatch.setattr(Prediction, "candidates", (4, 9))
    chapter = write(code(9, 4, 1, 0, 3))
    assert [title for title, _ in chapter.titled] == ["9", "?", "1", "?", "3"]
    assert chapter.titled[1][1].caption == "looks like 4 or 9"
    assert said(chapter) == ("9?1?3", "not sure of 2 of the 5 digits")


def test_too_many_connected_components_are_not_read(write: WriteZip) -> None:
    ink = np.zeros((HEIGHT_PX, WIDTH_PX), np.uint8)
    for number in range(14):
        ink[60:140, 20 + 44 * number : 34 + 44 * number] = 255
    chapter = write(ink)
    (warning,) = chapter.page.warning
    assert warning.value.startswith("Not a ZIP code: expected 5 digits, found 14 pieces of ink.")
    assert chapter.titled == []


def test_specks_are_not_digits(write: WriteZip) -> None:
    ink = np.zeros((HEIGHT_PX, WIDTH_PX), np.uint8)
    ink[100:104, 100:104] = 255
    chapter = write(ink)
    (warning,) = chapter.page.warning
    assert warning.value.startswith("Not a ZIP code: expected 5 digits, found no more than specks")


def test_a_scribble_among_digits_does_not_break_the_chapter(write: WriteZip) -> None:
    chapter = write(code(1, SQUIGGLE, 5))
    assert "Not a ZIP code: it has" in said(chapter)[1] or "not sure" in said(chapter)[1]


def test_an_empty_canvas_asks_for_digits_and_an_example_is_written_and_cleared(
    open_chapter: OpenChapter,
) -> None:
    chapter = open_chapter("zip", None)
    assert "Nothing is written yet" in chapter.text
    assert "this is an example" not in chapter.text  # that is about the other canvas
    chapter.page.button(key="zip_example").click().run()
    placement = chapter.page.session_state["zip_placement"]
    assert placement.number > 0
    points = np.array([point[-2:] for each in placement.objects for point in each["path"]])
    assert points.min() > 0
    assert (points.max(axis=0) < (WIDTH_PX, HEIGHT_PX)).all()
    chapter.page.button(key="zip_clear").click().run()
    cleared = chapter.page.session_state["zip_placement"]
    assert cleared.objects == []
    assert cleared.number > placement.number


def test_the_chapter_says_which_model_reads_whatever_is_chosen(write: WriteZip) -> None:
    chapter = write(code(9, 4, 1, 0, 3))
    chapter.page.selectbox(key="model").set_value("softmax").run()
    assert "The convolutional network reads them, whichever model is chosen" in chapter.text
    assert said(chapter)[0] == "94103"


def test_without_the_model_that_reads_digits_the_chapter_says_so(
    write: WriteZip, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = card.read(MODELS)
    others = tuple(each for each in stored.models if each.name != "convolutional")
    gone = replace(next(each for each in stored.models if each.name == "convolutional"), file="no")
    changed = replace(stored, models=(*others, gone))
    monkeypatch.setattr(card, "read", lambda _: changed)
    worker_supervisor.load_async(changed.models).result()
    chapter = write(code(9, 4, 1, 0, 3))
    assert "The model that reads the digits is not available." in chapter.text
    assert chapter.titled == []


def test_a_malformed_canvas_message_is_reported(open_chapter: OpenChapter) -> None:
    chapter = open_chapter("zip", None)
    chapter.page.session_state["zip_canvas"] = {"drawing": {"raw": {}, "data": "nonsense"}}
    chapter.page.run()
    (error,) = chapter.page.error
    assert "odd" in error.value or "drawing" in error.value
    chapter.page.session_state["zip_canvas"] = message_of(png_of(code(7)))
    chapter.page.run()
