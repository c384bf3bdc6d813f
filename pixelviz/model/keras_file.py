"""A `.keras` file -> its layers as Keras stored them; without Keras, whose import takes seconds."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pixelviz.errors import ModelError
from pixelviz.model.card import REBUILD

Weights: TypeAlias = NDArray[np.float64]

GROUPS = {"Conv2D": "conv2d", "BatchNormalization": "batch_normalization", "Dense": "dense"}
"""By class, the name of the group of weights that its first layer has; the second has a "_1"."""


@dataclass(frozen=True)
class KerasLayer:
    """A layer as a `.keras` file has it.

    Attributes:
        kind: The name of its class in Keras.
        name: Its name in the model.
        config: Its settings by name.
        weights: Its arrays, in Keras's order.
    """

    kind: str
    name: str
    config: Mapping[str, Any]
    weights: Sequence[Weights]


def read(file: bytes) -> list[KerasLayer]:
    """Return the layers of a sequential model.

    Args:
        file: The bytes of a `.keras` file: a zip file with the model's configuration and weights.

    Raises:
        ModelError: The file is broken, or its model is not sequential.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as members:
            config = json.loads(members.read("config.json"))
            groups = _groups_of(members.read("model.weights.h5"))
        if config["class_name"] != "Sequential":
            raise ModelError(f"Expected a Sequential model, got: {config['class_name']}.", REBUILD)
        return _layers(config["config"]["layers"], groups)
    except ModelError:
        raise
    except Exception as error:  # a broken file can make zipfile, json and h5py raise anything
        raise ModelError(
            "Expected a .keras file, a zip file with the configuration and the weights of a model, "
            f"got a broken one: {type(error).__name__}.",
            REBUILD,
        ) from error


def _groups_of(hdf5: bytes) -> dict[str, list[Weights]]:
    """Return the weights by the name of their group."""
    import h5py  # takes longer to import than all else that the page needs of models

    with h5py.File(io.BytesIO(hdf5), "r") as stored:
        groups: dict[str, Any] = {name: group["vars"] for name, group in stored["layers"].items()}
        return {
            name: [np.asarray(each[str(index)], np.float64) for index in range(len(each))]
            for name, each in groups.items()
        }


def _layers(entries: list[Any], groups: Mapping[str, list[Weights]]) -> list[KerasLayer]:
    counts: dict[str, int] = {}
    layers = []
    for entry in entries:
        kind, config = entry["class_name"], dict(entry["config"])
        number = counts.get(kind, 0)
        counts[kind] = number + 1
        weights: list[Weights] = []
        if kind in GROUPS:
            weights = groups[GROUPS[kind] + (f"_{number}" if number else "")]
        layers.append(KerasLayer(kind, config["name"], config, weights))
    return layers
