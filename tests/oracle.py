"""What is true of a drawing, worked out anew with numpy and Keras alone."""

import json
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.conftest import ROOT

MODELS = ("softmax", "dense", "convolutional")
SURE_FROM, PROBABLE_FROM, CANDIDATES_FROM = 0.8, 0.4, 0.8

Array = NDArray[Any]


class Answer(NamedTuple):
    """A model's answer to one picture."""

    logits: Array
    probabilities: Array

    @property
    def digit(self) -> int:
        return int(self.probabilities.argmax())

    @property
    def confidence(self) -> float:
        return float(self.probabilities.max())

    @property
    def is_sure(self) -> bool:
        return self.confidence >= SURE_FROM

    @property
    def reason(self) -> str:
        """How sure it is, or what it would rather say, as the page words it."""
        ordered = self.probabilities.argsort()[::-1]
        first, second, third = self.probabilities[ordered[:3]]
        if self.is_sure:
            return f"{percent(first)} sure"
        if first >= PROBABLE_FROM and first >= 2 * second:
            return f"probably {ordered[0]}, {percent(first)}"
        if first + second >= CANDIDATES_FROM:
            return f"looks like {ordered[0]} or {ordered[1]}"
        if first + second + third >= CANDIDATES_FROM:
            return f"looks like {ordered[0]}, {ordered[1]} or {ordered[2]}"
        return "cannot tell; perhaps not a digit"

    @property
    def cell(self) -> str:
        """How a table has it."""
        if self.is_sure:
            return f"{self.digit} {percent(self.confidence)}"
        cannot_tell = self.reason.startswith("cannot tell")
        return "not sure" if cannot_tell else f"not sure: {self.reason}"


def percent(share: float) -> str:
    if share < 0.0005:
        return "<\u202f0.1\u202f%"
    return ">\u202f99.9\u202f%" if share >= 0.9995 else f"{100 * share:.1f}\u202f%"


@cache
def keras_model(name: str) -> Any:
    import keras  # imports TensorFlow

    return keras.saving.load_model(ROOT / "models" / f"{name}.keras", compile=False)


@cache
def card() -> Any:
    return json.loads((ROOT / "models" / "card.json").read_text("utf-8"))


def title(name: str) -> str:
    return str(next(each["title"] for each in card()["models"] if each["name"] == name))


def ask(name: str, pictures: Array) -> list[Answer]:
    """Return a model's answers to pictures, (n, 28, 28), of values from 0 to 255."""
    return ask_features(name, pictures.reshape(-1, 784).astype(np.float32) / np.float32(255))


def ask_features(name: str, features: Array) -> list[Answer]:
    """Return a model's answers to features, (n, 784), as they are."""
    logits = np.asarray(keras_model(name)(features, training=False)).astype(np.float64)
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
    return [Answer(*each) for each in zip(logits, probabilities, strict=True)]


def last_units(name: str, features: Array) -> Array:
    """Return what the layer before the logits passes on."""
    import keras

    model = keras_model(name)
    units = [each for each in model.layers if isinstance(each, keras.layers.Dense)][-2]
    return np.asarray(keras.Model(model.inputs[0], units.output)(features, training=False))


def softmax_weights() -> tuple[Array, Array]:
    """Return the weights, (784, 10), and the biases, (10,), of softmax regression."""
    weights, bias = keras_model("softmax").get_weights()
    return weights.astype(np.float64), bias.astype(np.float64)


def averaged(picture: Array, height: int, width: int) -> Array:
    """Return a picture in another size, each pixel the average of the area it covers."""

    def shares(count: int, new: int) -> Array:
        edges = np.arange(new + 1) * count / new
        low, high = edges[:-1, np.newaxis], edges[1:, np.newaxis]
        cells = np.arange(count)
        overlap = np.minimum(high, cells + 1) - np.maximum(low, cells)
        scaled: Array = np.clip(overlap, 0, None) * new / count
        return scaled

    exact = shares(picture.shape[0], height) @ picture @ shares(picture.shape[1], width).T
    values: Array = np.floor(exact + 0.5 + 1e-9).astype(np.uint8)
    return values


class Framed(NamedTuple):
    """A drawing in MNIST's frame, and where its centre of mass was and is."""

    grid: Array
    before: tuple[float, float]
    moved: tuple[int, int]


def framed(ink: Array) -> Framed:
    rows, columns = np.nonzero(ink)
    crop = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    height, width = (max(1, round(20 * side / max(crop.shape))) for side in crop.shape)
    fitted = averaged(crop, height, width)
    centre = [
        float(np.average(np.arange(fitted.shape[axis]), weights=fitted.sum(axis=1 - axis)))
        for axis in (0, 1)
    ]
    top, left = (
        int(np.clip(np.ceil(14 - place - 0.5), 0, 28 - side))
        for place, side in zip(centre, fitted.shape, strict=True)
    )
    grid = np.zeros((28, 28), np.uint8)
    grid[top : top + height, left : left + width] = fitted
    return Framed(grid, (centre[0], centre[1]), (top, left))


def as_drawn(ink: Array) -> Array:
    return averaged(ink, 28, 28)


def moved(grid: Array, rows: int, columns: int) -> Array:
    """Return a grid moved over wide paper, cut out of it again."""
    paper = np.zeros((28 + 40, 28 + 40), np.uint8)
    paper[20 + rows : 48 + rows, 20 + columns : 48 + columns] = grid
    return paper[20:48, 20:48]
