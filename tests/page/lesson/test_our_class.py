"""The chapter Our class, as the server sends it, and its questions."""

from types import SimpleNamespace

import numpy as np
import pytest

from pixelviz import raster
from pixelviz.classroom import limits
from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.page.lesson import questions
from pixelviz.page.lesson.figures import Drawing
from pixelviz.server.classrooms import CLASSROOMS
from tests.drawings import CROSSED_SEVEN, drawn
from tests.page.conftest import OpenChapter
from tests.page.lesson.chapter import component_data

INK = drawn(CROSSED_SEVEN)
COMPONENTS = ("class_start", "class_wall", "class_files", "class_onward", "give")


def components_of(page: object) -> set[str]:
    """Return which parts of the chapter the page shows."""
    sent = {each.proto.component_name for each in page.get("bidi_component")}  # type: ignore[attr-defined]
    return {name for name in COMPONENTS if f"pixelviz_{name}" in sent}


def test_the_browser_gets_the_limits_and_where_pupils_reach_the_page(
    open_chapter: OpenChapter,
) -> None:
    page = open_chapter("class", None).page
    assert components_of(page) == set(COMPONENTS)
    data = component_data(page, "class_start")
    assert data["limits"] == {
        "devices": limits.DEVICES_MAX,
        "digitsADevice": limits.DIGITS_A_DEVICE_MAX,
        "digitsAClass": limits.DIGITS_A_CLASS_MAX,
        "classes": limits.CLASSES_MAX,
        "hours": limits.HOURS,
        "idleMinutes": limits.IDLE_MINUTES,
    }
    assert set(data["reach"]) == {"address", "problem"}
    assert bool(data["reach"]["address"]) != bool(data["reach"]["problem"])
    assert component_data(page, "class_wall")["reach"] == data["reach"]


def test_where_there_are_no_classes_a_sentence_says_why_and_nothing_can_be_pressed(
    open_chapter: OpenChapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(CLASSROOMS), "whether_on", lambda _: "There are no classes here.")
    chapter = open_chapter("class", None)
    assert "There are no classes here." in chapter.text
    assert components_of(chapter.page) == set()


@pytest.mark.parametrize(
    ("sent", "opened"), [("data", "data"), ("train", "train"), ("zip", None), (7, None), ([], None)]
)
def test_a_button_opens_one_of_two_chapters_and_a_forged_message_none(
    open_chapter: OpenChapter, monkeypatch: pytest.MonkeyPatch, sent: object, opened: str | None
) -> None:
    open_chapter("class", None)  # components can be imported only once a page has run
    from pixelviz.page.lesson import opening
    from pixelviz.page.lesson.our_class.onward import class_onward

    chapters: list[str] = []
    monkeypatch.setattr(opening, "open_chapter", chapters.append)
    monkeypatch.setattr(
        "streamlit.session_state", {class_onward.KEY: SimpleNamespace(chapter=sent)}
    )
    class_onward._open()
    monkeypatch.undo()
    assert chapters == ([opened] if opened else [])


def test_the_right_answers_are_those_of_arrays() -> None:
    grid = raster.to_grid(INK)
    first, second = questions.of("class", Drawing(INK, grid, is_example=False), card.read(MODELS))
    assert f"{(grid > 0).sum()} pixels are above 0" in first.text
    assert int(first.right) == grid.size
    devices = np.repeat(np.arange(24), 10)  # who gave each digit
    assert int(second.right) == np.count_nonzero(devices >= 18)
    assert str(np.count_nonzero(devices < 18)) in second.wrong
