"""Settings of the chapters are kept; what belongs to a digit starts anew with the next one."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.drawings import SEVEN, drawn
from tests.page.conftest import OpenChapter

CHANGES = {
    "pixels": (("slider", "threshold", 200),),
    "rescale": (("button_group", "rescale_model", "dense"),),
    "unroll": (("button_group", "order", "columns"), ("number_input", "quiz_row", 3)),
    "tensors": (("button_group", "tensors_model", "dense"),),
    "move": (("button_group", "shift_direction", "down"),),
    "cover-it": (("button_group", "patch_size", 9),),
}


def open_other(page: AppTest, name: str | None) -> None:
    page.button_group(key="chapter").set_value(name).run()


def value_of(page: AppTest, kind: str, key: str) -> object:
    return getattr(page, kind)(key=key).value


def test_what_a_chapter_is_set_to_is_kept_while_others_are_open(open_chapter: OpenChapter) -> None:
    page = open_chapter("pixels", drawn(SEVEN)).page
    page.toggle(key="text_hidden").set_value(True).run()
    for name, changes in CHANGES.items():
        open_other(page, name)
        for kind, key, value in changes:
            getattr(page, kind)(key=key).set_value(value).run()
    open_other(page, None)
    for name, changes in CHANGES.items():
        open_other(page, name)
        assert page.toggle(key="text_hidden").value is True
        for kind, key, value in changes:
            assert value_of(page, kind, key) == value, key
    assert not page.warning


def test_a_shift_belongs_to_a_digit_and_the_direction_of_the_chart_does_not(
    open_chapter: OpenChapter,
) -> None:
    page = open_chapter("move", drawn(SEVEN)).page
    page.button(key="move_back").click().run()
    page.button_group(key="shift_direction").set_value("down").run()
    assert page.session_state["shift_rows"] == 0
    before = page.session_state["shift_number"]
    page.button(key="example_3").click().run()
    assert "shift_rows" not in page.session_state
    assert page.session_state["shift_number"] > before
    assert value_of(page, "button_group", "shift_direction") == "down"


def test_what_a_browser_has_kept_is_set_again_as_far_as_it_is_possible(
    open_chapter: OpenChapter,
) -> None:
    page = open_chapter("pixels", None).page

    def restoring(kept: object) -> None:
        from pixelviz.page import settings

        settings.restore(kept)

    kept = {"threshold": 50, "pen_width": 20, "tool": "brush", "text_hidden": 1, "model": "dense"}
    for message in (kept, None, "odd", {"threshold": [1]}, {"pen_width": True}):
        inner = AppTest.from_function(restoring, args=(message,)).run()
        assert not inner.exception
        if "changed_settings" in inner.session_state:
            page.session_state["changed_settings"] = inner.session_state["changed_settings"]
            page.run()
    assert page.slider(key="threshold").value == 50
    assert page.slider(key="pen_width").value == 20
    assert page.button_group(key="tool").value == "pen"
    assert page.toggle(key="text_hidden").value is False
    assert page.selectbox(key="model").value == "convolutional"


def test_what_the_person_sets_after_the_page_counts_at_once(
    open_chapter: OpenChapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_chapter("pixels", drawn(SEVEN)).page
    page.button_group(key="framing").set_value("drawn").run()

    from pixelviz.page import settings

    monkeypatch.setattr(settings, "BROWSER_KNOWS_S", 60)
    page.button(key="example_3").click().run()
    assert value_of(page, "button_group", "framing") == "mnist"
    number = page.session_state["changed_settings"]["framing"].number

    def choosing(chosen: object) -> None:
        from pixelviz.page import settings

        settings.note_choices(chosen)

    for chosen in (None, [number], {"framing": number - 1}, {"tool": number}, {"framing": number}):
        assert "framing" in page.session_state["changed_settings"]
        inner = AppTest.from_function(choosing, args=(chosen,))
        inner.session_state["changed_settings"] = page.session_state["changed_settings"]
        assert not inner.run().exception
        page.session_state["changed_settings"] = inner.session_state["changed_settings"]
    assert "framing" not in page.session_state["changed_settings"]
    page.button_group(key="framing").set_value("drawn").run()
    assert value_of(page, "button_group", "framing") == "drawn"


@pytest.mark.parametrize("is_late", [True, False])
def test_a_message_that_was_on_its_way_does_not_lead_back_to_the_chapter_before(
    open_chapter: OpenChapter, monkeypatch: pytest.MonkeyPatch, is_late: bool
) -> None:
    page = open_chapter("data", drawn(SEVEN)).page

    from pixelviz.page.lesson import navigation

    monkeypatch.setattr(navigation, "BROWSER_KNOWS_S", 60 if is_late else 0)
    page.button(key="turn_next").click().run()
    assert value_of(page, "button_group", "chapter") == "framing"
    open_other(page, "data")  # what the chapter has sent before
    assert value_of(page, "button_group", "chapter") == ("framing" if is_late else "data")
    open_other(page, "predict")
    assert value_of(page, "button_group", "chapter") == "predict"


@pytest.mark.parametrize("is_late", [True, False])
def test_a_message_that_was_on_its_way_does_not_set_the_framing_back(
    open_chapter: OpenChapter, monkeypatch: pytest.MonkeyPatch, is_late: bool
) -> None:
    page = open_chapter("pixels", drawn(SEVEN)).page
    page.button_group(key="framing").set_value("drawn").run()

    from pixelviz.page import settings

    monkeypatch.setattr(settings, "BROWSER_KNOWS_S", 60 if is_late else 0)
    page.button(key="example_3").click().run()
    assert value_of(page, "button_group", "framing") == "mnist"
    page.button_group(key="framing").set_value("drawn").run()
    assert value_of(page, "button_group", "framing") == ("mnist" if is_late else "drawn")
    assert not page.warning
