"""Chapter 8, Move and shuffle, as a person finds it on the page."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import streamlit as st

from pixelviz import raster
from pixelviz.arrays import Grid, Ink
from pixelviz.model import card
from pixelviz.model.card import Card
from pixelviz.model.classifier import MODELS
from pixelviz.page import background, state
from pixelviz.page.lesson.move_and_shuffle import move_and_shuffle
from pixelviz.server import model_client, worker_supervisor
from tests.drawings import CROSSED_SEVEN, SCRIBBLE, drawn
from tests.page.conftest import OpenChapter
from tests.page.lesson.chapter import Chapter, asked, component_data, expected_said, in_words

DRAWINGS = {"digit": drawn(CROSSED_SEVEN), "scribble": drawn(SCRIBBLE, pen_px=8)}
each_drawing = pytest.mark.parametrize("ink", DRAWINGS.values(), ids=DRAWINGS)
NAMES = ("softmax", "dense", "convolutional")


def moved(grid: Grid, rows: int, columns: int) -> Grid:
    """Return a grid moved over wide paper, cut out of it again."""
    paper = np.zeros((28 + 40, 28 + 40), np.uint8)
    paper[20 + rows : 48 + rows, 20 + columns : 48 + columns] = grid
    return paper[20:48, 20:48]


def press(chapter: Chapter, *ways: str) -> None:
    for way in ways:
        chapter.page.button(key=f"move_{way}").click().run()


@each_drawing
@pytest.mark.parametrize(
    ("ways", "rows", "columns", "said"),
    [
        ((), 0, 4, "0 down, 4 right"),
        (("back", "right"), 0, 1, "0 down, 1 right"),
        (("back", "up", "up", "left", "left", "left"), -2, -3, "2 up, 3 left"),
        (("corner",), 3, 3, "3 down, 3 right"),
        (("down", "right", "back"), 0, 0, "0 down, 0 right"),
    ],
)
def test_buttons_move_the_digit_and_count_what_changes(
    open_chapter: OpenChapter, ink: Ink, ways: tuple[str, ...], rows: int, columns: int, said: str
) -> None:
    chapter = open_chapter("move", ink)
    press(chapter, *ways)
    grid = raster.to_grid(ink)
    changed = moved(grid, rows, columns) != grid
    pixels, caption = chapter.pictures[said]
    assert np.array_equal(pixels, np.where(changed, 255, 0))
    assert caption.startswith(f"{changed.sum()} of 784 features changed")
    sent = component_data(chapter.page, "move_and_shuffle")
    assert base64.b64decode(sent["pixels"]) == grid.tobytes()
    assert (sent["rows"], sent["columns"]) == (rows, columns)
    assert sent["placed"] == len(ways)
    cells = [row[:3] for row in chapter.tables[0][1:]]
    assert cells == expected_said([grid, moved(grid, rows, columns)])


def test_the_digit_is_moved_8_pixels_at_most(open_chapter: OpenChapter) -> None:
    chapter = open_chapter("move", DRAWINGS["digit"])
    press(chapter, *["up"] * 9, *["right"] * 9)
    assert "8 up, 8 right" in chapter.pictures


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ([2, -3], (2, -3)),
        ([80, -80], (8, -8)),
        ([1], (1, 1)),
        (["a", "b"], (1, 1)),
        (None, (1, 1)),
        ([1e400, 0], (1, 1)),
    ],
)
def test_the_pictures_message_moves_the_digit_unless_it_is_malformed(
    monkeypatch: pytest.MonkeyPatch, sent: object, expected: tuple[int, int]
) -> None:
    session: dict[str, Any] = {
        "mover": {"shift": sent},
        state.SHIFT_ROWS: 1,
        state.SHIFT_COLUMNS: 1,
    }
    monkeypatch.setattr(st, "session_state", session)
    move_and_shuffle._follow()  # what Streamlit calls when the picture has sent its message
    assert (session[state.SHIFT_ROWS], session[state.SHIFT_COLUMNS]) == expected


@each_drawing
@pytest.mark.parametrize("way", ["across", "down"])
def test_the_curves_show_each_models_probability_at_each_shift(
    open_chapter: OpenChapter, ink: Ink, way: str
) -> None:
    chapter = open_chapter("move", ink)
    chapter.page.segmented_control(key="shift_direction").set_value(way).run()
    press(chapter, "back", "up", "left", "left")
    grid = raster.to_grid(ink)
    (chart,) = chapter.charts
    points, rule = (layer["data"]["values"] for layer in chart["layer"])
    assert rule == [{"shift": -1 if way == "down" else -2}]
    assert len(points) == 3 * 17
    for name, title in zip(NAMES, ("Softmax", "Dense", "Convolutional"), strict=True):
        first = asked(name, grid).digit
        doubt = "" if asked(name, grid).is_sure else "?"
        curve = {each["shift"]: each["probability"] for each in points
                 if each["model"] == f"{title}: {first}{doubt}"}  # fmt: skip
        assert sorted(curve) == list(range(-8, 9))
        for step, probability in curve.items():
            there = moved(grid, step, -2) if way == "down" else moved(grid, -1, step)
            assert probability == pytest.approx(asked(name, there).probabilities[first], abs=1e-5)


def shuffled(grid: Grid) -> Grid:
    """Return a grid with its pixels in the published order, worked out once more."""
    order = sorted(range(784), key=lambda index: hashlib.sha256(str(index).encode()).hexdigest())
    return grid.reshape(-1)[order].reshape(28, 28)


@each_drawing
def test_the_shuffled_picture_has_the_same_values_in_other_places(
    open_chapter: OpenChapter, ink: Ink
) -> None:
    pictures = open_chapter("move", ink).pictures
    grid = raster.to_grid(ink)
    assert np.array_equal(pictures["Your digit"].pixels, grid)
    assert np.array_equal(pictures["Shuffled"].pixels, shuffled(grid))
    for title in ("Your digit", "Shuffled"):
        assert f"{grid.sum(dtype=int):,} in all" in pictures[title].caption


UseTwins = Callable[..., Card]


@pytest.fixture
def use_twins(monkeypatch: pytest.MonkeyPatch) -> UseTwins:
    """Return what puts models into the card as if they had learned from the shuffle."""

    def use(**files: str) -> Card:
        """Each twin by name is another one of the models; a file that is not there cannot load."""
        stored = card.read(MODELS)
        by_file = {each.file: each for each in stored.models}
        plain = {each.name: each for each in stored.models}
        twins = tuple(
            replace(
                plain[name],
                shuffled=True,
                file=file,
                sha256=by_file[file].sha256 if file in by_file else "",
                test=replace(plain[name].test, accuracy=0.4321),
            )
            for name, file in files.items()
        )
        changed = replace(stored, shuffled=twins)
        monkeypatch.setattr(card, "read", lambda _: changed)
        if twins:
            worker_supervisor.load_async(twins).result()
        return changed

    return use


def accuracies(models_card: Card) -> dict[str, str]:
    return {each.title: exactly(each.test.accuracy) for each in models_card.models}


def exactly(accuracy: float) -> str:
    return f"{100 * accuracy:.2f}\u202f%"


def test_without_shuffled_models_the_chapter_says_so_and_uses_the_others(
    open_chapter: OpenChapter, use_twins: UseTwins
) -> None:
    accuracy = accuracies(use_twins())
    chapter = open_chapter("move", DRAWINGS["digit"])
    assert "not those trained on shuffled pixels" in chapter.text
    grid = raster.to_grid(DRAWINGS["digit"])
    _, *rows = chapter.tables[1]
    assert rows == [[*row, accuracy[row[0]]] for row in expected_said([grid, shuffled(grid)])]


def test_shuffled_models_are_listed_with_the_accuracy_on_their_card(
    open_chapter: OpenChapter, use_twins: UseTwins
) -> None:
    files = {"softmax": "dense.keras", "dense": "softmax.keras",
             "convolutional": "dense.keras"}  # fmt: skip
    use_twins(**files)
    chapter = open_chapter("move", DRAWINGS["digit"])
    assert "the shuffle are not" not in chapter.text
    grid = raster.to_grid(DRAWINGS["digit"])
    _, *rows = chapter.tables[1]
    assert rows[::2] == [
        [*row, rows[2 * place][-1]]
        for place, row in enumerate(expected_said([grid, shuffled(grid)]))
    ]
    for (name, file), plain, row in zip(files.items(), rows[::2], rows[1::2], strict=True):
        other = file.removesuffix(".keras")
        assert row[0] == f"{plain[0]}, trained on shuffled pixels", name
        assert row[1:3] == [in_words(asked(other, each)) for each in (grid, shuffled(grid))]
        assert row[3] == exactly(0.4321)


def test_a_missing_shuffled_model_is_left_out(
    open_chapter: OpenChapter, use_twins: UseTwins
) -> None:
    use_twins(softmax="nowhere.keras", dense="dense.keras")
    _, *rows = open_chapter("move", DRAWINGS["digit"]).tables[1]
    assert [row[0] for row in rows] == [
        "Softmax regression",
        "Dense network",
        "Dense network, trained on shuffled pixels",
        "Convolutional network",
    ]


def test_while_shuffled_models_load_the_others_answer(
    open_chapter: OpenChapter, use_twins: UseTwins, monkeypatch: pytest.MonkeyPatch
) -> None:
    twins, ready = use_twins(dense="softmax.keras").shuffled, background.loaded_models

    def not_yet(model_cards: Any) -> model_client.RemoteModels | None:
        return None if model_cards == twins else ready(model_cards)

    monkeypatch.setattr(background, "loaded_models", not_yet)
    chapter = open_chapter("move", DRAWINGS["digit"])
    assert "still loading" in chapter.text
    assert len(chapter.tables[1]) == 1 + 3


def test_on_an_empty_canvas_the_chapter_uses_an_example(open_chapter: OpenChapter) -> None:
    chapter = open_chapter("move", None)
    assert "this is an example" in chapter.text
    assert [row[1][0] for row in chapter.tables[0][1:]] == ["7", "7", "7"]
    assert "not the value of each single pixel that matters" in chapter.text
