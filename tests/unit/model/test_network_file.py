"""The file that the browser computes a model from: what is in it, and which models are refused.

What it computes is compared with Keras in tests/javascript/test_network.py.
"""

import io
import json
import math
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pixelviz.errors import ModelError
from pixelviz.model import card, keras_file, network_file, network_layers
from pixelviz.model.classifier import MODELS
from pixelviz.model.network_layers import NetworkLayer

CARDS = {
    each.file.removesuffix(".keras"): each
    for each in (*card.read(MODELS).models, *card.read(MODELS).shuffled)
}

Config = dict[str, Any]


def header_of(file: bytes) -> tuple[Any, bytes]:
    """Return the header of a file, and what follows it."""
    length = int.from_bytes(file[8:12], "little")
    return json.loads(file[12 : 12 + length]), file[12 + length :]


def layers_of(file: bytes) -> list[NetworkLayer]:
    return network_layers.layers_of(keras_file.read(file))


@pytest.mark.parametrize("name", CARDS)
def test_the_file_has_what_the_answer_needs_of_the_card(name: str) -> None:
    file = network_file.derive(CARDS[name], MODELS)
    header, weights = header_of(file)
    assert file.startswith(b"pixelviz")
    for field in ("name", "title", "threshold", "sha256"):
        assert header[field] == getattr(CARDS[name], field)
    shapes = [shape for layer in header["layers"] for shape in layer["weights"].values()]
    assert len(weights) == 4 * sum(map(math.prod, shapes))
    assert (len(file) - len(weights)) % 4 == 0
    assert header["layers"][-1]["shape"] == [10]


def test_the_weights_are_those_that_keras_reads() -> None:
    import keras

    expected = keras.saving.load_model(MODELS / "dense.keras", compile=False).get_weights()
    _, weights = header_of(network_file.derive(CARDS["dense"], MODELS))
    flat = np.concatenate([each.ravel() for each in expected])
    assert np.array_equal(np.frombuffer(weights, "<f4"), flat)


def test_batch_normalisation_and_dropout_are_not_layers_of_their_own() -> None:
    layers = layers_of((MODELS / "convolutional.keras").read_bytes())
    assert [layer.kind for layer in layers] == [
        "Reshape", "Conv2D", "MaxPooling2D", "Conv2D", "ReLU", "Conv2D", "ReLU", "MaxPooling2D",
        "Conv2D", "ReLU", "Flatten", "Dense", "Dense",
    ]  # fmt: skip


def test_neither_keras_nor_tensorflow_is_imported_and_h5py_late(root: Path) -> None:
    code = (
        "import sys; from pixelviz.model import card, network_file as file\n"
        "from pixelviz.model.classifier import MODELS\n"
        "assert 'h5py' not in sys.modules\n"
        "[file.derive(each, MODELS) for each in card.read(MODELS).models]\n"
        "assert not {'keras', 'tensorflow'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)


def test_the_fingerprint_changes_with_the_card_and_with_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = CARDS["softmax"]
    changed = {
        network_file.fingerprint(each)
        for each in (
            model, replace(model, sha256="0"), replace(model, name="a"),
            replace(model, title="A"), replace(model, threshold=0.5),
        )
    }  # fmt: skip
    assert len(changed) == 5
    assert network_file.fingerprint(model) == network_file.fingerprint(replace(model, seed=1))
    before = network_file.fingerprint(model)
    (tmp_path / "code.py").write_text("1", "utf-8")
    monkeypatch.setattr(network_file, "CODE", (tmp_path / "code.py",))
    assert network_file.fingerprint(model) != before


# Files that are missing, altered or broken


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODELS, tmp_path / "models"))


def test_a_missing_model_is_refused(folder: Path) -> None:
    (folder / "dense.keras").unlink()
    with pytest.raises(ModelError, match=r"there is no dense\.keras"):
        network_file.derive(CARDS["dense"], folder)


def test_an_altered_model_is_never_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keras_file, "read", lambda _: pytest.fail("was opened"))
    with (folder / "dense.keras").open("ab") as file:
        file.write(b"!")
    with pytest.raises(ModelError, match="was altered"):
        network_file.derive(CARDS["dense"], folder)


def zipped(**members: bytes) -> bytes:
    """Return a zip file; a member's name has "__" for its point."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return stream.getvalue()


def members_of(name: str) -> tuple[bytes, bytes]:
    with zipfile.ZipFile(MODELS / f"{name}.keras") as archive:
        return archive.read("config.json"), archive.read("model.weights.h5")


CONFIG, WEIGHTS = members_of("softmax")
OTHER_WEIGHTS = members_of("dense")[1]
WHOLE = (MODELS / "softmax.keras").read_bytes()


@pytest.mark.parametrize(
    "file",
    [
        b"", b"PK", WHOLE[:-100], WHOLE[:1000], bytes(len(WHOLE)), zipped(),
        zipped(config__json=CONFIG), zipped(**{"model__weights.h5": WEIGHTS}),
        zipped(**{"config__json": b"{", "model__weights.h5": WEIGHTS}),
        zipped(**{"config__json": b"[]", "model__weights.h5": WEIGHTS}),
        zipped(**{"config__json": b"{}", "model__weights.h5": WEIGHTS}),
        zipped(**{"config__json": CONFIG, "model__weights.h5": WEIGHTS[:3000]}),
        zipped(**{"config__json": CONFIG, "model__weights.h5": b""}),
        zipped(**{"config__json": members_of("dense")[0], "model__weights.h5": WEIGHTS}),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused(file: bytes) -> None:
    with pytest.raises(ModelError, match=r"Expected a \.keras file"):
        layers_of(file)


def test_weights_of_another_shape_are_refused() -> None:
    file = zipped(**{"config__json": CONFIG, "model__weights.h5": OTHER_WEIGHTS})
    with pytest.raises(ModelError, match=r"layer logits has weights of the shapes \(\(784, 320"):
        layers_of(file)


# Layers and settings that are not supported


def altered(name: str, kind: str, change: Callable[[Config], object]) -> bytes:
    """Return a model's file after a change of its first layer of some kind."""
    config, weights = members_of(name)
    parsed = json.loads(config)
    change(next(each for each in parsed["config"]["layers"] if each["class_name"] == kind))
    return zipped(**{"config__json": json.dumps(parsed).encode(), "model__weights.h5": weights})


def first_of(kind: str) -> str:
    """Return the name of the convolutional network's first layer of some kind."""
    found = next(
        each["config"]["name"]
        for each in json.loads(members_of("convolutional")[0])["config"]["layers"]
        if each["class_name"] == kind
    )
    return str(found)


@pytest.mark.parametrize(
    ("kind", "setting", "value"),
    [
        ("Conv2D", "strides", [2, 2]),
        ("Conv2D", "dilation_rate", [2, 2]),
        ("Conv2D", "groups", 2),
        ("Conv2D", "data_format", "channels_first"),
        ("Conv2D", "padding", "causal"),
        ("Conv2D", "activation", "gelu"),
        ("Conv2D", "kernel_size", [5, 4]),
        ("Conv2D", "kernel_size", [29, 29]),
        ("Conv2D", "kernel_size", None),
        ("Conv2D", "dtype", {"config": {"name": "mixed_float16"}}),
        ("Conv2D", "depth", 3),
        ("MaxPooling2D", "padding", "same"),
        ("MaxPooling2D", "data_format", "channels_first"),
        ("MaxPooling2D", "pool_size", [40, 2]),
        ("MaxPooling2D", "strides", [0, 0]),
        ("Flatten", "dtype", {"config": ["float32"]}),
        ("BatchNormalization", "axis", 1),
        ("BatchNormalization", "renorm", True),
        ("BatchNormalization", "center", False),
        ("Activation", "activation", "tanh"),
        ("Flatten", "data_format", "channels_first"),
        ("Reshape", "target_shape", [-1, 28, 1]),
        ("Reshape", "target_shape", [28, 28, 2]),
        ("Dense", "activation", "softmax"),
        ("Dense", "quantization_config", {}),
        ("InputLayer", "batch_shape", [None, 28, 28]),
    ],
)
def test_a_setting_that_is_not_supported_is_refused_with_the_layers_name(
    kind: str, setting: str, value: object
) -> None:
    file = altered("convolutional", kind, lambda each: each["config"].update({setting: value}))
    with pytest.raises(ModelError, match=f"^The layer {first_of(kind)} "):
        layers_of(file)


def test_a_setting_that_is_missing_is_refused() -> None:
    file = altered("convolutional", "Conv2D", lambda each: each["config"].pop("strides"))
    with pytest.raises(ModelError, match=f"{first_of('Conv2D')} does not say its strides"):
        layers_of(file)


@pytest.mark.parametrize("kind", ["DepthwiseConv2D", "AveragePooling2D", "Lambda", "LayerNorm"])
def test_another_kind_of_layer_is_refused(kind: str) -> None:
    file = altered("convolutional", "Conv2D", lambda each: each.update(class_name=kind))
    refused = f"{first_of('Conv2D')} is of the kind {kind}, which is not supported"
    with pytest.raises(ModelError, match=refused):
        layers_of(file)


def test_a_reshape_that_the_next_layer_cannot_take_is_refused() -> None:
    change = {"target_shape": [784]}
    file = altered("convolutional", "Reshape", lambda each: each["config"].update(change))
    with pytest.raises(ModelError, match=f"^The layer {first_of('Conv2D')} "):
        layers_of(file)


def test_a_model_that_is_not_sequential_is_refused() -> None:
    config = CONFIG.replace(b'"Sequential"', b'"Functional"')
    file = zipped(**{"config__json": config, "model__weights.h5": WEIGHTS})
    with pytest.raises(ModelError, match="Expected a Sequential model"):
        layers_of(file)


def test_a_model_without_ten_logits_is_refused() -> None:
    parsed = json.loads(CONFIG)
    parsed["config"]["layers"].pop()
    config = json.dumps(parsed).encode()
    with pytest.raises(ModelError, match="Expected 10 logits"):
        layers_of(zipped(**{"config__json": config, "model__weights.h5": WEIGHTS}))


def test_weights_that_are_not_numbers_are_refused() -> None:
    stored = keras_file.read(WHOLE)
    stored[-1].weights[0][3, 4] = np.nan
    with pytest.raises(ModelError, match="logits has weights that are not numbers"):
        network_layers.layers_of(stored)
