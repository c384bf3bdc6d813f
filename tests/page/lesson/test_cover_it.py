"""Chapter Cover it, as a person finds it on the page, and its questions."""

import re

import numpy as np
import pytest

from pixelviz import raster
from pixelviz.arrays import Grid
from pixelviz.data.sample_digits import strokes_of
from pixelviz.features import rescale
from pixelviz.model import card
from pixelviz.model.classifier import MODELS
from pixelviz.model.contributions import contributions_of
from pixelviz.page.lesson import questions
from pixelviz.page.lesson.figures import Drawing, diverging
from pixelviz.vector import unroll
from tests import oracle
from tests.drawings import CROSSED_SEVEN, SCRIBBLE, drawn
from tests.page.conftest import OpenChapter
from tests.page.lesson.chapter import component_data, model

INKS = {"digit": drawn(CROSSED_SEVEN), "scribble": drawn(SCRIBBLE, pen_px=8)}


def number(text: str) -> float:
    return float(text.replace("\N{MINUS SIGN}", "-"))


@pytest.mark.parametrize("ink", INKS.values(), ids=INKS)
def test_covering_a_pixel_takes_its_weight_times_its_feature(
    open_chapter: OpenChapter, ink: np.ndarray
) -> None:
    chapter = open_chapter("cover-it", ink)
    grid = raster.to_grid(ink)
    vector = unroll(grid)
    weights, _ = oracle.softmax_weights()
    [whole] = oracle.ask("softmax", vector[np.newaxis])
    evidence = weights[:, whole.digit] * vector / 255
    pictures = chapter.pictures
    covered, added = pictures["Each pixel covered"], pictures["Weight × feature"]
    expected = diverging(evidence.reshape(28, 28))
    assert np.abs(covered.pixels.astype(int) - expected).max() <= 1
    assert np.abs(added.pixels.astype(int) - expected).max() <= 1
    assert f"logit of {whole.digit} falls" in covered.caption
    found = re.search(
        r"row (\d+), column (\d+): covered, the logit falls by (\S+); weight × feature is (\S+)\. "
        r"Over all 784 pixels the two differ by (\S+) at most",
        chapter.text,
    )
    assert found is not None
    at = 28 * int(found[1]) + int(found[2])
    assert abs(evidence[at]) == pytest.approx(np.abs(evidence).max())
    assert found[3] == found[4]
    assert number(found[3]) == pytest.approx(evidence[at], abs=0.0006)
    assert float(found[5]) < 1e-4


def test_the_patch_has_the_size_that_is_chosen(open_chapter: OpenChapter) -> None:
    chapter = open_chapter("cover-it", INKS["digit"])
    assert component_data(chapter.page, "cover_it")["size"] == 5
    chapter.page.button_group(key="patch_size").set_value(9).run()
    data = component_data(chapter.page, "cover_it")
    assert data["size"] == 9
    assert [each["name"] for each in data["models"]] == list(oracle.MODELS)
    assert all(each["address"] for each in data["models"])
    assert component_data(chapter.page, "fewest")["model"]["name"] == "convolutional"


@pytest.mark.parametrize("digit", range(10))
def test_the_question_asks_for_the_pixel_with_the_most_evidence(digit: int) -> None:
    grid: Grid = raster.to_grid(drawn(strokes_of(digit)))
    drawing = Drawing(np.zeros((280, 280), np.uint8), grid, is_example=False)
    question, other = questions.of("cover-it", drawing, card.read(MODELS))
    contributions = contributions_of(rescale(unroll(grid)), model("softmax").linear)
    evidence = contributions.weighted_features[int(contributions.logits.argmax())]
    places = [tuple(map(int, re.findall(r"\d+", option))) for option in question.options]
    values = [evidence[28 * row + column] for row, column in places]
    assert question.options[int(np.argmax(values))] == question.right
    assert len(set(question.options)) == len(question.options) == 4
    assert other.right == str(28 * 28 + 1)
