"""What is said of each layer of a model is what Keras says of it."""

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pixelviz.errors import ModelError
from pixelviz.model import card, keras_file, summary
from pixelviz.model.classifier import MODELS

CARDS = {each.name: each for each in card.read(MODELS).models}
each_model = pytest.mark.parametrize("name", CARDS)


@cache
def in_keras(name: str) -> Any:
    import keras

    return keras.saving.load_model(MODELS / f"{name}.keras", compile=False)


@each_model
def test_layers_shapes_and_parameters_are_those_of_keras(name: str) -> None:
    layers = summary.of(CARDS[name], MODELS)
    features, *expected = in_keras(name)._functional.layers
    assert [each.name for each in layers] == [each.name for each in (features, *expected)]
    assert [each.kind for each in layers] == [type(each).__name__ for each in (features, *expected)]
    for layer, keras_layer in zip(layers[1:], expected, strict=True):
        assert (None, *layer.input_shape) == keras_layer.input.shape
        assert (None, *layer.output_shape) == keras_layer.output.shape
        assert layer.values == np.zeros(keras_layer.output.shape[1:]).size
        assert layer.parameters == keras_layer.count_params()
        trained = sum(each.size for each in map(np.asarray, keras_layer.trainable_weights))
        assert layer.trained == trained
        assert layer.weight_shapes == tuple(each.shape for each in keras_layer.get_weights())
    assert layers[0].output_shape == layers[0].input_shape == features.output.shape[1:]


@each_model
def test_the_parameters_add_up_to_those_of_the_model_and_of_its_card(name: str) -> None:
    layers = summary.of(CARDS[name], MODELS)
    total = sum(each.parameters for each in layers)
    assert total == in_keras(name).count_params() == CARDS[name].parameters


def test_activations_and_windows_are_those_of_keras() -> None:
    layers = {each.name: each for each in summary.of(CARDS["convolutional"], MODELS)}
    for keras_layer in in_keras("convolutional").layers:
        settings = keras_layer.get_config()
        window = settings.get("kernel_size") or settings.get("pool_size")
        assert layers[keras_layer.name].window == (tuple(window) if window else None)
        assert layers[keras_layer.name].activation == settings.get("activation", "linear")


def test_batch_normalisation_without_centre_and_scale_has_trained_nothing(tmp_path: Path) -> None:
    import keras

    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(10, use_bias=False),
            keras.layers.BatchNormalization(center=False, scale=False),
        ]
    )
    model.save(tmp_path / "small.keras")
    layers = summary.summarise(keras_file.read((tmp_path / "small.keras").read_bytes()))
    assert [each.parameters for each in layers] == [0, 7840, 20]
    assert [each.trained for each in layers] == [0, 7840, 0]


def test_a_missing_model_is_refused_and_a_restored_one_is_read(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(MODELS, tmp_path / "models"))
    file = folder / "dense.keras"
    content = file.read_bytes()
    file.unlink()
    with pytest.raises(ModelError, match=r"there is no dense\.keras"):
        summary.of(CARDS["dense"], folder)
    file.write_bytes(content)
    assert summary.of(CARDS["dense"], folder) == summary.of(CARDS["dense"], MODELS)


def test_keras_is_not_imported(root: Path) -> None:
    code = (
        "import sys; from pixelviz.model import card, summary\n"
        "from pixelviz.model.classifier import MODELS\n"
        "[summary.of(each, MODELS) for each in card.read(MODELS).models]\n"
        "assert not {'keras', 'tensorflow'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)
