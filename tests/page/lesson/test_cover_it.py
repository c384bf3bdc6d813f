"""Chapter Cover it, as a person finds it on the page."""

import base64
import re
from concurrent.futures import Future

import numpy as np
import pytest

from pixelviz import raster
from pixelviz.arrays import Grid, Ink
from pixelviz.data.sample_digits import strokes_of
from pixelviz.errors import ModelError
from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.page.lesson import questions
from pixelviz.page.lesson.figures import Drawing
from pixelviz.page.prediction import prediction
from pixelviz.server import worker_supervisor
from tests import oracle
from tests.drawings import CROSSED_SEVEN, SCRIBBLE, drawn
from tests.page.conftest import OpenChapter
from tests.page.lesson.chapter import component_data

COMPONENTS = ("cover_it", "rub_out", "fewest_pixels", "against_weights")
DRAWINGS = {"digit": drawn(CROSSED_SEVEN), "scribble": drawn(SCRIBBLE, pen_px=8)}
each_drawing = pytest.mark.parametrize("ink", DRAWINGS.values(), ids=DRAWINGS)
THEORY = "One pixel is covered."


@each_drawing
def test_every_experiment_gets_the_drawing_and_the_models(
    open_chapter: OpenChapter, ink: Ink
) -> None:
    chapter = open_chapter("cover-it", ink)
    models = prediction.models_for_browser()
    assert [each["name"] for each in models] == list(oracle.MODELS)
    for name in COMPONENTS:
        data = component_data(chapter.page, name)
        assert base64.b64decode(data["pixels"]) == raster.to_grid(ink).tobytes()
        if name == "against_weights":
            assert data["address"] == models[0]["address"]
        else:
            assert data["models"] == models


def test_patch_and_eraser_have_the_sizes_that_are_chosen(open_chapter: OpenChapter) -> None:
    page = open_chapter("cover-it", DRAWINGS["digit"]).page
    assert component_data(page, "cover_it")["size"] == 5
    assert component_data(page, "rub_out")["size"] == 3
    for key, name, size in (("patch_size", "cover_it", 9), ("eraser_size", "rub_out", 1)):
        page.segmented_control(key=key).set_value(size).run()
        assert component_data(page, name)["size"] == size
    page.button_group(key="chapter").set_value("pixels").run()
    page.button_group(key="chapter").set_value("cover-it").run()
    assert component_data(page, "cover_it")["size"] == 9  # kept while another chapter is open


def test_on_an_empty_canvas_the_chapter_uses_an_example(open_chapter: OpenChapter) -> None:
    chapter = open_chapter("cover-it", None)
    assert "this is an example" in chapter.text
    for name in COMPONENTS:
        assert any(base64.b64decode(component_data(chapter.page, name)["pixels"]))


def test_without_a_card_the_page_says_what_is_wrong_and_the_chapter_stays(
    open_chapter: OpenChapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prediction, "models_for_browser", list)
    chapter = open_chapter("cover-it", DRAWINGS["digit"])
    assert component_data(chapter.page, "cover_it")["models"] == []
    assert "The fewest pixels" in chapter.text
    assert "weight × feature" not in chapter.text  # there is no softmax regression


@pytest.mark.parametrize("digit", range(10))
def test_the_question_asks_for_the_pixel_with_the_most_evidence(digit: int) -> None:
    grid: Grid = raster.to_grid(drawn(strokes_of(digit)))
    drawing = Drawing(np.zeros((280, 280), np.uint8), grid, is_example=False)
    question, _ = questions.of("cover-it", drawing, card.read(MODELS))
    weights, bias = oracle.softmax_weights()
    features = grid.ravel() / 255
    evidence = weights[:, int((features @ weights + bias).argmax())] * features
    places = [tuple(numbers_in(option)) for option in question.options]
    values = [evidence[28 * row + column] for row, column in places]
    assert question.options[int(np.argmax(values))] == question.right
    assert len(set(question.options)) == len(question.options) == 4


def numbers_in(text: str) -> list[int]:
    return [int(found) for found in re.findall(r"\d+", text)]


def drops(grid: Grid, size: int, row: int, column: int) -> dict[str, float]:
    """Return by how much the probability of each model's answer falls, by its title, from Keras."""
    rows, columns = np.indices(grid.shape)
    far = np.maximum(np.abs(rows - row), np.abs(columns - column))
    pictures = np.array([grid, np.where(2 * far < size, 0, grid)])
    found = {}
    for name in oracle.MODELS:
        whole, covered = oracle.ask(name, pictures)
        found[oracle.title(name)] = whole.confidence - covered.probabilities[whole.digit]
    return found


@each_drawing
def test_the_model_that_minds_most_is_keras_s(open_chapter: OpenChapter, ink: Ink) -> None:
    page = open_chapter("cover-it", ink).page
    asked = page.radio[1]
    size, _, row, column = numbers_in(asked.label)
    lost = drops(raster.to_grid(ink), size, row, column)
    first, second = sorted(lost.values(), reverse=True)[:2]
    assert first - second > 0.09
    right = max(lost, key=lambda title: lost[title])
    assert set(asked.options) == set(lost)
    wrong = next(title for title in lost if title != right)
    asked.set_value(wrong).run()
    assert page.warning
    page.radio[1].set_value(right).run()
    assert [each.value.startswith("Right.") for each in page.success] == [True]


def test_no_question_names_an_answer(open_chapter: OpenChapter) -> None:
    """They are seen while the answer is hidden."""
    page = open_chapter("cover-it", DRAWINGS["digit"]).page
    for radio in page.radio[:2]:
        assert not re.search(r"%|points|reads", " ".join([radio.label, *radio.options]))


def test_where_no_model_loses_much_more_than_the_others_the_weights_are_asked_about(
    open_chapter: OpenChapter,
) -> None:
    open_chapter("pixels", None)  # the models are loaded
    assert worker_supervisor.load_async(card.read(MODELS).models).done()
    grid = np.zeros((28, 28), np.uint8)
    grid[0, 0] = 255  # no patch of the question covers it
    drawing = Drawing(DRAWINGS["digit"], grid, is_example=False)
    asked = questions.of("cover-it", drawing, card.read(MODELS))[1]
    assert asked.text.startswith(THEORY)
    assert asked.right == oracle.title("softmax")


@pytest.mark.parametrize("state", ["loading", "failed"])
def test_while_the_server_has_no_models_the_weights_are_asked_about(
    monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    future: Future[object] = Future()
    if state == "failed":
        future.set_exception(ModelError("The models are gone.", "Start again."))
    monkeypatch.setattr(worker_supervisor, "load_async", lambda _: future)
    ink = DRAWINGS["digit"]
    drawing = Drawing(ink, raster.to_grid(ink), is_example=False)
    asked = questions.of("cover-it", drawing, card.read(MODELS))
    assert len(asked) == 2
    assert asked[1].text.startswith(THEORY)
