"""Chapter 4, Framing, as a person finds it on the page."""

import re
from collections.abc import Callable
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from pixelviz import raster
from pixelviz.arrays import Grid, Ink
from pixelviz.data import mnist
from pixelviz.errors import DataError
from pixelviz.framing import Frame, frame_like_mnist
from pixelviz.server import mnist_loader
from tests.drawings import CROSSED_SEVEN, SCRIBBLE, SEVEN, drawn, paper
from tests.page.conftest import OpenChapter
from tests.page.lesson.chapter import expected_said


def small_and_low() -> Ink:
    ink = paper()
    ink[180:273, 3:96] = drawn(CROSSED_SEVEN)[::3, ::3][:93, :93]
    return ink


def with_a_faint_speck() -> Ink:
    """Return a seven with a speck below it, too faint to leave a trace in the fitted picture."""
    ink = drawn(CROSSED_SEVEN).copy()
    ink[275, 140] = 3
    return ink


DRAWINGS = {
    "digit": drawn(CROSSED_SEVEN),
    "small": small_and_low(),
    "scribble": drawn(SCRIBBLE, pen_px=8),
}
each_drawing = pytest.mark.parametrize("ink", DRAWINGS.values(), ids=DRAWINGS)


def framed(ink: Ink) -> Frame:
    frame = frame_like_mnist(ink)
    assert frame is not None
    return frame


def numbers(caption: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", caption)]


@each_drawing
def test_the_film_shows_each_step_with_its_size_and_place(
    open_chapter: OpenChapter, ink: Ink
) -> None:
    pictures = open_chapter("framing", ink).pictures
    drawn_one, cropped, fitted, centred = (pictures[title] for title in list(pictures)[:4])
    assert np.array_equal(drawn_one.pixels, ink)
    assert numbers(drawn_one.caption) == [280, 280]

    rows, columns = np.nonzero(ink)
    height, width = int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1
    assert cropped.pixels.sum() == ink.sum()
    assert cropped.pixels.shape == (max(height, width),) * 2
    assert numbers(cropped.caption) == [width, height, columns.min(), rows.min()]

    frame = framed(ink)
    assert fitted.pixels.shape == (20, 20)
    assert fitted.pixels.sum() == frame.fitted.sum()
    assert numbers(fitted.caption)[:2] == [*frame.fitted.shape[::-1]]

    assert np.array_equal(centred.pixels, frame.grid)
    assert "28 × 28" in list(pictures)[3]
    row, column, down, right, *_, to_row, to_column = numbers(centred.caption)
    assert (row, column) == pytest.approx(frame.centre, abs=0.06)
    assert [down, right] == [*frame.offset]
    assert [to_row, to_column] == [14, 14]


@each_drawing
def test_the_table_says_what_each_model_reads_with_and_without_framing(
    open_chapter: OpenChapter, ink: Ink
) -> None:
    head, *rows = open_chapter("framing", ink).said
    assert head == ["", "as drawn", "framed"]
    grids = [raster.to_grid(ink, framing="drawn"), raster.to_grid(ink)]
    assert rows == expected_said(grids)


@each_drawing
def test_framing_a_framed_digit_again_does_not_change_it(
    open_chapter: OpenChapter, ink: Ink
) -> None:
    pictures = open_chapter("framing", ink).pictures
    again = pictures["Yours, framed once more"]
    assert np.array_equal(again.pixels, pictures["Framed"].pixels)
    assert np.array_equal(again.pixels, raster.to_grid(ink))
    assert "all 784 pixels are the same" in again.caption


def test_the_chapter_says_so_where_framing_again_changes_the_digit(
    open_chapter: OpenChapter,
) -> None:
    ink = with_a_faint_speck()
    again = open_chapter("framing", ink).pictures["Yours, framed once more"]
    same = int((raster.to_grid(raster.to_grid(ink)) == raster.to_grid(ink)).sum())
    assert same < 784
    assert again.caption.startswith(f"{same} of 784 pixels are the same")


@pytest.fixture
def mnist_digit(monkeypatch: pytest.MonkeyPatch) -> Callable[[Grid | DataError], None]:
    """Return what puts one grid, or an error, in the place of MNIST on this machine."""
    answer: Future[Any] = Future()
    monkeypatch.setattr(mnist, "download_progress", lambda: 1.0)
    monkeypatch.setattr(mnist_loader, "load_async", lambda: answer)

    def put(found: Grid | DataError) -> None:
        if isinstance(found, DataError):
            answer.set_exception(found)
        else:
            answer.set_result(SimpleNamespace(x_train=found[np.newaxis]))

    return put


def test_framing_does_not_change_an_mnist_digit(
    open_chapter: OpenChapter, mnist_digit: Callable[[Grid | DataError], None]
) -> None:
    grid = raster.to_grid(drawn(SEVEN))
    mnist_digit(grid)
    pictures = open_chapter("framing", DRAWINGS["digit"]).pictures
    assert np.array_equal(pictures["MNIST's 0"].pixels, grid)
    assert np.array_equal(pictures["MNIST's 0, framed"].pixels, grid)
    assert pictures["MNIST's 0, framed"].caption.startswith("all 784 pixels stayed as they were")


def test_framing_changes_an_mnist_digit_that_is_too_short(
    open_chapter: OpenChapter, mnist_digit: Callable[[Grid | DataError], None]
) -> None:
    grid = np.zeros((28, 28), np.uint8)
    grid[5:24, 14] = 255  # 19 pixels long
    mnist_digit(grid)
    shown = open_chapter("framing", DRAWINGS["digit"]).pictures["MNIST's 0, framed"]
    assert shown.caption.startswith("783 of its 784 pixels stayed as they were")


def test_without_mnist_the_chapter_leaves_its_digit_out(
    open_chapter: OpenChapter, mnist_digit: Callable[[Grid | DataError], None]
) -> None:
    assert len(open_chapter("framing", DRAWINGS["digit"]).pictures) == 7
    mnist_digit(DataError("It is broken.", "Fetch it anew."))
    assert len(open_chapter("framing", DRAWINGS["digit"]).pictures) == 7


def test_the_chapter_downloads_nothing(
    open_chapter: OpenChapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mnist, "download_progress", lambda: 0.5)
    monkeypatch.setattr(mnist_loader, "load_async", lambda: pytest.fail("was fetched"))
    chapter = open_chapter("framing", DRAWINGS["digit"])
    assert len(chapter.pictures) == 7
    assert "download them in the chapter Data" in chapter.text


def test_on_an_empty_canvas_the_chapter_uses_an_example(open_chapter: OpenChapter) -> None:
    chapter = open_chapter("framing", None)
    assert "this is an example" in chapter.text
    assert all(picture.pixels.any() for picture in chapter.pictures.values())
    assert [row[2][0] for row in chapter.said[1:]] == ["7", "7", "7"]
