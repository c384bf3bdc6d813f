import math
import os
import shutil
import zipfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pixelviz import raster, vector
from pixelviz.arrays import LENGTH, Features
from pixelviz.data.mnist import Mnist
from pixelviz.errors import ArrayError, ModelError
from pixelviz.features import rescale
from pixelviz.model import card, keras_classifier
from pixelviz.model.classifier import MODELS
from pixelviz.model.keras_classifier import CompiledModels, KerasClassifier
from tests.drawings import CROSSED_SEVEN, drawn

NAMES = ["softmax", "dense", "convolutional"]


@pytest.fixture(scope="module")
def models() -> Mapping[str, KerasClassifier]:
    return {name: model for name, model in _load().items() if not isinstance(model, ModelError)}


def _load(folder: Path = MODELS) -> Mapping[str, KerasClassifier | ModelError]:
    return keras_classifier.load_all(card.read(MODELS).models, folder)


@pytest.fixture
def seven() -> Features:
    return rescale(vector.unroll(raster.to_grid(drawn(CROSSED_SEVEN))))


@pytest.mark.parametrize("name", NAMES)
def test_each_model_reads_a_crossed_seven(
    models: Mapping[str, KerasClassifier], seven: Features, name: str
) -> None:
    prediction = models[name].predict(seven)
    assert prediction.digit == 7
    assert prediction.confidence == pytest.approx(prediction.probabilities[7])
    assert prediction.probabilities.sum() == pytest.approx(1)
    assert prediction.logits.shape == prediction.probabilities.shape == (10,)


def test_softmax_regression_computes_a_weighted_sum(
    models: Mapping[str, KerasClassifier], seven: Features
) -> None:
    import keras

    weights, bias = keras.saving.load_model(MODELS / "softmax.keras").get_weights()
    assert models["softmax"].predict(seven).logits == pytest.approx(
        seven @ weights + bias, abs=1e-4
    )


def test_only_softmax_regression_has_linear_weights(
    models: Mapping[str, KerasClassifier],
) -> None:
    linear = models["softmax"].linear
    assert (linear.weights.shape, linear.bias.shape) == ((LENGTH, 10), (10,))
    with pytest.raises(ModelError, match="Expected a softmax regression"):
        _ = models["dense"].linear


@pytest.mark.parametrize("name", NAMES)
def test_each_models_accuracy_is_the_one_on_its_card(digits: Mnist, name: str) -> None:
    import keras

    (model_card,) = [model for model in card.read(MODELS).models if model.name == name]
    model = keras.saving.load_model(MODELS / model_card.file)
    logits = model.predict(rescale(digits.x_test.reshape(-1, LENGTH)), batch_size=1000, verbose=0)
    accuracy = (logits.argmax(axis=1) == digits.y_test).mean()
    on_card, count = model_card.test.accuracy, len(digits.y_test)
    # On a sample, chance alone moves the accuracy by four standard deviations at the most.
    chance = 0 if count == 10_000 else 4 * math.sqrt(on_card * (1 - on_card) / count)
    assert accuracy == pytest.approx(on_card, abs=2e-4 + chance)
    assert model.count_params() == model_card.parameters
    assert on_card >= {"softmax": 0.919, "dense": 0.98, "convolutional": 0.992}[name]


def test_several_threads_can_use_one_model_at_once(
    models: Mapping[str, KerasClassifier], seven: Features
) -> None:
    expected = models["convolutional"].predict(seven).logits
    with ThreadPoolExecutor(8) as executor:
        predictions = list(executor.map(models["convolutional"].predict, [seven] * 100))
    assert all(each.logits == pytest.approx(expected, abs=1e-4) for each in predictions)


@pytest.mark.parametrize(
    "wrong", [np.zeros((1, LENGTH), np.float32), np.zeros(LENGTH), np.zeros(783, np.float32)]
)
def test_features_of_the_wrong_shape_or_type_are_refused(
    models: Mapping[str, KerasClassifier], wrong: np.ndarray
) -> None:
    with pytest.raises(ArrayError, match="Expected features of shape"):
        models["softmax"].predict(wrong)


# Files that do not match the card


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with copies of the models, to tamper with."""
    return Path(shutil.copytree(MODELS, tmp_path / "models"))


def test_a_missing_model_is_reported_and_the_others_work(folder: Path) -> None:
    (folder / "convolutional.keras").unlink()
    loaded = _load(folder)
    missing = loaded["convolutional"]
    assert isinstance(missing, ModelError)
    assert "convolutional.keras" in missing.problem
    assert missing.fix == card.REBUILD
    assert not isinstance(loaded["softmax"], ModelError)


def test_an_altered_model_is_never_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import keras

    monkeypatch.setattr(keras.saving, "load_model", lambda *_, **__: pytest.fail("was opened"))
    path = folder / "softmax.keras"
    path.write_bytes(path.read_bytes() + b"!")
    with pytest.raises(ModelError, match="was altered"):
        keras_classifier.load(card.read(folder).models[0], folder)


def _with_hash_of(model_card: card.ModelCard, folder: Path) -> card.ModelCard:
    return replace(model_card, sha256=card.hash_of(folder / model_card.file))


def test_a_file_that_keras_cannot_open_is_refused(folder: Path) -> None:
    softmax = card.read(folder).models[0]
    with zipfile.ZipFile(folder / softmax.file, "w") as archive:
        archive.writestr("config.json", "{}")
    with pytest.raises(ModelError, match="Keras cannot open"):
        keras_classifier.load(_with_hash_of(softmax, folder), folder)


_run_code = lambda features, path: (os.open(path, os.O_CREAT), features)[1]  # noqa: E731


def test_a_model_that_contains_code_is_refused(folder: Path, tmp_path: Path) -> None:
    import keras

    created = tmp_path / "created-by-the-code"
    code = keras.layers.Lambda(_run_code, arguments={"path": str(created)})
    keras.Sequential([keras.Input((LENGTH,)), code, keras.layers.Dense(10)]).save(
        folder / "softmax.keras"
    )
    assert created.exists()  # building the model ran the code, so loading it would run it too
    created.unlink()
    softmax = _with_hash_of(card.read(folder).models[0], folder)
    with pytest.raises(ModelError, match="Keras cannot open"):
        keras_classifier.load(softmax, folder)
    assert not created.exists()


def test_a_model_of_the_wrong_shape_is_refused(folder: Path) -> None:
    import keras

    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(3)])
    model.save(folder / "softmax.keras")
    softmax = _with_hash_of(card.read(folder).models[0], folder)
    with pytest.raises(ModelError, match=r"got the shapes \(None, 28, 28\) and \(None, 3\)"):
        keras_classifier.load(softmax, folder)


def test_compiled_models_predict_what_each_model_predicts(
    models: Mapping[str, KerasClassifier], seven: Features
) -> None:
    compiled = CompiledModels(models.values())
    for features in (seven, np.zeros(LENGTH, np.float32)):
        predictions = compiled.predict(features)
        assert list(predictions) == NAMES
        for name, prediction in predictions.items():
            alone = models[name].predict(features)
            assert prediction.logits == pytest.approx(alone.logits, abs=1e-4)
            assert prediction.probabilities == pytest.approx(alone.probabilities, abs=1e-5)


def test_compiled_models_refuse_features_of_the_wrong_shape_or_type(
    models: Mapping[str, KerasClassifier],
) -> None:
    compiled = CompiledModels(models.values())
    for wrong in (np.zeros(783, np.float32), np.zeros(LENGTH), np.zeros((1, LENGTH), np.float32)):
        with pytest.raises(ArrayError, match="Expected features of shape"):
            compiled.predict(wrong)  # type: ignore[arg-type]
