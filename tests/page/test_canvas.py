"""The canvas on the page: what it sends, what it is told, and what happens when that goes wrong."""

import logging
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.server import worker_supervisor
from tests.drawings import SEVEN, drawn, message_of, png_of


@pytest.fixture
def page(root: Path) -> AppTest:
    worker_supervisor.load_async(card.read(MODELS).models).result()
    return AppTest.from_file(str(root / "pixelviz/page/main.py"), default_timeout=60)


def test_a_server_that_does_not_know_a_visitor_restores_what_is_on_their_canvas(
    page: AppTest,
) -> None:
    message = message_of(png_of(drawn(SEVEN)))
    stroke = {"type": "Path", "path": [["M", 1, 1], ["L", 9, 9]]}
    message["drawing"]["raw"]["objects"] = [stroke, "no stroke"]
    page.session_state["canvas"] = message
    page.run()
    placement = page.session_state["placement"]
    assert placement.strokes == [stroke]
    assert placement.number > 0  # so the canvas does not take the empty one that it would be given
    message["drawing"]["raw"]["objects"] = [stroke, stroke]
    page.session_state["canvas"] = message
    number = placement.number
    page.run()
    assert page.session_state["placement"].number == number  # what is drawn later is left alone


def test_a_malformed_message_is_reported_and_the_canvas_stays_on_the_page(page: AppTest) -> None:
    page.session_state["canvas"] = {"drawing": 7}
    page.run()
    (error,) = page.error
    assert error.value.startswith("The drawing could not be read.")
    assert not page.exception


def test_a_programming_error_is_logged_with_its_traceback_and_shown_gently(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    page.run()  # components can be imported only once a page has run
    from pixelviz.page import canvas

    def broken(**_: Any) -> None:
        raise AttributeError("a mistake of ours")

    monkeypatch.setattr(canvas, "st_canvas", broken)
    with caplog.at_level(logging.ERROR):
        page.run()
    assert not page.exception
    (error,) = page.error
    assert "bug in the program, not in your drawing" in error.value
    (record,) = [each for each in caplog.records if each.exc_info]
    assert record.exc_info
    assert "a mistake of ours" in str(record.exc_info[1])
