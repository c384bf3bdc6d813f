"""What the tests of the chapters share: the page with one chapter open, on some ink."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.runtime.scriptrunner import script_runner
from streamlit.testing.v1 import AppTest

from pixelviz.arrays import Ink
from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.server import worker_supervisor
from tests.drawings import message_of, png_of
from tests.page.lesson.chapter import Chapter

OpenChapter = Callable[[str, Ink | None], Chapter]


@pytest.fixture(scope="session", autouse=True)
def _keras_session_is_left_alone() -> Iterator[None]:
    """Let pages run here as they do on the server, whose process does not import Keras.

    Where something has imported Keras, Streamlit clears Keras's session before each run, and that
    collects garbage among all TensorFlow objects: 0.2 s, seven times as long as the run itself.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(script_runner, "_clean_problem_modules", lambda: None)
        yield


@pytest.fixture
def open_chapter(root: Path) -> Iterator[OpenChapter]:
    """Return what opens a chapter by its name in the address, on ink or on the empty canvas."""
    worker_supervisor.load_async(card.read(MODELS).models).result()
    opened = []

    def open_one(name: str, ink: Ink | None) -> Chapter:
        page = AppTest.from_file(str(root / "pixelviz/page/main.py"), default_timeout=60)
        page.query_params["chapter"] = name
        if ink is not None:
            page.session_state["canvas"] = message_of(png_of(ink))
        opened.append(page.run())
        return Chapter(page)

    yield open_one
    for page in opened:
        assert not page.exception
        assert not page.error
