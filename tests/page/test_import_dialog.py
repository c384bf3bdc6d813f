"""The dialog for photos and files: what it does when the browser names a file twice."""

from pathlib import Path

import pytest
import streamlit
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec
from streamlit.testing.v1 import AppTest

from pixelviz import raster
from pixelviz.data.sample_digits import strokes_of
from pixelviz.formats import csv_file
from tests.drawings import drawn

THREE = raster.to_grid(drawn(strokes_of(3)))


def uploaded(identity: str) -> UploadedFile:
    content = csv_file.encode(THREE).encode()
    return UploadedFile(UploadedFileRec(identity, "three.csv", "text/csv", content), FileURLs())


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
