"""Chapter 6, Tensors, as a person finds it on the page: what is sent, and the models' layers."""

import base64
import html
import re
from functools import cache
from typing import Any
from urllib.parse import unquote

import numpy as np
import pytest

from pixelviz import ink, raster
from pixelviz.arrays import Ink
from pixelviz.data.sample_digits import strokes_of
from pixelviz.errors import ModelError
from pixelviz.model import summary
from pixelviz.model.classifier import MODELS
from pixelviz.raster import Framing
from tests.drawings import CROSSED_SEVEN, SCRIBBLE, drawn
from tests.page.conftest import OpenChapter
from tests.page.lesson.chapter import Chapter, component_data

DRAWINGS = {"digit": drawn(CROSSED_SEVEN), "scribble": drawn(SCRIBBLE, pen_px=8)}
PARTS = ("ranks", "batch", "colour", "reshape")
NAMES = ("softmax", "dense", "convolutional")


@cache
def in_keras(name: str) -> Any:
    import keras

    return keras.saving.load_model(MODELS / f"{name}.keras", compile=False)


def input_of(layer: Any) -> Any:
    """Return what goes into a layer of Keras; the first one passes on what it gets."""
    return layer.output if layer.input == [] else layer.input


def rows_of(chapter: Chapter) -> list[list[str]]:
    """Return the table of layers, row by row, with a tag for each part of a cell's text."""
    (table,) = re.findall(r"<table class='said layers'>(.*?)</table>", chapter.html)
    return [
        [html.unescape(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", table)
    ]


def shape_of(text: str) -> tuple[int | None, ...]:
    """Return a shape of the table, as Keras has it."""
    first, *others = text.strip("()").split(", ")
    assert first == "n"
    return (None, *map(int, others))


def number(text: str) -> int:
    return int(text.replace(",", ""))


def worked_out(text: str) -> int:
    """Return what products and sums as written come to."""
    return sum(
        int(np.prod([int(factor) for factor in term.split("×")])) for term in text.split("+")
    )


@pytest.mark.parametrize("ink", DRAWINGS.values(), ids=DRAWINGS)
def test_every_part_is_made_from_the_drawing(open_chapter: OpenChapter, ink: Ink) -> None:
    page = open_chapter("tensors", ink).page
    for part in PARTS:
        sent = base64.b64decode(component_data(page, part)["pixels"])
        assert sent == raster.to_grid(ink).tobytes()


def test_on_an_empty_canvas_the_chapter_uses_an_example(open_chapter: OpenChapter) -> None:
    chapter = open_chapter("tensors", None)
    assert "this is an example" in chapter.text
    for part in PARTS:
        assert any(base64.b64decode(component_data(chapter.page, part)["pixels"]))


@pytest.mark.parametrize("framing", ["mnist", "drawn"])
def test_the_examples_of_the_batch_are_framed_as_the_page_frames_them(
    open_chapter: OpenChapter, framing: Framing
) -> None:
    page = open_chapter("tensors", DRAWINGS["digit"]).page
    page.button_group(key="framing").set_value(framing).run()
    examples = component_data(page, "batch")["examples"]
    assert len(examples) == 10
    for digit, example in enumerate(examples):
        strokes = tuple(280 * np.array(stroke) for stroke in strokes_of(digit))
        grid = raster.to_grid(ink.from_strokes(strokes, pen_width_px=12), framing=framing)
        assert base64.b64decode(example) == grid.tobytes()


@pytest.mark.parametrize("name", NAMES)
def test_the_layers_are_those_of_keras(open_chapter: OpenChapter, name: str) -> None:
    chapter = open_chapter("tensors", DRAWINGS["digit"])
    chapter.page.button_group(key="tensors_model").set_value(name).run()
    _, *rows, foot = rows_of(chapter)
    layers = in_keras(name)._functional.layers
    assert len(rows) == len(layers)
    for (title, goes_in, comes_out, _, values, parameters), layer in zip(rows, layers, strict=True):
        assert title.startswith(f"{type(layer).__name__}<small><i>{layer.name}: </i>")
        assert not title.endswith("</i></small>")  # it says what the layer does
        activation = getattr(getattr(layer, "activation", None), "__name__", "linear")
        is_relu = activation == "relu" or type(layer).__name__ == "ReLU"
        assert ("0 for all that is below 0 (ReLU)" in title) == is_relu
        assert shape_of(comes_out) == layer.output.shape
        assert shape_of(goes_in) == input_of(layer).shape
        assert number(values) == np.prod(layer.output.shape[1:])
        count, _, how = parameters.partition("<small>")
        assert number(count) == layer.count_params()
        if how:
            assert worked_out(how.removesuffix("</small>")) == layer.count_params()
        else:
            assert layer.count_params() == 0
    assert foot[-1] == f"<b>{in_keras(name).count_params():,}</b>"


@pytest.mark.parametrize("name", NAMES)
def test_what_is_said_of_the_parameters_is_so(open_chapter: OpenChapter, name: str) -> None:
    chapter = open_chapter("tensors", DRAWINGS["digit"])
    chapter.page.button_group(key="tensors_model").set_value(name).run()
    model = in_keras(name)
    total = model.count_params()
    assert f"**{total:,} parameters**, {4 * total:,} bytes as float32." in chapter.text
    trained = sum(int(np.prod(each.shape)) for each in model.trainable_weights)
    said = re.search(r"([\d,]+) of them were trained; ([\d,]+) are averages", chapter.text)
    assert (said is not None) == (trained < total)
    if said:
        assert (number(said[1]), number(said[2])) == (trained, total - trained)
    most = max(model.layers, key=lambda layer: layer.count_params())
    assert f"`{most.name}` has the most: {most.count_params():,}" in chapter.text


def test_the_boxes_are_as_high_and_as_wide_as_the_tensors(open_chapter: OpenChapter) -> None:
    chapter = open_chapter("tensors", DRAWINGS["digit"])
    _, *rows, _ = rows_of(chapter)
    sizes = {}
    for _, _, shape, box, *_ in rows:
        (front,) = re.findall(r"path d='M1 [\d.]+h([\d.]+)v([\d.]+)", unquote(box))
        sizes[shape_of(shape)[1:]] = tuple(map(float, front))
    pictures = {shape: size for shape, size in sizes.items() if len(shape) == 3}
    assert len(pictures) > 3
    scales = [size / side for shape, pair in pictures.items()
              for size, side in zip(pair, shape[:2], strict=True) if side]  # fmt: skip
    assert scales == pytest.approx([scales[0]] * len(scales))


def test_the_layers_are_first_those_of_the_model_that_answers(open_chapter: OpenChapter) -> None:
    page = open_chapter("unroll", DRAWINGS["digit"]).page
    page.selectbox(key="model").set_value("softmax").run()
    page.button_group(key="chapter").set_value("tensors").run()
    assert page.button_group(key="tensors_model").value == "softmax"


def test_a_model_that_cannot_be_read_leaves_all_else(
    open_chapter: OpenChapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ModelError("The dense network is missing.", "Download it.")

    monkeypatch.setattr(summary, "of", refuse)
    chapter = open_chapter("tensors", DRAWINGS["digit"])
    assert "The layers cannot be shown. The dense network is missing." in chapter.text
    assert "<table class='said layers'>" not in chapter.html
    assert len(chapter.page.radio) == 1  # the question about a layer is left out
