"""What the browser sends of a file of pictures: a picture for the canvas, or that it took a set."""

import base64
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pixelviz.vector import unroll
from tests.grids import GRIDS

GRID = GRIDS["seven mnist"]


def after(sent: object, *, call: str) -> AppTest:
    """Return what a page shows after the browser has sent something."""

    def receiving() -> None:
        import streamlit as st

        from pixelviz.page.file_intake import file_intake

        getattr(file_intake, st.session_state["call"])()
        file_intake.show_problem()

    page = AppTest.from_function(receiving, default_timeout=60)
    page.session_state["file_intake"] = sent
    page.session_state["importing"] = True
    page.session_state["call"] = call
    page.run()
    assert not page.exception
    return page


def test_the_chosen_picture_goes_onto_the_canvas_and_the_dialog_for_photos_closes(
    root: Path,
) -> None:
    AppTest.from_file(str(root / "pixelviz/page/main.py"), default_timeout=60).run()
    pixels = base64.b64encode(unroll(GRID).tobytes()).decode("ascii")
    page = after({"placed": pixels}, call="_place")
    assert not page.error
    assert page.session_state["importing"] is False
    squares = page.session_state["placement"].ink
    assert np.array_equal(squares[5::10, 5::10], GRID)


@pytest.mark.parametrize(
    "sent",
    [None, {}, [], {"placed": None}, {"placed": 7}, {"placed": "?"}, {"placed": ["AAAA"]},
     {"placed": base64.b64encode(bytes(783)).decode()}, {"placed": "\ud800"},
     {"placed": base64.b64encode(bytes(785)).decode()}],
)  # fmt: skip
def test_a_forged_picture_gets_a_message_and_changes_nothing(root: Path, sent: object) -> None:
    AppTest.from_file(str(root / "pixelviz/page/main.py"), default_timeout=60).run()
    page = after(sent, call="_place")
    (error,) = page.error
    assert "Expected a picture of 784 bytes" in error.value
    assert "Open the file again" in error.value
    assert "placement" not in page.session_state


@pytest.mark.parametrize("sent", [None, {}, {"taken": None}, {"taken": "data"}, {"taken": 1}])
def test_a_forged_set_opens_nothing(root: Path, sent: object) -> None:
    AppTest.from_file(str(root / "pixelviz/page/main.py"), default_timeout=60).run()
    page = after(sent, call="_open_chapter")
    assert not page.error
    assert page.session_state["importing"] is True
    assert "chapter" not in page.session_state


def test_a_set_that_is_taken_closes_the_dialog_for_photos_and_opens_the_chapter(
    root: Path,
) -> None:
    AppTest.from_file(str(root / "pixelviz/page/main.py"), default_timeout=60).run()
    page = after({"taken": True}, call="_open_chapter")
    assert page.session_state["importing"] is False
    assert page.session_state["chapter"] == "data"
