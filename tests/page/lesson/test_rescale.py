"""Chapter 5, Rescale, as a person finds it on the page."""

import re

import numpy as np
import pytest

from pixelviz import raster
from pixelviz.arrays import Ink
from pixelviz.model.classifier import Prediction
from pixelviz.page.prediction import percent
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
    sides = re.findall("<div class='scaled'>(.*?)</div>", chapter.html)
    (chart,) = chapter.charts
    for side, title, scale in zip(sides, ["0 to 1", "0 to 255"], [255, 1], strict=True):
        features = integers / np.float32(scale)
        expected = model(name).predict(features)
        assert f"<b>{title}</b>" in side
        assert f"<p class='digit'>{expected.digit}</p><p>{percent(expected.confidence)}" in side
        assert ("not sure" in side) is not expected.is_sure
        assert f"largest feature {features.max():g}<" in side
        best, following = np.sort(expected.logits)[:-3:-1]
        assert f"largest logit {best:,.1f}<" in side
        assert f"the next one {following:,.1f}<" in side
        bars = {
            bar["digit"]: bar["probability"]
            for bar in chart["data"]["values"]
            if bar["features"] == title
        }
        assert [bars[digit] for digit in range(10)] == pytest.approx(
            expected.probabilities, abs=1e-5
        )
        assert f"{best - following:,.1f} apart for {title}" in chapter.text


def test_softmax_regressions_logits_without_bias_grow_255_fold(
    open_chapter: OpenChapter,
) -> None:
    chapter = open_chapter("rescale", DRAWINGS["digit"])
    chapter.page.segmented_control(key="rescale_model").set_value("softmax").run()
    (told,) = re.findall(r"For 7: .*", chapter.text)
    _, *numbers = (
        float(number.replace(",", "")) for number in re.findall(r"-?\d[\d.,]*\d|\d", told)
    )
    small_sum, bias, small, large_sum, same_bias, large = numbers
    learned = model("softmax").linear
    integers = unroll(raster.to_grid(DRAWINGS["digit"])).astype(np.float64)
    assert bias == same_bias == pytest.approx(learned.bias[7], abs=0.006)
    assert large_sum == pytest.approx(integers @ learned.weights[:, 7], abs=0.1)
    assert small_sum == pytest.approx(large_sum / 255, abs=0.006)
    assert small == pytest.approx(small_sum + bias, abs=0.011)
    assert large == pytest.approx(large_sum + bias, abs=0.011)


def test_a_model_that_is_not_sure_says_so(
    open_chapter: OpenChapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Prediction, "is_sure", property(lambda _: False))
    assert open_chapter("rescale", DRAWINGS["digit"]).html.count(", not sure") == 2


def test_without_a_chosen_model_the_chapter_asks_for_one(open_chapter: OpenChapter) -> None:
    chapter = open_chapter("rescale", DRAWINGS["digit"])
    chapter.page.segmented_control(key="rescale_model").set_value(None).run()
    assert "Choose a model." in chapter.text
    assert not chapter.charts


def test_on_an_empty_canvas_the_chapter_uses_an_example(open_chapter: OpenChapter) -> None:
    chapter = open_chapter("rescale", None)
    assert "this is an example" in chapter.text
    assert "<p class='digit'>7</p>" in chapter.html
