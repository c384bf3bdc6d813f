"""Chapter Train, as the server sends it, and its questions."""

import re

import numpy as np
import pytest

from pixelviz import raster
from pixelviz.data.sample_digits import strokes_of
from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.page import component
from pixelviz.page.lesson import questions
from pixelviz.page.lesson.figures import Drawing
from pixelviz.shuffle import permutation
from tests.drawings import CROSSED_SEVEN, SCRIBBLE, drawn
from tests.page.conftest import OpenChapter
from tests.page.lesson.chapter import component_data

INK = drawn(CROSSED_SEVEN)


def test_the_browser_gets_the_digit_the_examples_and_the_order_of_shuffled_pixels(
    open_chapter: OpenChapter,
) -> None:
    chapter = open_chapter("train", INK)
    data = component_data(chapter.page, "train")
    assert data["pixels"] == component.encoded(raster.to_grid(INK))
    assert data["order"] == permutation().tolist()
    assert len(data["samples"]) == 10
    for digit, strokes in enumerate(data["samples"]):
        assert [[tuple(point) for point in stroke] for stroke in strokes] == [
            list(stroke) for stroke in strokes_of(digit)
        ]
    assert not chapter.page.exception
    assert not chapter.page.error


def test_new_words_are_in_bold(open_chapter: OpenChapter) -> None:
    chapter = open_chapter("train", INK)
    text = "\n".join(block.value for block in chapter.page.markdown)
    words = "learns batch gradient loss accuracy held-out epoch learning_rate over-fitting error"
    for word in words.split():
        assert f"**{word.replace('_', ' ')}**" in text.lower(), word


@pytest.mark.parametrize(
    "ink",
    [*(drawn(strokes_of(digit)) for digit in range(10)), drawn(SCRIBBLE, pen_px=8)],
    ids=[*map(str, range(10)), "scribble"],
)
def test_the_right_answers_are_those_of_a_step_of_gradient_descent(ink: np.ndarray) -> None:
    grid = raster.to_grid(ink)
    first, second = questions.of("train", Drawing(ink, grid, is_example=False), card.read(MODELS))
    features = grid.reshape(784) / 255
    probabilities = np.full(10, 0.1)
    target = np.eye(10)[4]
    weights = np.zeros((784, 10)) - 0.5 * np.outer(features, probabilities - target)
    assert int(first.right) == np.count_nonzero(weights[:, 4])
    found = re.search(r"row (\d+), column (\d+) afterwards, whose feature is ([\d.]+)", second.text)
    assert found is not None
    index = 28 * int(found[1]) + int(found[2])
    assert float(found[3]) == pytest.approx(features[index], abs=0.005)
    right = float(second.right.replace("\N{MINUS SIGN}", "-"))
    assert right == pytest.approx(weights[index, 4], abs=0.0023)  # the feature has two decimals
    for question in (first, second):
        assert len(set(question.options)) == len(question.options) == 4
