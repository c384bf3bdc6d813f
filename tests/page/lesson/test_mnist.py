"""Chapter 3, MNIST, as a person finds it on the page, on a small data set made here."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from pixelviz import raster
from pixelviz.arrays import Grid, Ink
from pixelviz.data import mnist, sample_digits
from pixelviz.data.mnist import Mnist
from pixelviz.errors import DataError
from pixelviz.server import mnist_loader
from tests.drawings import CROSSED_SEVEN, SCRIBBLE, drawn, paper
from tests.page.conftest import OpenChapter
from tests.page.lesson.chapter import Chapter, Picture, image_of

DRAWINGS = {"digit": drawn(CROSSED_SEVEN), "scribble": drawn(SCRIBBLE, pen_px=8)}
each_drawing = pytest.mark.parametrize("ink", DRAWINGS.values(), ids=DRAWINGS)
WAIT_S = 30


def small_set() -> Mnist:
    """Return the ten examples with six pens, some digits oftener than others: 48 and 11 of them."""
    grids, targets = [], []
    for pen_px in range(12, 36, 4):
        for digit in range(10):
            if (digit * pen_px) % 40 or pen_px == 12:
                grids.append(raster.to_grid(drawn(sample_digits.strokes_of(digit), pen_px=pen_px)))
                targets.append(digit)
    pictures, labels = np.stack(grids), np.array(targets, np.uint8)
    return Mnist(pictures[:-11], labels[:-11], pictures[-11:], labels[-11:])


SMALL = small_set()
GRIDS = np.concatenate([SMALL.x_train, SMALL.x_test])
TARGETS = np.concatenate([SMALL.y_train, SMALL.y_test])


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


@pytest.fixture
def open_mnist(open_chapter: OpenChapter, mnist_is: Fetch) -> Callable[[Ink | None], Chapter]:
    """Return what opens the chapter on some ink, with the small set read."""

    def open_one(ink: Ink | None) -> Chapter:
        mnist_is()
        mnist_loader.load_async().result(WAIT_S)
        return open_chapter("mnist", ink)

    return open_one


def until(chapter: Chapter, happened: Callable[[], bool]) -> None:
    """Run the page until something has happened."""
    deadline = time.monotonic() + WAIT_S
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)
        chapter.page.run()


def shown(chapter: Chapter) -> tuple[int, int, Picture]:
    """Return the one digit that is shown: its number, its target, its picture."""
    (found,) = [
        (re.fullmatch(r"Number (\d+): an? (\d)", title), picture)
        for title, picture in chapter.titled
        if title.startswith("Number")
    ]
    assert found[0] is not None
    return int(found[0][1]), int(found[0][2]), found[1]


def test_nothing_is_downloaded_before_the_visitor_asks(
    open_chapter: OpenChapter, mnist_is: Fetch
) -> None:
    mnist_is(load=lambda: pytest.fail("was fetched"), fetched=0.0)
    chapter = open_chapter("mnist", DRAWINGS["digit"])
    assert "Keras can download it once (11 MB" in chapter.text
    assert chapter.titled == []
    chapter.page.run()
    mnist_is(fetched=0.0)
    chapter.page.button(key="mnist_fetch").click().run()
    until(chapter, lambda: bool(chapter.titled))
    assert shown(chapter)[0] == 0


def test_a_progress_bar_shows_how_much_is_downloaded(
    open_chapter: OpenChapter, mnist_is: Fetch
) -> None:
    come = threading.Event()

    def slowly() -> Mnist:
        assert come.wait(WAIT_S)
        return SMALL

    mnist_is(load=slowly, fetched=0.0)
    chapter = open_chapter("mnist", DRAWINGS["digit"])
    for share, told in ((0.25, "2.9 of 11.5 MB"), (0.5, "5.7 of 11.5 MB"), (1.0, "Reading")):
        mnist_is(load=slowly, fetched=share)
        if share == 0.25:
            chapter.page.button(key="mnist_fetch").click()
        chapter.page.run()
        (bar,) = chapter.page.get("progress")
        assert told in bar.proto.text
        assert bar.proto.value == round(100 * share)
        assert chapter.titled == []
    come.set()
    until(chapter, lambda: bool(chapter.titled))
    assert not chapter.page.get("progress")


def test_a_failed_download_says_what_to_do_and_can_be_repeated(
    open_chapter: OpenChapter, mnist_is: Fetch
) -> None:
    tries = []

    def in_vain() -> Mnist:
        tries.append(1)
        raise DataError("MNIST could not be downloaded: no route.", "Connect to the internet.")

    mnist_is(load=in_vain, fetched=0.0)
    chapter = open_chapter("mnist", DRAWINGS["digit"])
    chapter.page.button(key="mnist_fetch").click().run()
    until(chapter, lambda: bool(chapter.page.error))
    (error,) = chapter.page.error
    assert error.value == "MNIST could not be downloaded: no route. Connect to the internet."
    assert "Everything else on the page works without it" in chapter.text
    assert len(tries) == 1
    mnist_is(fetched=1.0)
    chapter.page.button(key="mnist_again").click().run()
    until(chapter, lambda: bool(chapter.titled))
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
    assert np.array_equal(mnist_loader.load_async().result(WAIT_S).targets, TARGETS)
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


def test_the_bars_count_the_digits_of_the_training_and_test_sets(
    open_mnist: Callable[[Ink | None], Chapter],
) -> None:
    (chart,) = open_mnist(DRAWINGS["digit"]).charts
    counted = {(bar["set"], bar["digit"]): bar["digits"] for bar in chart["data"]["values"]}
    assert len(counted) == 20
    for name, targets in (("training set", SMALL.y_train), ("test set", SMALL.y_test)):
        assert [counted[name, digit] for digit in range(10)] == [
            targets.tolist().count(digit) for digit in range(10)
        ]


def test_the_mean_image_of_each_digit_is_the_mean_of_its_images(
    open_mnist: Callable[[Ink | None], Chapter],
) -> None:
    pictures = open_mnist(DRAWINGS["digit"]).pictures
    for digit in range(10):
        images = [grid for grid, target in zip(GRIDS, TARGETS, strict=True) if target == digit]
        mean = np.mean(np.array(images, np.float64), axis=0)
        assert np.abs(pictures[str(digit)].pixels - mean).max() <= 0.5


def test_each_digit_can_be_shown_by_its_number(open_mnist: Callable[[Ink | None], Chapter]) -> None:
    chapter = open_mnist(DRAWINGS["digit"])
    for number in (0, 8, len(SMALL.y_train) - 1, len(SMALL.y_train), len(TARGETS) - 1):
        chapter.page.number_input(key="mnist_number").set_value(number).run()
        found, target, picture = shown(chapter)
        assert (found, target) == (number, TARGETS[number])
        assert np.array_equal(picture.pixels, GRIDS[number])
        part = "training" if number < len(SMALL.y_train) else "test"
        assert picture.caption == f"{part} set"


def test_next_wraps_around_after_the_last_digit(
    open_mnist: Callable[[Ink | None], Chapter],
) -> None:
    chapter = open_mnist(DRAWINGS["digit"])
    for expected in (1, 2):
        chapter.page.button(key="mnist_next").click().run()
        assert shown(chapter)[0] == expected
    chapter.page.number_input(key="mnist_number").set_value(len(TARGETS) - 1).run()
    chapter.page.button(key="mnist_next").click().run()
    assert shown(chapter)[0] == 0


def test_random_shows_different_digits(open_mnist: Callable[[Ink | None], Chapter]) -> None:
    chapter = open_mnist(DRAWINGS["digit"])
    numbers = []
    for _ in range(6):
        chapter.page.button(key="mnist_random").click().run()
        numbers.append(shown(chapter)[0])
        assert np.array_equal(shown(chapter)[2].pixels, GRIDS[numbers[-1]])
    assert len(set(numbers)) > 2


def test_one_click_puts_the_digit_on_the_canvas_unchanged(
    open_mnist: Callable[[Ink | None], Chapter],
) -> None:
    chapter = open_mnist(DRAWINGS["digit"])
    chapter.page.number_input(key="mnist_number").set_value(17).run()
    chapter.page.button(key="mnist_place").click().run()
    (image,) = chapter.page.session_state["placement"].strokes
    png = image_of(image["src"].removeprefix("data:image/png;base64,"))
    assert (image["left"], image["top"], image["width"], image["height"]) == (0, 0, 280, 280)
    assert np.array_equal(raster.to_grid(png[..., 0], framing="drawn"), GRIDS[17])


def neighbours_of(grid: Grid, grids: Grid) -> tuple[list[int], np.ndarray]:
    """Return the numbers of the ten nearest, and their distances, by a search through all."""
    others = grids.reshape(len(grids), -1).astype(np.float64)
    distances = np.linalg.norm(others - grid.reshape(-1), axis=1)
    numbers = np.argsort(distances, kind="stable")[:10]
    return numbers.tolist(), distances[numbers]


def expect_neighbours(chapter: Chapter, grid: Grid, grids: Grid, targets: np.ndarray) -> None:
    place = [title for title, _ in chapter.titled].index("Yours")
    (_, yours), *found = chapter.titled[place:]
    assert np.array_equal(yours.pixels, grid)
    numbers, distances = neighbours_of(grid, grids)
    assert len(found) == 10
    for (title, picture), number, distance in zip(found, numbers, distances, strict=True):
        assert title in (f"a {targets[number]}", f"an {targets[number]}")
        assert np.array_equal(picture.pixels, grids[number])
        assert picture.caption == f"no. {number:,}, distance {distance:,.0f}"
    labels = targets[numbers].tolist()
    told = re.search(r"the most common target is (\d), (\d+) of 10", chapter.text)
    assert told is not None
    assert labels.count(int(told[1])) == int(told[2]) == max(map(labels.count, labels))


@each_drawing
def test_the_ten_nearest_neighbours_equal_those_of_a_brute_force_search(
    open_mnist: Callable[[Ink | None], Chapter], ink: Ink
) -> None:
    expect_neighbours(open_mnist(ink), raster.to_grid(ink), GRIDS, TARGETS)


def test_the_ten_nearest_real_digits_equal_those_of_a_brute_force_search(
    open_chapter: OpenChapter, mnist_is: Fetch, digits: Mnist
) -> None:
    mnist_is(lambda: digits)
    mnist_loader.load_async().result()
    ink = paper()
    ink[60:220, 60:220] = digits.x_test[4].repeat(6, axis=0).repeat(6, axis=1)[:160, :160]
    grids = np.concatenate([digits.x_train, digits.x_test])
    targets = np.concatenate([digits.y_train, digits.y_test])
    expect_neighbours(open_chapter("mnist", ink), raster.to_grid(ink), grids, targets)


def test_on_an_empty_canvas_the_chapter_uses_an_example(
    open_mnist: Callable[[Ink | None], Chapter],
) -> None:
    chapter = open_mnist(None)
    assert "this is an example" in chapter.text
    assert "the most common target is 7" in chapter.text
