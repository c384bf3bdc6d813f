"""Chapter 6, Rescale, as a person finds it on the page."""

import re

import numpy as np
import pytest

from pixelviz import raster
from pixelviz.arrays import Ink
from pixelviz.model.classifier import Prediction
from pixelviz.page.wording import reason
from pixelviz.vector import unroll
from tests.drawings import CROSSED_SEVEN, SCRIBBLE, drawn
from tests.page.conftest import OpenChapter
from tests.page.lesson.chapter import model

DRAWINGS = {"digit": drawn(CROSSED_SEVEN), "scribble": drawn(SCRIBBLE, pen_px=8)}
each_drawing = pytest.mark.parametrize("ink", DRAWINGS.values(), ids=DRAWINGS)
each_model = pytest.mark.parametrize("name", ["softmax", "dense", "convolutional"])


@each_model
@each_drawing
def test_both_sides_show_the_models_prediction_for_their_values(
    open_chapter: OpenChapter, ink: Ink, name: str
) -> None:
    chapter = open_chapter("rescale", ink)
    chapter.page.segmented_control(key="rescale_model").set_value(name).run()
    integers = unroll(raster.to_grid(ink)).astype(np.float32)
    sides = re.findall(r"<div><b>(0 to \d+)</b>(.*?)</div>", chapter.html)
    (chart,) = chapter.charts
    for (title, side), scale in zip(sides, [255, 1], strict=True):
        features = integers / np.float32(scale)
        expected = model(name).predict(features)
        shown = expected.digit if expected.is_sure else "not sure"
        assert f"<p class='digit'>{shown}</p><p>{reason(expected)}</p>" in side
        assert f"largest feature {features.max():.3g}<" in side
        bars = {
            bar["digit"]: bar["probability"]
            for bar in chart["data"]["values"]
            if bar["features"] == title
        }
        assert [bars[digit] for digit in range(10)] == pytest.approx(
            expected.probabilities, abs=1e-5
        )


def test_no_digit_is_shown_where_the_model_is_not_sure(
    open_chapter: OpenChapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Prediction, "is_sure", property(lambda _: False))
    assert (
        open_chapter("rescale", DRAWINGS["digit"]).html.count("<p class='digit'>not sure</p>") == 2
    )


def test_the_chapter_opens_on_softmax_regression(open_chapter: OpenChapter) -> None:
    chapter = open_chapter("rescale", DRAWINGS["digit"])
    assert chapter.page.segmented_control(key="rescale_model").value == "softmax"
    assert "so the sum grows 255-fold" in chapter.text


def test_on_an_empty_canvas_the_chapter_uses_an_example(open_chapter: OpenChapter) -> None:
    chapter = open_chapter("rescale", None)
    assert "this is an example" in chapter.text
    assert "<p class='digit'>7</p>" in chapter.html


def test_one_click_shows_a_digit_that_is_read_wrongly_and_with_more_confidence(
    open_chapter: OpenChapter,
) -> None:
    chapter = open_chapter("rescale", DRAWINGS["digit"])
    assert "Try a 5" in chapter.page.button(key="thin_pen").label
    chapter.page.button(key="thin_pen").click().run()
    assert "With 0 to 1 the model is not sure: probably 5" in chapter.text
    assert "With 0 to 255 it says 8, and is >\u202f99.9\u202f% sure" in chapter.text
