"""The page's logic, without a browser: what it answers to which drawing."""

import logging
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pixelviz import raster, vector
from pixelviz.arrays import Ink
from pixelviz.features import rescale
from pixelviz.model import card, classifier, keras_classifier
from pixelviz.model.classifier import Classifier
from pixelviz.page import layout
from pixelviz.server import worker_supervisor
from tests.drawings import CROSSED_SEVEN, SEVEN, drawn, message_of, paper, png_of
from tests.page.lesson.chapter import component_data, words

WAIT_S = 60


@pytest.fixture
def page(root: Path) -> Iterator[AppTest]:
    """Return the page with its models loaded and nothing drawn."""
    page = AppTest.from_file(str(root / "pixelviz/page/main.py"), default_timeout=WAIT_S)
    draw(page, drawn(SEVEN))
    deadline = time.monotonic() + WAIT_S
    while "Loading" in words(page) and time.monotonic() < deadline:
        time.sleep(0.1)
        page.run()
    del page.session_state["canvas"]
    yield page.run()
    assert not page.exception


def draw(page: AppTest, ink: Ink) -> AppTest:
    return send(page, message_of(png_of(ink)))


def send(page: AppTest, message: Any) -> AppTest:
    page.session_state["canvas"] = message
    return page.run()


def model(name: str) -> Classifier:
    (found,) = [each for each in card.read(classifier.MODELS).models if each.name == name]
    return keras_classifier.load(found)


def test_nothing_drawn_gets_no_prediction(page: AppTest) -> None:
    assert "Draw a digit" in words(page)
    assert "Prediction:" not in words(page)
    assert component_data(page, "messenger")["answer"]["logits"] == {}


@pytest.mark.parametrize("framing", ["mnist", "drawn"])
def test_the_prediction_is_what_the_model_says_to_the_grid(
    page: AppTest, framing: raster.Framing
) -> None:
    ink = drawn(CROSSED_SEVEN)
    page.segmented_control(key="framing").set_value(framing)
    draw(page, ink)
    grid = raster.to_grid(ink, framing=framing)
    expected = model("convolutional").predict(rescale(vector.unroll(grid)))
    assert f"Prediction: {expected.digit}" in words(page)
    for name in ("softmax", "dense"):
        other = model(name).predict(rescale(vector.unroll(grid)))
        logits = component_data(page, "messenger")["answer"]["logits"][name]
        assert logits == pytest.approx(other.logits, abs=1e-4)


def test_without_tensorflow_the_page_says_so_and_goes_on(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "tensorflow.py").write_text("raise ImportError('no TensorFlow here')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    worker_supervisor.shut_down()
    draw(page, drawn(SEVEN))
    deadline = time.monotonic() + WAIT_S
    while "Loading" in words(page) and time.monotonic() < deadline:
        time.sleep(0.1)
        page.run()
    assert "no TensorFlow here" in page.error[0].value
    assert "requirements.txt" in page.error[0].value
    assert "Prediction:" not in words(page)
    worker_supervisor.shut_down()


def test_another_model_can_be_chosen(page: AppTest) -> None:
    ink = drawn(CROSSED_SEVEN)[::5, ::5]  # small, in the corner, where it was drawn
    small = paper()
    small[: ink.shape[0], : ink.shape[1]] = ink
    page.segmented_control(key="framing").set_value("drawn")
    draw(page, small)
    features = rescale(vector.unroll(raster.as_drawn(small)))
    for name in ("softmax", "dense", "convolutional"):
        page.selectbox(key="model").set_value(name).run()
        answer = model(name).predict(features)
        assert f"Prediction: {answer.digit if answer.is_sure else 'not sure'}" in words(page)


def test_clear_empties_the_canvas_and_undo_restores_the_drawing(page: AppTest) -> None:
    stroke = {"type": "Path", "path": [["M", 1, 1], ["L", 9, 9]]}
    message = message_of(png_of(drawn(SEVEN)))
    message["drawing"]["raw"]["objects"] = [stroke]
    send(page, message)
    page.button(key="clear").click().run()
    assert page.session_state["placement"].strokes == []
    page.session_state["canvas"] = {"drawing": {"raw": {"objects": []}, "data": None}}
    page.button(key="undo").click().run()
    assert page.session_state["placement"].strokes == [stroke]


def test_undo_takes_back_one_stroke_at_a_time_and_then_the_example(page: AppTest) -> None:
    page.button(key="example_4").click().run()
    four = page.session_state["placement"].strokes
    assert len(four) == 1  # an example is placed as one picture of ink
    stroke = {"type": "Path", "path": [["M", 1, 1], ["L", 9, 9]]}
    page.session_state["canvas"] = {"drawing": {"raw": {"objects": [*four, stroke]}, "data": None}}
    page.button(key="undo").click().run()
    assert page.session_state["placement"].strokes == four
    page.session_state["canvas"] = {"drawing": {"raw": {"objects": four}, "data": None}}
    page.button(key="example_7").click().run()
    page.session_state["canvas"] = {
        "drawing": {"raw": {"objects": page.session_state["placement"].strokes}, "data": None}
    }
    page.button(key="undo").click().run()
    assert page.session_state["placement"].strokes == four


def test_undo_of_nothing_does_nothing(page: AppTest) -> None:
    page.button(key="undo").click().run()
    assert "Draw a digit" in words(page)


@pytest.mark.parametrize(
    "data",
    [
        "data:image/png;base64,",
        "data:image/png;base64,AAAA",
        "data:image/png;base64,%%%",
        "no address at all",
        "data:image/png;base64," + "A" * 1000,
        message_of(png_of(np.zeros((20, 20), np.uint8)))["drawing"]["data"],
        42,
    ],
)
def test_an_unreadable_drawing_gets_a_message_and_the_page_stays(
    page: AppTest, data: object
) -> None:
    send(page, {"drawing": {"raw": {"objects": [{}]}, "data": data}})
    assert len(page.error) == 1
    assert re.search("Expected|The drawing could not be read", page.error[0].value)
    assert "Draw a digit" in words(page)


@pytest.mark.parametrize(
    "message", [{}, {"drawing": None}, {"drawing": "odd"}, {"drawing": {"raw": 3}}]
)
def test_a_canvas_message_of_the_wrong_shape_never_breaks_the_page(
    page: AppTest, message: object
) -> None:
    send(page, message)
    page.button(key="undo").click().run()
    page.button(key="clear").click().run()


@pytest.mark.parametrize("pinned", [401, None, -1, 784, "401", True, 4.5, [1], {"index": 1}])
def test_a_pin_that_is_not_an_index_is_ignored(pinned: object) -> None:
    def one_view() -> None:
        import streamlit as st

        from pixelviz.page.pixel_view import pixel_view

        pixel_view.show()
        st.write(repr(pixel_view.pinned()))

    view = AppTest.from_function(one_view, default_timeout=WAIT_S)
    view.session_state["pixel_view"] = {"pinned": pinned}
    view.run()
    assert view.markdown[0].value == ("401" if pinned == 401 else "None")


def test_a_second_click_counts_before_the_canvas_has_loaded_the_first(page: AppTest) -> None:
    strokes = [{"type": "Path", "path": [["M", k, k], ["L", 9, 9]]} for k in range(3)]
    page.session_state["canvas"] = {"drawing": {"raw": {"objects": strokes}, "data": None}}
    page.button(key="undo").click().run()
    page.button(key="undo").click().run()
    assert page.session_state["placement"].strokes == strokes[:1]
    page.button(key="clear").click().run()
    page.button(key="undo").click().run()
    assert page.session_state["placement"].strokes == strokes[:1]


def test_a_message_is_logged_once_with_its_traceback_and_without_the_drawing(
    page: AppTest, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(layout, "_logged", set())
    from pixelviz.page.prediction import (
        prediction,
    )  # components can be imported only once a page has run

    monkeypatch.setattr(prediction, "MODELS", tmp_path)
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            draw(page, drawn(SEVEN))
        page.session_state["canvas"] = message_of(b"no picture")
        page.run()
    assert "card.json" in page.error[0].value
    missing, unreadable = [each for each in caplog.records if each.name == layout.__name__]
    assert (missing.levelname, unreadable.levelname) == ("WARNING", "INFO")
    for record in (missing, unreadable):
        assert record.exc_info
        assert record.exc_info[2] is not None
    assert message_of(png_of(drawn(SEVEN)))["drawing"]["data"][:60] not in caplog.text


def test_a_widget_starts_from_what_it_is_set_to_and_no_run_sets_it_back(page: AppTest) -> None:
    """A browser may first show it in a later run, or change it while a run goes on."""
    page.selectbox(key="model").set_value("softmax")
    page.button_group(key="framing").set_value("drawn")
    page.button_group(key="chapter").set_value("zip")
    page.run()
    page.run()
    model_choice = page.selectbox(key="model").proto
    assert model_choice.options[model_choice.default].startswith("Softmax regression")
    assert not model_choice.set_value
    for key, expected in (("framing", "As drawn"), ("chapter", "13\N{NO-BREAK SPACE}ZIP code")):
        choice = page.button_group(key=key).proto
        assert [choice.options[index].content for index in choice.default] == [expected]
        assert not choice.set_value
