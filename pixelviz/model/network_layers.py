"""Layers as Keras stored them -> layers as the browser computes them.

Only what the browser computes is accepted: another kind of layer, or one with another setting, is
an error, not a wrong number.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import numpy as np

from pixelviz.arrays import DIGITS, LENGTH
from pixelviz.errors import ModelError
from pixelviz.model.card import REBUILD
from pixelviz.model.keras_file import KerasLayer, Weights

Shape: TypeAlias = tuple[int, ...]

WITHOUT_EFFECT = {
    "name", "trainable", "dtype", "batch_shape", "optional", "rate", "seed", "noise_shape",
    "momentum", "synchronized", "renorm_clipping", "renorm_momentum",
}  # fmt: skip
"""Settings that do not change what a trained layer computes, or that are checked elsewhere."""

WITHOUT_EFFECT_ENDS = ("_initializer", "_regularizer", "_constraint")
FLOAT32 = "float32"


@dataclass(frozen=True)
class NetworkLayer:
    """A layer of a trained network.

    Attributes:
        kind: What it computes, by the name of Keras's class.
        name: Its name in the model.
        shape: The shape of its output; pictures are (height, width, channels).
        settings: What it computes with besides its weights, by name.
        weights: Its arrays by name.
    """

    kind: str
    name: str
    shape: Shape
    settings: Mapping[str, Any] = field(default_factory=dict)
    weights: Mapping[str, Weights] = field(default_factory=dict)


def layers_of(stored: Sequence[KerasLayer]) -> list[NetworkLayer]:
    """Return the layers that compute something, in their order, from 784 features to 10 logits.

    Batch normalisation directly after a linear layer becomes part of that layer's weights.

    Args:
        stored: The layers of a sequential model.

    Raises:
        ModelError: A layer, or one of its settings, is not supported, or its weights do not fit.
    """
    layers: list[NetworkLayer] = []
    for layer in as_stored(stored):
        if layers and layer.kind == "BatchNormalization" and _is_linear(layers[-1]):
            layers[-1] = _folded(layers[-1], layer)
        elif layer.kind not in ("InputLayer", "Dropout"):  # they compute nothing
            layers.append(layer)
    return layers


def as_stored(stored: Sequence[KerasLayer]) -> list[NetworkLayer]:
    """Return all layers as Keras has them, each with the shape of its output.

    Args:
        stored: The layers of a sequential model.

    Raises:
        ModelError: As in `layers_of`.
    """
    layers: list[NetworkLayer] = []
    shape: Shape = (LENGTH,)
    for each in stored:
        layers.append(_layer(each, shape))
        shape = layers[-1].shape
    if shape != (len(DIGITS),):
        raise ModelError(f"Expected {len(DIGITS)} logits, got an output of {shape}.", REBUILD)
    return layers


def _is_linear(layer: NetworkLayer) -> bool:
    return layer.settings.get("activation") == "linear"


def _folded(linear: NetworkLayer, normalisation: NetworkLayer) -> NetworkLayer:
    """Return one layer that computes what a linear one and its batch normalisation do."""
    scale, offset = normalisation.weights["scale"], normalisation.weights["offset"]
    kernel, bias = linear.weights["kernel"] * scale, linear.weights["bias"] * scale + offset
    return replace(linear, weights={"kernel": kernel, "bias": bias})


def _layer(stored: KerasLayer, shape: Shape) -> NetworkLayer:
    if stored.kind not in READERS:
        raise _error(stored, f"is of the kind {stored.kind}, which is not supported")
    try:
        _expect_dtype(stored)
        return READERS[stored.kind](stored, shape)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise _error(stored, f"has settings that cannot be read: {error!r}") from error


def _expect_dtype(stored: KerasLayer) -> None:
    dtype = stored.config.get("dtype", FLOAT32)
    if isinstance(dtype, dict):
        dtype = dtype["config"]["name"]
    if dtype != FLOAT32:
        raise _error(stored, f"computes with {dtype}, not with {FLOAT32}")


def _input(stored: KerasLayer, shape: Shape) -> NetworkLayer:
    _expect_settings(stored, sparse=(False,), ragged=(False,))
    if stored.config["batch_shape"] != [None, *shape]:
        raise _error(stored, f"takes the shape {stored.config['batch_shape']}, not {shape}")
    return NetworkLayer(stored.kind, stored.name, shape)


def _dropout(stored: KerasLayer, shape: Shape) -> NetworkLayer:
    _expect_settings(stored)
    return NetworkLayer(stored.kind, stored.name, shape)


def _reshape(stored: KerasLayer, shape: Shape) -> NetworkLayer:
    _expect_settings(stored, "target_shape")
    new = tuple(map(int, stored.config["target_shape"]))
    if min(new, default=0) < 1 or math.prod(new) != math.prod(shape):
        raise _error(stored, f"cannot make the shape {new} of {shape}")
    return NetworkLayer(stored.kind, stored.name, new)


def _flatten(stored: KerasLayer, shape: Shape) -> NetworkLayer:
    _expect_settings(stored, data_format=("channels_last",))
    return NetworkLayer("Flatten", stored.name, (math.prod(shape),))


def _conv2d(stored: KerasLayer, shape: Shape) -> NetworkLayer:
    _expect_settings(
        stored, "filters", "kernel_size", "use_bias",
        padding=("valid", "same"), activation=("linear", "relu"), strides=([1, 1],),
        dilation_rate=([1, 1],), groups=(1,), data_format=("channels_last",),
    )  # fmt: skip
    height, width, channels = _picture(stored, shape)
    rows, columns = map(int, stored.config["kernel_size"])
    filters, padding = int(stored.config["filters"]), stored.config["padding"]
    new = (height, width) if padding == "same" else (height - rows + 1, width - columns + 1)
    weights = _kernel_and_bias(stored, (rows, columns, channels, filters))
    settings = {"padding": padding, "activation": stored.config["activation"]}
    return NetworkLayer("Conv2D", stored.name, (*new, filters), settings, weights)


def _max_pooling(stored: KerasLayer, shape: Shape) -> NetworkLayer:
    _expect_settings(
        stored, "pool_size", "strides", padding=("valid",), data_format=("channels_last",)
    )
    height, width, channels = _picture(stored, shape)
    rows, columns = map(int, stored.config["pool_size"])
    down, right = map(int, stored.config["strides"])
    new = ((height - rows) // down + 1, (width - columns) // right + 1)
    if min(new) < 1:
        raise _error(stored, f"has a window larger than its picture of {height} × {width}")
    settings = {"pool_size": [rows, columns], "strides": [down, right]}
    return NetworkLayer("MaxPooling2D", stored.name, (*new, channels), settings)


def _batch_normalization(stored: KerasLayer, shape: Shape) -> NetworkLayer:
    last = len(shape)
    _expect_settings(
        stored, "epsilon", "center", "scale",
        axis=(-1, [-1], last, [last]), renorm=(False, None),
    )  # fmt: skip
    has_scale, has_centre = bool(stored.config["scale"]), bool(stored.config["center"])
    _expect_weights(stored, *[shape[-1:]] * (2 + has_scale + has_centre))
    *learned, mean, variance = stored.weights
    gamma = learned[0] if has_scale else np.ones_like(mean)
    beta = learned[-1] if has_centre else np.zeros_like(mean)
    scale = gamma / np.sqrt(variance + float(stored.config["epsilon"]))
    weights = {"scale": scale, "offset": beta - mean * scale}
    return NetworkLayer(stored.kind, stored.name, shape, weights=weights)


def _dense(stored: KerasLayer, shape: Shape) -> NetworkLayer:
    _expect_settings(
        stored, "units", "use_bias", activation=("linear", "relu"), quantization_config=(None,)
    )
    if len(shape) != 1:
        raise _error(stored, f"takes one row of numbers, not the shape {shape}")
    units = int(stored.config["units"])
    weights = _kernel_and_bias(stored, (*shape, units))
    settings = {"activation": stored.config["activation"]}
    return NetworkLayer("Dense", stored.name, (units,), settings, weights)


def _activation(stored: KerasLayer, shape: Shape) -> NetworkLayer:
    _expect_settings(stored, activation=("relu",))
    return NetworkLayer("ReLU", stored.name, shape)


def _relu(stored: KerasLayer, shape: Shape) -> NetworkLayer:
    _expect_settings(stored, max_value=(None,), negative_slope=(0,), threshold=(0,))
    return NetworkLayer("ReLU", stored.name, shape)


READERS: Mapping[str, Callable[[KerasLayer, Shape], NetworkLayer]] = {
    "InputLayer": _input,
    "Reshape": _reshape,
    "Conv2D": _conv2d,
    "MaxPooling2D": _max_pooling,
    "BatchNormalization": _batch_normalization,
    "Dense": _dense,
    "Activation": _activation,
    "ReLU": _relu,
    "Flatten": _flatten,
    "Dropout": _dropout,
}
"""By Keras's class, what reads a layer, given the shape of its input."""


def _expect_settings(stored: KerasLayer, *read: str, **supported: tuple[Any, ...]) -> None:
    """Raise a ModelError unless each setting is one that is known, with a value that is supported.

    Args:
        stored: The layer.
        read: The settings that may have any value.
        supported: By setting, the values that it may have.
    """
    for name, value in stored.config.items():
        is_known = name in WITHOUT_EFFECT or name.endswith(WITHOUT_EFFECT_ENDS) or name in read
        if not is_known and value not in supported.get(name, ()):
            raise _error(stored, f"has the setting {name} = {value!r}, which is not supported")
    for name, values in supported.items():
        if name not in stored.config and None not in values:
            raise _error(stored, f"does not say its {name}")


def _picture(stored: KerasLayer, shape: Shape) -> tuple[int, int, int]:
    if len(shape) != 3:
        raise _error(
            stored, f"takes a picture of height, width and channels, not the shape {shape}"
        )
    return shape


def _kernel_and_bias(stored: KerasLayer, kernel: Shape) -> dict[str, Weights]:
    if stored.config["use_bias"]:
        _expect_weights(stored, kernel, kernel[-1:])
        return {"kernel": stored.weights[0], "bias": stored.weights[1]}
    _expect_weights(stored, kernel)
    return {"kernel": stored.weights[0], "bias": np.zeros(kernel[-1])}


def _expect_weights(stored: KerasLayer, *shapes: Shape) -> None:
    found = tuple(each.shape for each in stored.weights)
    if found != shapes:
        raise _error(stored, f"has weights of the shapes {found}, not {shapes}")
    if not all(np.isfinite(each).all() for each in stored.weights):
        raise _error(stored, "has weights that are not numbers")


def _error(stored: KerasLayer, problem: str) -> ModelError:
    return ModelError(f"The layer {stored.name} {problem}.", REBUILD)
