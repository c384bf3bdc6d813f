"""Chapter 3, Data: what the server does for it, on a small data set made here."""

import base64
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from pixelviz import ink, raster
from pixelviz.arrays import Grid
from pixelviz.data import mnist, sample_digits
from pixelviz.data.mnist import Mnist
from pixelviz.errors import DataError
from pixelviz.server import mnist_loader
from tests.drawings import CROSSED_SEVEN, drawn
from tests.page.conftest import OpenChapter
from tests.page.lesson.chapter import Chapter, component_data

DRAWING = drawn(CROSSED_SEVEN)
WAIT_S = 30


SMALL = Mnist(
    np.arange(7 * 784).astype(np.uint8).reshape(7, 28, 28),
    np.arange(7, dtype=np.uint8),
    np.arange(3 * 784).astype(np.uint8).reshape(3, 28, 28),
    np.array([7, 8, 9], np.uint8),
)


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """Let no test meet what another one fetched."""
    mnist_loader.load_async.clear()
    yield
    mnist_loader.load_async.clear()


Fetch = Callable[..., None]


@pytest.fixture
def mnist_is(monkeypatch: pytest.MonkeyPatch) -> Fetch:
    """Return what says how MNIST is loaded, and how much of its file is there."""

    def say(load: Callable[[], Mnist] = lambda: SMALL, fetched: float = 1.0) -> None:
        monkeypatch.setattr(mnist, "load", load)
        monkeypatch.setattr(mnist, "download_progress", lambda: fetched)
        monkeypatch.setattr(mnist_loader, "download", lambda: None)

    return say


def until(chapter: Chapter, happened: Callable[[], bool]) -> None:
    """Run the page until something has happened."""
    deadline = time.monotonic() + WAIT_S
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)
        chapter.page.run()


def parts(chapter: Chapter) -> list[dict[str, object]]:
    """Return what the browser is told of MNIST's parts."""
    told: list[dict[str, object]] = component_data(chapter.page, "sources")["parts"]
    return told


def test_nothing_is_downloaded_before_the_visitor_asks(
    open_chapter: OpenChapter, mnist_is: Fetch
) -> None:
    mnist_is(load=lambda: pytest.fail("was fetched"), fetched=0.0)
    chapter = open_chapter("data", DRAWING)
    assert "Keras can download it once (11 MB" in chapter.text
    assert parts(chapter) == []
    chapter.page.run()
    mnist_is(fetched=0.0)
    chapter.page.button(key="mnist_fetch").click().run()
    until(chapter, lambda: bool(parts(chapter)))
    (part,) = parts(chapter)
    assert (part["training"], part["test"]) == ([0, 7], [0, 3])


def test_a_progress_bar_shows_how_much_is_downloaded(
    open_chapter: OpenChapter, mnist_is: Fetch
) -> None:
    come = threading.Event()

    def slowly() -> Mnist:
        assert come.wait(WAIT_S)
        return SMALL

    mnist_is(load=slowly, fetched=0.0)
    chapter = open_chapter("data", DRAWING)
    for share, told in ((0.25, "2.9 of 11.5 MB"), (0.5, "5.7 of 11.5 MB"), (1.0, "Reading")):
        mnist_is(load=slowly, fetched=share)
        if share == 0.25:
            chapter.page.button(key="mnist_fetch").click()
        chapter.page.run()
        (bar,) = chapter.page.get("progress")
        assert told in bar.proto.text
        assert bar.proto.value == round(100 * share)
        assert parts(chapter) == []
        assert component_data(chapter.page, "sources")["isMnistLoading"]  # so that it asks again
    come.set()
    until(chapter, lambda: bool(parts(chapter)))
    chapter.page.run()
    assert not chapter.page.get("progress")
    assert not component_data(chapter.page, "sources")["isMnistLoading"]


def test_a_failed_download_says_what_to_do_and_can_be_repeated(
    open_chapter: OpenChapter, mnist_is: Fetch
) -> None:
    tries = []

    def in_vain() -> Mnist:
        tries.append(1)
        raise DataError("MNIST could not be downloaded: no route.", "Connect to the internet.")

    mnist_is(load=in_vain, fetched=0.0)
    chapter = open_chapter("data", DRAWING)
    chapter.page.button(key="mnist_fetch").click().run()
    until(chapter, lambda: bool(chapter.page.error))
    (error,) = chapter.page.error
    assert error.value == "MNIST could not be downloaded: no route. Connect to the internet."
    assert "Everything else on the page works without it" in chapter.text
    assert len(tries) == 1
    mnist_is(fetched=1.0)
    chapter.page.button(key="mnist_again").click().run()
    until(chapter, lambda: bool(parts(chapter)))
    assert not chapter.page.error


def test_a_broken_file_of_keras_is_downloaded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    downloads: list[int] = []

    def load() -> Mnist:
        if not downloads:
            raise DataError("Expected an MNIST file.", "Download it again.")
        return SMALL

    monkeypatch.delenv(mnist.PATH_VARIABLE, raising=False)
    monkeypatch.setattr(mnist, "load", load)
    monkeypatch.setattr(mnist, "download_progress", lambda: 1.0)
    monkeypatch.setattr(mnist_loader, "download", lambda: downloads.append(1))
    assert np.array_equal(mnist_loader.load_async().result(WAIT_S).y_train, SMALL.y_train)
    assert downloads == [1]


FAKE_KERAS = """
class datasets:
    class mnist:
        @staticmethod
        def load_data():
            {what}
"""


@pytest.mark.parametrize(
    ("what", "problem", "fix"),
    [
        ("raise OSError('no network')", "no network", "internet"),
        ("import os; os._exit(1)", "crashed", "try again"),
    ],
)
def test_an_error_of_keras_during_the_download_reaches_the_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, what: str, problem: str, fix: str
) -> None:
    (tmp_path / "keras.py").write_text(FAKE_KERAS.format(what=what))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(DataError, match=problem) as raised:
        mnist_loader.download()
    assert fix in raised.value.fix


def test_keras_downloads_in_a_worker_process(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done = tmp_path / "done"
    what = f"open({str(done)!r}, 'w').close(); return (1, 2), (3, 4)"
    (tmp_path / "keras.py").write_text(FAKE_KERAS.format(what=what))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    mnist_loader.download()
    assert done.exists()


def test_the_browser_gets_the_drawing_and_the_examples_to_keep(
    open_chapter: OpenChapter, mnist_is: Fetch
) -> None:
    mnist_is()
    told = component_data(open_chapter("data", DRAWING).page, "sources")
    assert told["pixels"] == encoded(raster.to_grid(DRAWING))
    assert not told["isExample"]
    examples = [
        raster.to_grid(
            ink.from_strokes(
                tuple(280 * np.array(stroke) for stroke in sample_digits.strokes_of(digit)),
                pen_width_px=12,
            )
        )
        for digit in range(10)
    ]
    assert told["examples"] == list(map(encoded, examples))
    assert component_data(open_chapter("data", None).page, "sources")["isExample"]


@pytest.mark.parametrize(("named", "is_asked"), [("mnist", True), ("data", False)])
def test_the_address_of_the_chapter_on_mnist_still_leads_to_it(
    open_chapter: OpenChapter, mnist_is: Fetch, named: str, is_asked: bool
) -> None:
    mnist_is()
    page = open_chapter(named, DRAWING).page
    assert page.session_state["chapter"] == "data"
    assert component_data(page, "sources")["isMnistWanted"] is is_asked


def encoded(grid: Grid) -> str:
    return base64.b64encode(grid.tobytes()).decode()
