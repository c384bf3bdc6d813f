"""A model of `models/` -> the file that the browser computes it from.

    "pixelviz"            8 bytes
    length of the header  uint32, little-endian
    header                JSON, filled up with spaces to a multiple of 4 bytes
    weights               float32, little-endian, in the order in which the header names them

`page/browser/network/network_file.js` reads it.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

import numpy as np

from pixelviz.model import card, keras_file, network_layers
from pixelviz.model.card import ModelCard

MAGIC = b"pixelviz"
ALIGNMENT = 4
CODE = (Path(__file__), Path(keras_file.__file__), Path(network_layers.__file__))
"""What the bytes depend on besides the model and its card."""


def fingerprint(model_card: ModelCard) -> str:
    """Return a sha256, in hex, that changes whenever the bytes for a model might.

    Nothing but the card and this code is read.
    """
    described = json.dumps([_hash_of(CODE), _card_part(model_card)])
    return hashlib.sha256(described.encode()).hexdigest()


@cache
def _hash_of(code: tuple[Path, ...]) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in code)).hexdigest()


def derive(model_card: ModelCard, folder: Path) -> bytes:
    """Return the file that the browser computes a model from.

    Args:
        model_card: The model's card.
        folder: The folder of its `.keras` file.

    Raises:
        ModelError: The file is missing or altered, or has a layer that is not supported.
    """
    file = card.read_file(model_card, folder)
    return encode(model_card, network_layers.layers_of(keras_file.read(file)))


def encode(model_card: ModelCard, layers: list[network_layers.NetworkLayer]) -> bytes:
    """Return layers, and what the answer needs of the model's card, as one file."""
    described = [
        {
            "kind": layer.kind,
            "name": layer.name,
            "shape": layer.shape,
            "settings": layer.settings,
            "weights": {name: weights.shape for name, weights in layer.weights.items()},
        }
        for layer in layers
    ]
    header = json.dumps(_card_part(model_card) | {"layers": described}).encode()
    header += b" " * (-(len(MAGIC) + 4 + len(header)) % ALIGNMENT)
    weights = [np.asarray(each, "<f4") for layer in layers for each in layer.weights.values()]
    length = len(header).to_bytes(4, "little")
    return b"".join([MAGIC, length, header, *(each.tobytes() for each in weights)])


def _card_part(model_card: ModelCard) -> dict[str, object]:
    return {
        "name": model_card.name,
        "title": model_card.title,
        "threshold": model_card.threshold,
        "sha256": model_card.sha256,
    }
