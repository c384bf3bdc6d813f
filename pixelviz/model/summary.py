"""A `.keras` file -> what Keras's `model.summary()` says of each layer, without Keras."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from pixelviz.arrays import LENGTH
from pixelviz.model import card, keras_file, network_layers
from pixelviz.model.card import ModelCard
from pixelviz.model.keras_file import KerasLayer
from pixelviz.model.network_layers import Shape

COUNTED = 2
"""Batch normalisation's last two arrays, mean and variance, are counted and not trained."""

MODELS_KEPT = 8


@dataclass(frozen=True)
class LayerSummary:
    """What goes into a layer, what comes out, and what it has learned.

    Attributes:
        kind: The name of its class in Keras.
        name: Its name in the model.
        input_shape: The shape that goes in, without the number of pictures in front.
        output_shape: The shape that comes out, without it too.
        weight_shapes: The shapes of its arrays, in Keras's order.
        trained: How many of its parameters training has changed step by step; the others are
            averages, counted along the way.
        activation: What is applied to its sums: "linear", which is nothing, or "relu".
        window: Rows and columns of the window that a convolution or a pooling looks at.
    """

    kind: str
    name: str
    input_shape: Shape
    output_shape: Shape
    weight_shapes: tuple[Shape, ...] = ()
    trained: int = 0
    activation: str = "linear"
    window: tuple[int, int] | None = None

    @property
    def values(self) -> int:
        """How many numbers come out for one picture."""
        return math.prod(self.output_shape)

    @property
    def parameters(self) -> int:
        """How many numbers its arrays have."""
        return sum(map(math.prod, self.weight_shapes))


def of(model_card: ModelCard, folder: Path) -> tuple[LayerSummary, ...]:
    """Return the layers of a model, in their order.

    Args:
        model_card: The model's card.
        folder: The folder of its `.keras` file, which is read once.

    Raises:
        ModelError: The file is missing or altered, or has a layer that is not supported.
    """
    return _read(folder, model_card.name, model_card.sha256)


@lru_cache(MODELS_KEPT)
def _read(folder: Path, name: str, _sha256: str) -> tuple[LayerSummary, ...]:
    [model_card] = [each for each in card.read(folder).models if each.name == name]
    return summarise(keras_file.read(card.read_file(model_card, folder)))


def summarise(stored: Sequence[KerasLayer]) -> tuple[LayerSummary, ...]:
    """Return what there is to say of the layers of a sequential model.

    Args:
        stored: Its layers, as `keras_file.read` returns them.

    Raises:
        ModelError: A layer, or one of its settings, is not supported.
    """
    shapes = [(LENGTH,), *(layer.shape for layer in network_layers.as_stored(stored))]
    return tuple(
        _layer(layer, *inside) for layer, inside in zip(stored, pairwise(shapes), strict=True)
    )


def _layer(stored: KerasLayer, input_shape: Shape, output_shape: Shape) -> LayerSummary:
    is_normalising = stored.kind == "BatchNormalization"
    trained = stored.weights[:-COUNTED] if is_normalising else stored.weights
    window = stored.config.get("kernel_size") or stored.config.get("pool_size")
    return LayerSummary(
        stored.kind,
        stored.name,
        input_shape,
        output_shape,
        tuple(each.shape for each in stored.weights),
        sum(each.size for each in trained),
        stored.config.get("activation", "linear"),
        (int(window[0]), int(window[1])) if window else None,
    )
