"""The questions of the chapters: each right answer is computed anew, from the question's words."""

import re
from itertools import product

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pixelviz import raster
from pixelviz.arrays import Ink
from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.page.lesson import questions
from pixelviz.page.lesson.figures import Drawing
from pixelviz.page.lesson.question import Question
from pixelviz.raster import Framing
from tests.drawings import CROSSED_SEVEN, SEVEN, drawn, message_of, png_of
from tests.page.conftest import OpenChapter
from tests.page.lesson.test_chapters import CHAPTERS

CARD = card.read(MODELS)
ALL = 2 * len(CHAPTERS)
STROKE = drawn((((0.2, 0.9), (0.25, 0.1)),), pen_px=8)
INKS = {"seven": drawn(SEVEN), "crossed seven": drawn(CROSSED_SEVEN, pen_px=30), "thin": STROKE}
FRAMINGS: tuple[Framing, ...] = ("mnist", "drawn")
DRAWINGS = [
    Drawing(ink, raster.to_grid(ink, framing=framing), is_example=False)
    for ink, framing in product(INKS.values(), FRAMINGS)
]


def numbers_in(text: str) -> list[int]:
    return [int(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?!\.\d)", text)]


def as_number(answer: str) -> float:
    return float(re.sub(r"[^\d.]", "", answer))


def expected(name: str, asked: Question, drawing: Drawing) -> float:
    """Return the right answer to a question about a drawing, from the numbers in its words."""
    grid = drawing.grid.astype(int)
    said = numbers_in(asked.text)
    if name == "pixels 0":
        rows = np.sum(grid >= said[0], axis=1)
        return int(rows[np.flatnonzero(rows)[0]])
    if name == "grey-levels 0":
        row, column, value = said[:3]
        assert grid[row, column] == value
        return min((0, 85, 170, 255), key=lambda level: abs(level - value))
    if name == "grey-levels 1":
        return 28 * 28 * said[2]
    if name == "data 0":
        return round(100 * float(np.mean(grid == 0)))
    if name == "framing 0":
        rows, columns = np.nonzero(drawing.ink)
        assert said[:2] == [int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1]
        return 20
    if name == "unroll 0":
        return int(np.arange(784).reshape(28, 28)[tuple(said[:2])])
    if name == "unroll 1":
        row, column = divmod(said[0], 28)
        return int(np.arange(784).reshape(28, 28)[row + 1, column])
    if name == "tensors 0":
        tensor = grid.reshape(1, 28, 28, 1)
        return int(tensor[tuple(said[-4:])])
    if name == "rescale 0":
        return round(said[0] / 255, 3)
    if name == "predict 1":
        return int(np.sum(grid == 0))
    assert name == "move 0"
    moved = np.zeros_like(grid)
    moved[said[0] :] = grid[: -said[0]]
    assert said[1] == int(np.sum((grid > 0) | (moved > 0)))
    return int(np.sum(grid != moved))


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_right_answers_are_those_of_the_drawing(drawing: Drawing) -> None:
    checked = set()
    for name in CHAPTERS:
        for number, asked in enumerate(questions.of(name, drawing, CARD)):
            if f"{name} {number}" in COMPUTED:
                assert as_number(asked.right) == expected(f"{name} {number}", asked, drawing)
                checked.add(f"{name} {number}")
    assert checked == COMPUTED


COMPUTED = {
    "pixels 0", "grey-levels 0", "grey-levels 1", "data 0", "framing 0", "unroll 0", "unroll 1",
    "tensors 0", "rescale 0", "predict 1", "move 0",
}  # fmt: skip


def parameters_in_keras(*, keras_name: str) -> int:
    """Return how many parameters the convolutional network's first layer of a kind has."""
    import keras

    model = keras.saving.load_model(MODELS / "convolutional.keras", compile=False)
    found = next(each for each in model.layers if type(each).__name__ == keras_name)
    return int(found.count_params())


def test_right_answers_are_those_of_the_card() -> None:
    asked = {
        f"{name} {number}": each.right
        for name in CHAPTERS
        for number, each in enumerate(questions.of(name, DRAWINGS[0], CARD))
    }
    shuffled = {model.name: model.test.accuracy for model in CARD.shuffled}
    loss = {model.title: model.test.accuracy - shuffled[model.name] for model in CARD.models}
    assert loss[asked["move 1"]] == max(loss.values())
    softmax = CARD.models[0].test.accuracy
    assert as_number(asked["zip 0"]) == pytest.approx(100 * softmax**5, abs=0.5)
    assert as_number(asked["predict 0"]) == CARD.models[0].parameters == 784 * 10 + 10
    assert as_number(asked["tensors 1"]) == parameters_in_keras(keras_name="Conv2D")
    assert as_number(asked["zip 1"]) == 10**5
    assert as_number(asked["data 1"]) == np.empty((70000, 28, 28), np.uint8).size


def test_the_same_digit_elsewhere_has_the_same_picture_once_it_is_framed() -> None:
    """So says the answer to a question of the chapter Framing."""
    asked = questions.of("framing", DRAWINGS[0], CARD)[1]
    moved = np.roll(INKS["seven"], (30, -20), axis=(0, 1))
    assert moved.astype(int).sum() == INKS["seven"].astype(int).sum()
    assert asked.right.startswith("Nothing")
    assert np.array_equal(raster.to_grid(moved), raster.to_grid(INKS["seven"]))
    assert not np.array_equal(raster.as_drawn(moved), raster.as_drawn(INKS["seven"]))


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_each_chapter_asks_two_questions_with_different_answers(drawing: Drawing) -> None:
    for name in CHAPTERS:
        asked = questions.of(name, drawing, CARD)
        assert len(asked) == 2
        for each in asked:
            assert len(set(each.options)) == len(each.options) >= 3
            assert each.right in each.options
            assert each.options == each.options
    assert len(questions.names()) == 2 * len(CHAPTERS)


@pytest.mark.parametrize("ink", [INKS["seven"], None])
def test_an_answer_is_checked_explained_and_counted(
    open_chapter: OpenChapter, ink: Ink | None
) -> None:
    page = open_chapter("unroll", ink).page
    radio = page.radio[0]
    if ink is not None:
        asked = questions.of("unroll", DRAWINGS[0], CARD)[0]
        assert (radio.label, radio.options) == (asked.text, asked.options)
    row, column = numbers_in(radio.label)[:2]
    right = str(28 * row + column)
    wrong = next(option for option in radio.options if option != right)
    radio.set_value(wrong).run()
    assert "Not yet" in page.warning[0].value
    assert not page.success
    page.radio[0].set_value(right).run()
    assert f"28 × {row} + {column} = {right}" in page.success[0].value
    assert not page.warning
    assert any(
        f"1 of {ALL} questions answered correctly, 0 of them" in each.value for each in page.caption
    )


def test_another_drawing_asks_anew_and_keeps_the_result(open_chapter: OpenChapter) -> None:
    page = open_chapter("unroll", INKS["seven"]).page
    right = questions.of("unroll", DRAWINGS[0], CARD)[0].right
    page.radio[0].set_value(right).run()
    page.session_state["canvas"] = message_of(png_of(STROKE))
    page.run()
    assert page.radio[0].value is None
    assert any(
        f"1 of {ALL} questions answered correctly, 1 of them" in each.value for each in page.caption
    )


def test_the_last_chapter_shows_the_result_of_all(open_chapter: OpenChapter) -> None:
    page = open_chapter("class", None).page
    asked = questions.of("class", DRAWINGS[0], CARD)
    page.radio[1].set_value(asked[1].right).run()
    (table,) = (each.value for each in page.html if "Your result" in each.value)
    assert f"1 of {ALL} questions" in table
    assert table.count("<tr>") == 1 + len(CHAPTERS)
    assert table.count("✓ at the first try") == 1


@pytest.mark.parametrize(
    "kept",
    [None, [], "odd", {"unroll_0": None}, {"unroll_0": [1]}, {"unroll_0": [-1, 1]}, {"odd": [0, 1]},
     {"unroll_0": ["0", 1]}, {"unroll_0": [10**6, 1]}],
)  # fmt: skip
def test_odd_answers_from_a_browser_are_ignored(kept: object) -> None:
    def restoring(kept: object) -> None:
        import streamlit as st

        from pixelviz.page.lesson import quiz

        quiz.restore(kept)
        st.write(repr(quiz.to_keep()))

    page = AppTest.from_function(restoring, kwargs={"kept": kept}).run()
    assert page.markdown[0].value == "{}"
