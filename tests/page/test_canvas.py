"""The canvas on the page: what it sends, what it is told, and what happens when that goes wrong."""

import base64
import io
import logging
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from pixelviz import raster
from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.server import streamlit_internals, worker_supervisor
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


def dot(x: int) -> dict[str, Any]:
    """Return a stroke as the canvas sends it."""
    return {"type": "Path", "path": [["M", x, 1], ["L", x, 1]]}


@pytest.mark.parametrize(
    "objects",
    [
        [dot(x) for x in range(streamlit_internals.STROKES_MAX + 1)],
        [
            {
                "type": "Path",
                "path": [["L", x, 1] for x in range(streamlit_internals.POINTS_MAX + 1)],
            }
        ],
    ],
    ids=["many strokes", "many points"],
)
def test_a_long_drawing_becomes_one_picture_and_nothing_of_it_is_lost(
    page: AppTest, objects: list[dict[str, Any]]
) -> None:
    message = message_of(png_of(drawn(SEVEN)))
    page.session_state["canvas"] = message
    page.run()
    message["drawing"]["raw"]["objects"] = objects
    page.session_state["canvas"] = message
    page.run()
    placement = page.session_state["placement"]
    (picture,) = placement.strokes
    png = base64.b64decode(picture["src"].removeprefix(streamlit_internals.PNG_PREFIX))
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(png)))[..., 0], drawn(SEVEN))
    assert np.array_equal(page.session_state["shown"].grid, raster.to_grid(drawn(SEVEN)))
    assert "kept as one picture" in page.toast[0].value
    page.run()
    assert not page.toast
    assert page.session_state["placement"].number == placement.number


def test_what_undo_can_bring_back_takes_a_bounded_amount_of_memory(page: AppTest) -> None:
    message = message_of(png_of(drawn(SEVEN)))
    page.session_state["canvas"] = message
    page.run()
    kept = []
    for number in range(12):
        placed = page.session_state["placement"].strokes
        message["drawing"]["raw"]["objects"] = [*placed, {"src": str(number) * 200_000}]
        page.session_state["canvas"] = message
        page.run()
        page.button(key="example_3").click().run()
        history = page.session_state["placement"].history
        kept.append(sum(len(earlier.strokes) for earlier in history))
    assert 1_000_000 < max(kept) <= 2_000_000
    assert not page.exception


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
