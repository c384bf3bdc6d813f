"""The dialog for photos and files: small pictures, and a file that the browser names twice."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import streamlit
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec
from streamlit.testing.v1 import AppTest

from pixelviz import raster
from pixelviz.arrays import SIDE, Grid
from pixelviz.data.sample_digits import strokes_of
from pixelviz.formats import csv_file, png_file
from tests.drawings import drawn

THREE = raster.to_grid(drawn(strokes_of(3)))


def uploaded(identity: str) -> UploadedFile:
    content = csv_file.encode(THREE).encode()
    return UploadedFile(UploadedFileRec(identity, "three.csv", "text/csv", content), FileURLs())


COLUMN = np.zeros((SIDE, SIDE), np.uint8)
COLUMN[2:8, 3] = 200
"""A digit that is not in MNIST's frame."""

ON_GREY = np.where(THREE > 0, THREE, 90).astype(np.uint8)
"""The three as a photo may show it: its paper is not black."""


def shown(page: AppTest) -> Grid:
    grid: Grid = page.session_state["shown"].grid
    return grid


Import = Callable[[bytes], tuple[str, AppTest]]


@pytest.fixture
def import_picture(root: Path) -> Import:
    """Return what imports a file, and returns what the dialog says and the page after it."""

    def import_one(content: bytes) -> tuple[str, AppTest]:
        page = AppTest.from_file(str(root / "pixelviz/page/main.py"), default_timeout=60).run()

        def reading() -> None:
            import streamlit as st

            from pixelviz.page import import_dialog

            imported = import_dialog._open(
                import_dialog.Chosen("picture.png", st.session_state["content"])
            )
            st.session_state["said"] = imported.summary

        inner = AppTest.from_function(reading, default_timeout=60)
        inner.session_state["content"] = content
        inner.run()
        assert not inner.exception
        for key in ("placement", "changed_settings"):
            if key in inner.session_state:
                page.session_state[key] = inner.session_state[key]
        page.run()
        return inner.session_state["said"], page

    return import_one


@pytest.mark.parametrize("is_negative", [False, True])
def test_a_picture_in_mnists_frame_is_shown_as_it_came(
    import_picture: Import, *, is_negative: bool
) -> None:
    picture = 255 - THREE if is_negative else THREE
    said, page = import_picture(png_file.encode(picture))
    assert "framed as MNIST's digits are" in said
    assert np.array_equal(shown(page), THREE)


def test_a_picture_that_is_not_in_mnists_frame_is_read_framed_and_as_drawn_shows_it_as_it_came(
    import_picture: Import,
) -> None:
    said, page = import_picture(png_file.encode(COLUMN))
    assert "It is not framed as MNIST's digits are" in said
    assert page.button_group(key="framing").value == "mnist"
    framed = shown(page)
    assert np.array_equal(framed, raster.to_grid(COLUMN.repeat(10, axis=0).repeat(10, axis=1)))
    assert not np.array_equal(framed, COLUMN)
    page.button_group(key="framing").set_value("drawn").run()
    assert np.array_equal(shown(page), COLUMN)


def test_the_grey_paper_of_a_small_picture_becomes_0(import_picture: Import) -> None:
    said, page = import_picture(png_file.encode(ON_GREY))
    assert said == "One digit: it is on the canvas now."
    grid = shown(page)
    assert (grid[:3] == 0).all()
    assert np.corrcoef(grid.ravel(), THREE.ravel())[0, 1] > 0.8


def test_a_file_that_is_named_again_is_neither_read_again_nor_taken_back(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message that is on its way when the dialog is closed names the file once more."""
    AppTest.from_file(str(root / "pixelviz/page/main.py"), default_timeout=60).run()
    from pixelviz.page import import_dialog, placement, state

    session: dict[str, object] = {}
    monkeypatch.setattr(streamlit, "session_state", session)

    def choose(file: UploadedFile | None) -> object:
        session[state.UPLOAD] = file
        import_dialog._take(state.UPLOAD)
        chosen = session[state.IMPORTED]
        if isinstance(chosen, import_dialog.Chosen):
            session[state.IMPORTED] = import_dialog._read(chosen)
        return session[state.IMPORTED]

    imported = choose(uploaded("first"))
    number = placement.current().number
    assert number > 0
    assert choose(uploaded("first")) is imported
    assert placement.current().number == number
    assert choose(uploaded("second")) is not imported  # chosen instead of the first
    assert placement.current().number > number
    assert placement.current_strokes()
    choose(None)  # taken off the list
    assert not placement.current_strokes()


def test_a_box_that_the_browser_sends_is_checked(root: Path) -> None:
    AppTest.from_file(str(root / "pixelviz/page/main.py"), default_timeout=60).run()
    from pixelviz.page.marked_photo import marked_photo

    for odd in (
        None,
        "box",
        [0.1, 0.1, 0.2],
        [0.1, 0.1, 0.2, "0.2"],
        [0.1, 0.1, 0.2, float("nan")],
        [0.1, -0.1, 0.2, 0.2],
        [0.1, 0.1, 0.2, 10**400],
        {"top": 0.1},
    ):
        assert marked_photo._checked(odd) is None
    assert marked_photo._checked([0, 0.25, 0.5, 0.5]) == (0, 0.25, 0.5, 0.5)
    assert marked_photo._checked([0.75, 0.5, 0.5, 1]) == (0.75, 0.5, 0.25, 0.5)  # on the paper only
