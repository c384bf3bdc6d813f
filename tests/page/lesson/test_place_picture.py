"""A picture that only the browser has is put on the canvas, and anything else is ignored."""

import base64
from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest

from pixelviz.arrays import LENGTH, Grid
from pixelviz.vector import unroll
from tests.grids import LINES
from tests.page.conftest import OpenChapter

Send = Callable[[dict[str, object]], list[Grid]]


@pytest.fixture
def send(open_chapter: OpenChapter, monkeypatch: pytest.MonkeyPatch) -> Send:
    """Return what sends a message by a session, and returns the grids that were then placed."""
    open_chapter("pixels", None)  # components can be imported only once a page has run
    from pixelviz.page.lesson.data import place_picture

    def sent(session: dict[str, object]) -> list[Grid]:
        grids: list[Grid] = []
        monkeypatch.setattr("pixelviz.page.lesson.placing.place_grid", grids.append)
        monkeypatch.setattr("streamlit.session_state", session)
        place_picture.from_component("part")()
        monkeypatch.undo()
        return grids

    return sent


def test_the_picture_that_is_sent_is_placed(send: Send) -> None:
    sent = base64.b64encode(unroll(LINES).tobytes()).decode()
    [grid] = send({"part": SimpleNamespace(placed=sent)})
    assert np.array_equal(grid, LINES)
    assert grid.dtype == np.uint8


def test_anything_else_is_ignored(send: Send) -> None:
    shorter, longer = (base64.b64encode(bytes(LENGTH + more)).decode() for more in (-1, 1))
    malformed: list[object] = [None, 7, [], {"a": 1}, "", "no base64!", "ä", b"\xff"]
    for sent in [*malformed, shorter, longer]:
        assert send({"part": SimpleNamespace(placed=sent)}) == []
    assert send({"part": None}) == send({}) == []
